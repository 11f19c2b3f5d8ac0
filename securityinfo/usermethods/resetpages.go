package usermethods

import (
	"net/http"

	"sojourn/directory/desk"
	"sojourn/internal/web"
	"sojourn/ui"
)

func (f *Feature) showReset(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	l, err := f.askReset(r.Context(), v.Actor, v.Tenant.ID, r.PathValue("user"))
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, resetPage(ui.ShellOf(r), methodsData{Desk: desk.Of(v), look: l}))
}

func (f *Feature) submitReset(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	err := f.ResetBound(r.Context(), v.Actor, v.Tenant.ID, r.PathValue("user"))
	return toMethods(w, r, err, "securityinfo.usermethods.bound.done")
}
