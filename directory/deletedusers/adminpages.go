package deletedusers

import (
	"net/http"
	"net/url"

	"sojourn/directory"
	"sojourn/directory/desk"
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
		Query: desk.Query(q), Kind: desk.OneOf(q.Get("kind"), "member", "guest"),
		By:   string(desk.OneOf(q.Get("by"), directory.Left, directory.ByAdministrator, directory.ByOperator)),
		View: desk.OneOf(q.Get("view"), "soon", "held"), After: q.Get("after"),
	}
}

func (f deletedFilter) narrow() narrow {
	return narrow{
		DeletedFilter: directory.DeletedFilter{
			Query: f.Query, Type: directory.UserType(f.Kind), Kind: directory.DeletedKind(f.By), Held: f.View == "held",
		},
		Soonest: f.View == "soon",
	}
}

func (f deletedFilter) narrows() bool { return f.Query+f.Kind+f.By+f.View != "" }

func (f deletedFilter) page(d desk.Desk, after string) string {
	return desk.With(listPath(d), "q", f.Query, "kind", f.Kind, "by", f.By, "view", f.View, "after", after)
}

// on is the same list in another tab.
func (f deletedFilter) on(d desk.Desk, view string) string {
	f.View = view
	return f.page(d, "")
}

type deletedData struct {
	desk.Desk
	view
	Filter deletedFilter
}

func (f *Feature) showDeleted(w http.ResponseWriter, r *http.Request) error {
	v, filter := web.VisitOf(r), deletedFilterOf(r.URL.Query())
	page, err := f.list(r.Context(), v.Actor, v.Tenant.ID, filter.narrow(), filter.After)
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, deletedPage(ui.ShellOf(r), deletedData{Desk: desk.Of(v), view: page, Filter: filter}))
}

// submitChosen leads from the list to the page that says what restoring those
// picked would give, or to the one that asks whether to delete them permanently. It is a POST that changes nothing, so that the token of
// the list's form does not end up in an address.
func (f *Feature) submitChosen(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	if err := directory.MayRead(v.Actor, v.Tenant.ID, directory.ManageUsers); err != nil {
		return err
	}
	ids, err := chosen(r.PostForm["u"])
	switch {
	case err != nil:
		return err
	case len(ids) == 0:
		return noneChosen(w, r)
	}
	if r.PostFormValue("to") == "preview" {
		return desk.Back(w, r, previewPath(desk.Of(v), ids))
	}
	return desk.Back(w, r, erasePath(desk.Of(v), ids))
}

// noneChosen answers a form of the list in which nobody was picked.
func noneChosen(w http.ResponseWriter, r *http.Request) error {
	return toList(w, r, "info", "directory.deleted.none.chosen")
}

// toList shows the list with a message.
func toList(w http.ResponseWriter, r *http.Request, kind, said string, pairs ...string) error {
	web.Say(w, kind, said, pairs...)
	return desk.Back(w, r, listPath(desk.Of(web.VisitOf(r))))
}

// listPath is the path of the list.
func listPath(d desk.Desk) string { return d.At("deleted-users") }

// erasePath is the path of the page that asks whether to delete users permanently.
func erasePath(d desk.Desk, ids []string) string {
	return desk.With(d.At("deleted-users", "delete"), pairs("u", ids)...)
}

func pairs(name string, values []string) []string {
	var out []string
	for _, v := range values {
		out = append(out, name, v)
	}
	return out
}
