package users

import (
	"net/http"

	"sojourn/directory"
	"sojourn/directory/desk"
	"sojourn/internal/web"
	"sojourn/ui"
)

type holdData struct {
	desk.Desk
	directory.User
	Reason   string
	Problems []ui.FieldError
}

func (f *Feature) showHold(w http.ResponseWriter, r *http.Request) error {
	return f.drawHold(w, r, http.StatusOK, "", nil)
}

func (f *Feature) drawHold(w http.ResponseWriter, r *http.Request, status int, reason string, wrong []ui.FieldError) error {
	v := web.VisitOf(r)
	u, err := f.held(r.Context(), v.Actor, v.Tenant.ID, r.PathValue("user"))
	if err != nil {
		return err
	}
	return web.Render(w, r, status, holdPage(ui.ShellOf(r), holdData{Desk: desk.Of(v), User: u, Reason: reason, Problems: wrong}))
}

func (f *Feature) submitHold(w http.ResponseWriter, r *http.Request) error {
	v, reason := web.VisitOf(r), r.PostFormValue("reason")
	err := f.Directory.Hold(r.Context(), v.Actor, v.Tenant.ID, r.PathValue("user"), reason)
	if wrong, ok := desk.FormFault(err); ok {
		return f.drawHold(w, r, web.Status(err), reason, desk.Problems(v.Locale, wrong))
	}
	return toUser(w, r, err, "directory.hold.done")
}

func (f *Feature) submitRelease(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	err := f.Directory.Release(r.Context(), v.Actor, v.Tenant.ID, r.PathValue("user"))
	return toUser(w, r, err, "directory.release.done")
}
