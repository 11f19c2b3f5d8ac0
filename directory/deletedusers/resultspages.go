package deletedusers

import (
	"net/http"
	"net/url"

	"sojourn/directory/desk"
	"sojourn/internal/sheet"
	"sojourn/internal/web"
	"sojourn/ui"
)

type erasedData struct {
	desk.Desk
	results
	Query url.Values
}

// showErased is what became of deleting several permanently. Of those deleted
// nothing but their ids is left to show.
func (f *Feature) showErased(w http.ResponseWriter, r *http.Request) error {
	v, q := web.VisitOf(r), r.URL.Query()
	found, err := f.results(r.Context(), v.Actor, v.Tenant.ID, nil, q["t"], q["r"])
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, erasedPage(ui.ShellOf(r), erasedData{Desk: desk.Of(v), results: found, Query: q}))
}

// showResults is the table of results, to keep.
func (f *Feature) showResults(w http.ResponseWriter, r *http.Request) error {
	v, q := web.VisitOf(r), r.URL.Query()
	found, err := f.results(r.Context(), v.Actor, v.Tenant.ID, q["d"], q["t"], q["r"])
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="results.csv"`)
	table, err := sheet.New(w, heads...)
	if err != nil {
		return nil // whoever asked has hung up
	}
	for _, row := range found.rows() {
		if table.Row(row...) != nil {
			return nil
		}
	}
	table.Flush()
	return nil
}

// tablePath is the path of the table of what an address tells.
func tablePath(d desk.Desk, q url.Values) string {
	var query []string
	for _, name := range []string{"d", "t", "r"} {
		query = append(query, pairs(name, q[name])...)
	}
	return desk.With(d.At("deleted-users", "results.csv"), query...)
}
