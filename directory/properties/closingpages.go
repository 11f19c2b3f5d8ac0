package properties

import (
	"net/http"
	"time"

	"sojourn/directory"
	"sojourn/directory/desk"
	"sojourn/internal/fault"
	"sojourn/internal/web"
	"sojourn/ui"
)

type closeData struct {
	desk.Desk
	directory.Tenant
	Purge    time.Time // if announced now
	Held     int       // users on legal hold, for who may see them
	Typed    string
	Problems []ui.FieldError
}

func (f *Feature) showClose(w http.ResponseWriter, r *http.Request) error {
	return f.drawClose(w, r, http.StatusOK, "", nil)
}

func (f *Feature) drawClose(w http.ResponseWriter, r *http.Request, status int, typed string, wrong []ui.FieldError) error {
	v := web.VisitOf(r)
	if err := directory.MayRead(v.Actor, v.Tenant.ID, directory.ManageClosing); err != nil {
		return err
	}
	t, err := f.view(r.Context(), v.Actor, v.Tenant.ID)
	if err != nil {
		return err
	}
	if t.State != directory.TenantActive {
		return desk.Back(w, r, desk.Of(v).At("properties"))
	}
	if !v.Actor.Proved(v.Now) {
		return fault.New(fault.Proof, "proof_needed", "ui.error.proof.title")
	}
	data := closeData{Desk: desk.Of(v), Tenant: t.Tenant, Purge: v.Now.AddDate(0, 0, directory.ClosingDays), Typed: typed, Problems: wrong}
	if data.Held, err = f.held(r.Context(), v.Actor, t.ID); err != nil {
		return err
	}
	return web.Render(w, r, status, closePage(ui.ShellOf(r), data))
}

func (f *Feature) submitClose(w http.ResponseWriter, r *http.Request) error {
	v, typed := web.VisitOf(r), r.PostFormValue("name")
	_, err := f.Directory.AnnounceClosing(r.Context(), v.Actor, v.Tenant.ID, typed)
	if wrong, ok := desk.FormFault(err); ok {
		return f.drawClose(w, r, web.Status(err), typed, desk.Problems(v.Locale, wrong))
	}
	return desk.Done(w, r, err, desk.Of(v).At("properties"), "directory.closing.done")
}

func (f *Feature) submitReopen(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	err := f.Directory.StopClosing(r.Context(), v.Actor, v.Tenant.ID)
	return desk.Done(w, r, err, desk.Of(v).At("properties"), "directory.closing.stopped")
}
