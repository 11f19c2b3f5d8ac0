package admin

import (
	"net/http"

	"sojourn/directory"
	"sojourn/internal/web"
	"sojourn/ui"
)

// startData is what the start page shows.
type startData struct {
	Tenant string
	Name   string
	Open   bool // things can be changed here
	Areas  []area
}

func (f *Feature) showStart(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	return web.Render(w, r, http.StatusOK, startPage(ui.ShellOf(r), startData{
		Tenant: v.Tenant.ID, Name: v.Tenant.Name, Open: v.Tenant.State == string(directory.TenantActive),
		Areas: readable(directory.RolesHeld(v.Actor)),
	}))
}
