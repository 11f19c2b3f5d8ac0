package deletedusers

import (
	"net/http"

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
	if err != nil {
		return err
	}
	var departures []string
	for _, one := range done {
		departures = append(departures, one.DepartureID)
	}
	query := append(pairs("d", departures), pairs("r", coded(refused))...)
	return desk.Back(w, r, desk.With(desk.Of(v).At("deleted-users", "restored"), query...))
}

func (f *Feature) restoreOne(w http.ResponseWriter, r *http.Request, userID string) error {
	v := web.VisitOf(r)
	way, _ := directory.ParseWay(r.PostFormValue("way"))
	if way == directory.Keep {
		return toList(w, r, "info", "directory.conflict.kept")
	}
	done, err := f.Directory.Restore(r.Context(), v.Actor, v.Tenant.ID, userID, way)
	if fault.Is(err, "restore_conflict") {
		return f.drawConflict(w, r, web.Status(err), userID)
	}
	if err != nil {
		return err
	}
	return desk.Back(w, r, desk.Of(v).At("deleted-users", "results", done.DepartureID))
}

type conflictData struct {
	desk.Desk
	clash
}

func (f *Feature) drawConflict(w http.ResponseWriter, r *http.Request, status int, userID string) error {
	v := web.VisitOf(r)
	c, err := f.clash(r.Context(), v.Actor, v.Tenant.ID, userID)
	if err != nil {
		return err
	}
	return web.Render(w, r, status, conflictPage(ui.ShellOf(r), conflictData{Desk: desk.Of(v), clash: c}))
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
}

func (f *Feature) showOutcomes(w http.ResponseWriter, r *http.Request) error {
	v, q := web.VisitOf(r), r.URL.Query()
	departures, err := chosen(q["d"])
	if err != nil {
		return err
	}
	done, err := f.outcomes(r.Context(), v.Actor, v.Tenant.ID, departures)
	if err != nil {
		return err
	}
	refused, err := f.refused(r.Context(), v.Actor, v.Tenant.ID, q["r"])
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, outcomesPage(ui.ShellOf(r), outcomesData{Desk: desk.Of(v), Done: done, Refused: refused}))
}
