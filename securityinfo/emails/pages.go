package emails

import (
	"net/http"

	"sojourn/accounts"
	"sojourn/internal/fault"
	"sojourn/internal/web"
	"sojourn/securityinfo"
	"sojourn/ui"
)

func (f *Feature) showAddress(w http.ResponseWriter, r *http.Request) error {
	return f.drawAddress(w, r, http.StatusOK, addressForm{})
}

// drawAddress asks for an address. The one there is is shown in full: who asks has
// proved who they are.
func (f *Feature) drawAddress(w http.ResponseWriter, r *http.Request, status int, form addressForm) error {
	now, err := f.Info.Email(r.Context(), web.VisitOf(r).Actor)
	if err != nil {
		return err
	}
	form.Now = now.Address
	return web.Render(w, r, status, addressPage(ui.ShellOf(r), form))
}

func (f *Feature) submitAddress(w http.ResponseWriter, r *http.Request) error {
	typed := r.PostFormValue("address")
	err := f.Info.BeginEmail(r.Context(), web.VisitOf(r).Actor, typed)
	if err == nil {
		return web.See(w, r, path+"/code")
	}
	problems, ok := securityinfo.ProblemsOf(ui.ShellOf(r), err)
	if !ok {
		return err
	}
	return f.drawAddress(w, r, web.Status(err), addressForm{Address: typed, Problems: problems})
}

func (f *Feature) showCode(w http.ResponseWriter, r *http.Request) error {
	return f.drawCode(w, r, http.StatusOK, nil)
}

// drawCode asks for the code. Where nothing waits any more, the way is to begin
// again.
func (f *Feature) drawCode(w http.ResponseWriter, r *http.Request, status int, problems []ui.FieldError) error {
	setUp, err := f.Info.SettingUpEmail(r.Context(), web.VisitOf(r).Actor)
	if err != nil {
		return over(w, r, err)
	}
	return web.Render(w, r, status, codePage(ui.ShellOf(r), codeForm{Method: setUp.MethodID, Address: setUp.Address, Problems: problems}))
}

func (f *Feature) submitCode(w http.ResponseWriter, r *http.Request) error {
	done, err := f.Info.ConfirmEmail(r.Context(), web.VisitOf(r).Actor, r.PostFormValue("method"), r.PostFormValue("code"))
	if err == nil {
		web.Say(w, "ok", doneKey(done))
		return web.See(w, r, "/security-info/changed")
	}
	problems, ok := securityinfo.ProblemsOf(ui.ShellOf(r), err)
	if !ok {
		return over(w, r, err)
	}
	return f.drawCode(w, r, web.Status(err), problems)
}

func doneKey(c securityinfo.Confirmed) string {
	if c.Replaced {
		return "securityinfo.email.done.changed"
	}
	return "securityinfo.email.done"
}

// submitAgain sends another code. Whether it was one too many is not told.
func (f *Feature) submitAgain(w http.ResponseWriter, r *http.Request) error {
	err := f.Info.SendEmailAgain(r.Context(), web.VisitOf(r).Actor)
	if err == nil {
		web.Say(w, "ok", "signin.second.sent")
		return web.See(w, r, path+"/code")
	}
	problems, ok := securityinfo.ProblemsOf(ui.ShellOf(r), err)
	if !ok {
		return over(w, r, err)
	}
	return f.drawCode(w, r, web.Status(err), problems)
}

// over says that a set-up has ended; any other error stays one.
func over(w http.ResponseWriter, r *http.Request, err error) error {
	if !fault.Is(err, "set_up_over") {
		return err
	}
	return web.Render(w, r, web.Status(err), overPage(ui.ShellOf(r)))
}

func (f *Feature) showDelete(w http.ResponseWriter, r *http.Request) error {
	m, err := f.Info.Deleting(r.Context(), web.VisitOf(r).Actor, accounts.Email)
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, deletePage(ui.ShellOf(r), m))
}

func (f *Feature) submitDelete(w http.ResponseWriter, r *http.Request) error {
	m, err := f.Info.Deleting(r.Context(), web.VisitOf(r).Actor, accounts.Email)
	if err == nil {
		err = f.Info.Remove(r.Context(), web.VisitOf(r).Actor, m.ID)
	}
	if err != nil {
		return err
	}
	web.Say(w, "ok", "securityinfo.email.deleted")
	return web.See(w, r, "/security-info/changed")
}
