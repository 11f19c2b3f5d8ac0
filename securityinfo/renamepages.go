package securityinfo

import (
	"net/http"

	"sojourn/accounts"
	"sojourn/internal/fault"
	"sojourn/internal/web"
	"sojourn/ui"
)

// renameForm is another name for an authenticator app or a hardware token.
type renameForm struct {
	Method   accounts.Method
	Name     string // as typed
	Problems problems
}

// renaming is the app or token of the asker that a page is about.
func (f *Feature) renaming(r *http.Request) (accounts.Method, error) {
	v := web.VisitOf(r)
	m, found, err := accounts.MethodBy(r.Context(), f.DB, v.Actor.AccountID, r.PathValue("method"))
	if err == nil && (!found || !m.Type.ShowsCodes()) {
		err = fault.Missing()
	}
	if err == nil {
		err = Fresh(v.Actor, v.Now)
	}
	return m, err
}

func (f *Feature) showRename(w http.ResponseWriter, r *http.Request) error {
	m, err := f.renaming(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, renamePage(ui.ShellOf(r), renameForm{Method: m, Name: m.Name}))
}

func (f *Feature) submitRename(w http.ResponseWriter, r *http.Request) error {
	s := ui.ShellOf(r)
	m, err := f.renaming(r)
	if err != nil {
		return err
	}
	form := renameForm{Method: m, Name: r.PostFormValue("name")}
	err = f.Rename(r.Context(), web.VisitOf(r).Actor, m.Type, m.ID, form.Name)
	if err == nil {
		web.Say(w, "ok", "securityinfo.passkeys.named")
		return web.See(w, r, "/security-info")
	}
	var ok bool
	if form.Problems, ok = problemsOf(s, err); !ok {
		return err
	}
	return web.Render(w, r, web.Status(err), renamePage(s, form))
}
