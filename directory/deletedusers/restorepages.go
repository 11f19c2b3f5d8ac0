package deletedusers

import (
	"net/http"
	"net/url"

	"sojourn/directory"
	"sojourn/directory/desk"
	"sojourn/internal/fault"
	"sojourn/internal/web"
	"sojourn/ui"
)

func (f *Feature) submitRestore(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	if one := r.PostFormValue("one"); one != "" { // the button of a line, whoever else is picked
		return f.restoreOne(w, r, one)
	}
	ids, err := chosen(r.PostForm["u"])
	switch {
	case err != nil:
		return err
	case len(ids) == 0:
		return noneChosen(w, r)
	case len(ids) == 1:
		return f.restoreOne(w, r, ids[0])
	}
	done, refused, err := f.Directory.RestoreSeveral(r.Context(), v.Actor, v.Tenant.ID, ids)
	if err != nil && len(done) == 0 {
		return err
	}
	var departures []string
	for _, one := range done {
		departures = append(departures, one.DepartureID)
	}
	if err != nil { // whoever has just lost their role could not open another page
		f.warn(err)
		return f.drawOutcomes(w, r, web.Status(err), departures, coded(refused))
	}
	query := append(pairs("d", departures), pairs("r", coded(refused))...)
	return desk.Back(w, r, desk.With(desk.Of(v).At("deleted-users", "restored"), query...))
}

func (f *Feature) restoreOne(w http.ResponseWriter, r *http.Request, userID string) error {
	v := web.VisitOf(r)
	way, known := directory.ParseWay(r.PostFormValue("way"))
	if !known {
		return f.drawConflict(w, r, fault.New(fault.Invalid, "way_unknown", "directory.conflict.unknown").Field("way", "directory.conflict.unknown"), userID)
	}
	if way == directory.Keep {
		return toList(w, r, "info", "directory.conflict.kept")
	}
	done, err := f.Directory.Restore(r.Context(), v.Actor, v.Tenant.ID, userID, way)
	if fault.Is(err, "restore_conflict") {
		return f.drawConflict(w, r, err, userID)
	}
	if err != nil {
		return err
	}
	return desk.Back(w, r, desk.Of(v).At("deleted-users", "results", done.DepartureID))
}

type conflictData struct {
	desk.Desk
	clash
	Problems []ui.FieldError
}

// drawConflict asks how to go on with a conflict, and says what was wrong with the
// answer. Where there is no conflict the fault has a page of its own.
func (f *Feature) drawConflict(w http.ResponseWriter, r *http.Request, why error, userID string) error {
	v := web.VisitOf(r)
	c, err := f.clash(r.Context(), v.Actor, v.Tenant.ID, userID)
	if fault.Is(err, "not_found") {
		return why
	}
	if err != nil {
		return err
	}
	data := conflictData{Desk: desk.Of(v), clash: c}
	if wrong, ok := desk.FormFault(why); ok {
		data.Problems = desk.Problems(v.Locale, wrong)
	}
	return web.Render(w, r, web.Status(why), conflictPage(ui.ShellOf(r), data))
}

type outcomeData struct {
	desk.Desk
	outcome
}

func (f *Feature) showOutcome(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	o, err := f.outcome(r.Context(), v.Actor, v.Tenant.ID, r.PathValue("departure"))
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, outcomePage(ui.ShellOf(r), outcomeData{Desk: desk.Of(v), outcome: o}))
}

type outcomesData struct {
	desk.Desk
	Done    []outcome
	Refused []refusal
	Query   url.Values // that names them, for the table
}

func (f *Feature) showOutcomes(w http.ResponseWriter, r *http.Request) error {
	return f.drawOutcomes(w, r, http.StatusOK, r.URL.Query()["d"], r.URL.Query()["r"])
}

func (f *Feature) drawOutcomes(w http.ResponseWriter, r *http.Request, status int, restored, codes []string) error {
	v := web.VisitOf(r)
	departures, err := chosen(restored)
	if err != nil {
		return err
	}
	done, err := f.outcomes(r.Context(), v.Actor, v.Tenant.ID, departures)
	if err != nil {
		return err
	}
	refused, err := f.refused(r.Context(), v.Actor, v.Tenant.ID, codes)
	if err != nil {
		return err
	}
	return web.Render(w, r, status, outcomesPage(ui.ShellOf(r), outcomesData{Desk: desk.Of(v), Done: done, Refused: refused, Query: url.Values{"d": restored, "r": codes}}))
}
