package deletedusers

import (
	"net/http"

	"sojourn/directory/desk"
	"sojourn/internal/web"
	"sojourn/ui"
)

type previewData struct {
	desk.Desk
	Users []outlook
}

// showPreview says what restoring would give, and offers to do it.
func (f *Feature) showPreview(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	ids, err := chosen(r.URL.Query()["u"])
	if err != nil {
		return err
	}
	list, err := f.outlooks(r.Context(), v.Actor, v.Tenant.ID, ids)
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, previewPage(ui.ShellOf(r), previewData{Desk: desk.Of(v), Users: list}))
}

// previewPath is the path of that page.
func previewPath(d desk.Desk, ids []string) string {
	return desk.With(d.At("deleted-users", "preview"), pairs("u", ids)...)
}
