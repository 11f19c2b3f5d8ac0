package accesspass

import (
	"net/http"

	"sojourn/accounts"
	"sojourn/internal/fault"
	"sojourn/internal/web"
	"sojourn/securityinfo"
	"sojourn/ui"
)

func (f *Feature) showDelete(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	info, err := f.Info.Info(r.Context(), v.Actor)
	if err != nil {
		return err
	}
	if info.Pass().ID == "" {
		return fault.Missing()
	}
	if err := securityinfo.Fresh(v.Actor, v.Now); err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, deletePage(ui.ShellOf(r), info.Pass()))
}

func (f *Feature) submitDelete(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	if _, _, err := f.Info.Method(r.Context(), v.Actor, r.PostFormValue("method"), accounts.AccessPass); err != nil {
		return err
	}
	if err := f.Info.Remove(r.Context(), v.Actor, r.PostFormValue("method")); err != nil {
		return err
	}
	web.Say(w, "ok", "securityinfo.pass.deleted")
	return web.See(w, r, "/security-info/changed")
}
