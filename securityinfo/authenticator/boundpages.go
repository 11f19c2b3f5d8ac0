package authenticator

import (
	"net/http"

	"sojourn/internal/fault"
	"sojourn/internal/web"
	"sojourn/securityinfo"
	"sojourn/ui"
)

// boundDeletion asks for a code of the very app that is to be deleted.
type boundDeletion struct {
	securityinfo.Binding
	Problems []ui.FieldError
}

func (d boundDeletion) problem() string {
	if len(d.Problems) == 0 {
		return ""
	}
	return d.Problems[0].Text
}

func (d boundDeletion) action() string { return securityinfo.BoundPath(d.Tenant) + "/delete" }

func (f *Feature) showDeleteBound(w http.ResponseWriter, r *http.Request) error {
	return f.drawDeleteBound(w, r, http.StatusOK, nil)
}

func (f *Feature) drawDeleteBound(w http.ResponseWriter, r *http.Request, status int, problems []ui.FieldError) error {
	v := web.VisitOf(r)
	b, err := f.Info.Binding(r.Context(), v.Actor, r.PathValue("tenant"))
	if err == nil && !b.Usable() {
		err = fault.Missing()
	}
	if err == nil {
		err = securityinfo.Fresh(v.Actor, v.Now)
	}
	if err != nil {
		return err
	}
	return web.Render(w, r, status, deleteBoundPage(ui.ShellOf(r), boundDeletion{Binding: b, Problems: problems}))
}

func (f *Feature) submitDeleteBound(w http.ResponseWriter, r *http.Request) error {
	v, s := web.VisitOf(r), ui.ShellOf(r)
	err := f.Info.RemoveBound(r.Context(), v.Actor, r.PathValue("tenant"), r.PostFormValue("code"))
	if err == nil {
		web.Say(w, "ok", "securityinfo.bound.deleted")
		return web.See(w, r, "/security-info/changed")
	}
	problems, ok := securityinfo.ProblemsOf(s, err)
	if !ok || fault.Is(err, "factor_gone") {
		return err
	}
	for i := range problems {
		problems[i].Field = "code"
	}
	return f.drawDeleteBound(w, r, web.Status(err), problems)
}
