package directory

import (
	"net/http"
	"net/url"

	"sojourn/internal/fault"
	"sojourn/internal/web"
	"sojourn/ui"
)

// deletedFilter is how the list of deleted users is narrowed down, as its tabs
// and its form say it.
type deletedFilter struct {
	Query, Kind, By string
	View            string // "" all, "soon", "held"
	After           string
}

func deletedFilterOf(q url.Values) deletedFilter {
	return deletedFilter{
		Query: query(q), Kind: oneOf(q.Get("kind"), "member", "guest"),
		By: string(oneOf(q.Get("by"), Left, ByAdministrator, ByOperator)), View: oneOf(q.Get("view"), "soon", "held"), After: q.Get("after"),
	}
}

func (f deletedFilter) narrow() Narrow {
	return Narrow{
		DeletedFilter: DeletedFilter{Query: f.Query, Type: UserType(f.Kind), Kind: DeletedKind(f.By), Held: f.View == "held"},
		Soonest:       f.View == "soon",
	}
}

func (f deletedFilter) narrows() bool { return f.Query+f.Kind+f.By+f.View != "" }

func (f deletedFilter) page(d desk, after string) string {
	return with(d.At("deleted-users"), "q", f.Query, "kind", f.Kind, "by", f.By, "view", f.View, "after", after)
}

// on is the same list in another tab.
func (f deletedFilter) on(d desk, view string) string {
	f.View = view
	return f.page(d, "")
}

type deletedData struct {
	desk
	DeletedView
	Filter deletedFilter
}

func (f *Feature) showDeleted(w http.ResponseWriter, r *http.Request) error {
	v, filter := web.VisitOf(r), deletedFilterOf(r.URL.Query())
	list, err := f.DeletedList(r.Context(), v.Actor, v.Tenant.ID, filter.narrow(), filter.After)
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, deletedPage(ui.ShellOf(r), deletedData{desk: deskOf(v), DeletedView: list, Filter: filter}))
}

// submitChosen leads from the list to the page that asks whether to delete those
// picked permanently. It is a POST that changes nothing, so that the token of
// the list's form does not end up in an address.
func (f *Feature) submitChosen(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	d := deskOf(v)
	if _, err := reading(v.Actor, v.Tenant.ID, ManageUsers); err != nil {
		return err
	}
	ids, err := chosen("", r.PostForm["u"])
	if err != nil {
		return err
	}
	if len(ids) == 0 {
		return noneChosen(w, r, d)
	}
	return back(w, r, with(d.At("deleted-users", "delete"), pairs("u", ids)...))
}

func noneChosen(w http.ResponseWriter, r *http.Request, d desk) error {
	web.Say(w, "info", "directory.deleted.none.chosen")
	return back(w, r, d.At("deleted-users"))
}

func pairs(name string, values []string) []string {
	var out []string
	for _, v := range values {
		out = append(out, name, v)
	}
	return out
}

func (f *Feature) submitRestore(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	d := deskOf(v)
	ids, err := chosen(r.PostFormValue("one"), r.PostForm["u"])
	switch {
	case err != nil:
		return err
	case len(ids) == 0:
		return noneChosen(w, r, d)
	case len(ids) == 1:
		return f.restoreOne(w, r, ids[0])
	}
	done, refused, err := f.RestoreSeveral(r.Context(), v.Actor, v.Tenant.ID, ids)
	if err != nil {
		return err
	}
	var departures []string
	for _, one := range done {
		departures = append(departures, one.DepartureID)
	}
	return back(w, r, with(d.At("deleted-users", "restored"), append(pairs("d", departures), pairs("r", coded(refused))...)...))
}

func (f *Feature) restoreOne(w http.ResponseWriter, r *http.Request, userID string) error {
	v := web.VisitOf(r)
	d := deskOf(v)
	way, _ := ParseWay(r.PostFormValue("way"))
	if way == Keep {
		web.Say(w, "info", "directory.conflict.kept")
		return back(w, r, d.At("deleted-users"))
	}
	done, err := f.Restore(r.Context(), v.Actor, v.Tenant.ID, userID, way)
	if fault.Is(err, "restore_conflict") {
		return f.drawConflict(w, r, web.Status(err), userID)
	}
	if err != nil {
		return err
	}
	return back(w, r, d.At("deleted-users", "results", done.DepartureID))
}

type conflictData struct {
	desk
	Clash
}

func (f *Feature) drawConflict(w http.ResponseWriter, r *http.Request, status int, userID string) error {
	v := web.VisitOf(r)
	c, err := f.Clash(r.Context(), v.Actor, v.Tenant.ID, userID)
	if err != nil {
		return err
	}
	return web.Render(w, r, status, conflictPage(ui.ShellOf(r), conflictData{desk: deskOf(v), Clash: c}))
}

type outcomeData struct {
	desk
	Outcome
}

func (f *Feature) showOutcome(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	o, err := f.Outcome(r.Context(), v.Actor, v.Tenant.ID, r.PathValue("departure"))
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, outcomePage(ui.ShellOf(r), outcomeData{desk: deskOf(v), Outcome: o}))
}

type outcomesData struct {
	desk
	Done    []Outcome
	Refused []Refusal
}

func (f *Feature) showOutcomes(w http.ResponseWriter, r *http.Request) error {
	v, q := web.VisitOf(r), r.URL.Query()
	departures, err := chosen("", q["d"])
	if err != nil {
		return err
	}
	done, err := f.Outcomes(r.Context(), v.Actor, v.Tenant.ID, departures)
	if err != nil {
		return err
	}
	refused, err := f.refused(r, q["r"])
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, outcomesPage(ui.ShellOf(r), outcomesData{desk: deskOf(v), Done: done, Refused: refused}))
}
