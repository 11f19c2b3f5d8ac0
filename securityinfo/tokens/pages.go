package tokens

import (
	"net/http"

	"github.com/a-h/templ"

	"sojourn/accounts"
	"sojourn/internal/fault"
	"sojourn/internal/web"
	"sojourn/securityinfo"
	"sojourn/ui"
)

func (f *Feature) showSerial(w http.ResponseWriter, r *http.Request) error {
	return f.drawSerial(w, r, http.StatusOK, serialForm{})
}

// drawSerial asks which token it is. Where the organization hands none out there is no
// such page.
func (f *Feature) drawSerial(w http.ResponseWriter, r *http.Request, status int, form serialForm) error {
	v := web.VisitOf(r)
	if err := securityinfo.Fresh(v.Actor, v.Now); err != nil {
		return err
	}
	info, err := f.Info.Info(r.Context(), v.Actor)
	if err != nil {
		return err
	}
	if !info.Tokens {
		return fault.Missing()
	}
	form.Full = info.Full()
	return web.Render(w, r, status, serialPage(ui.ShellOf(r), form))
}

func (f *Feature) submitSerial(w http.ResponseWriter, r *http.Request) error {
	serial := r.PostFormValue("serial")
	err := f.Info.BeginToken(r.Context(), web.VisitOf(r).Actor, serial)
	if err == nil {
		return web.See(w, r, "/security-info/token/name")
	}
	problems, ok := securityinfo.ProblemsOf(ui.ShellOf(r), err)
	if !ok {
		return err
	}
	return f.drawSerial(w, r, web.Status(err), serialForm{Serial: serial, Problems: placed(problems, "serial")})
}

func (f *Feature) showName(w http.ResponseWriter, r *http.Request) error {
	return f.drawStep(w, r, http.StatusOK, namePage, nil, "")
}

func (f *Feature) submitName(w http.ResponseWriter, r *http.Request) error {
	name := r.PostFormValue("name")
	err := f.Info.NameToken(r.Context(), web.VisitOf(r).Actor, r.PostFormValue("method"), name)
	if err == nil {
		return web.See(w, r, "/security-info/token/code")
	}
	problems, ok := securityinfo.ProblemsOf(ui.ShellOf(r), err)
	if !ok {
		return f.over(w, r, err)
	}
	return f.drawStep(w, r, web.Status(err), namePage, placed(problems, "name"), name)
}

func (f *Feature) showCode(w http.ResponseWriter, r *http.Request) error {
	return f.drawStep(w, r, http.StatusOK, codePage, nil, "")
}

// drawStep shows a page of the set-up. Where nothing waits any more, the way is to
// begin again.
func (f *Feature) drawStep(w http.ResponseWriter, r *http.Request, status int, page func(*ui.Shell, stepForm) templ.Component, problems []ui.FieldError, typed string) error {
	s, err := f.Info.SettingUpToken(r.Context(), web.VisitOf(r).Actor)
	if err != nil {
		return f.over(w, r, err)
	}
	form := stepForm{Method: s.MethodID, Serial: s.Serial, Name: s.Name, Problems: problems}
	if typed != "" {
		form.Name = typed
	}
	return web.Render(w, r, status, page(ui.ShellOf(r), form))
}

func (f *Feature) submitCode(w http.ResponseWriter, r *http.Request) error {
	done, err := f.Info.ConfirmToken(r.Context(), web.VisitOf(r).Actor, r.PostFormValue("method"), r.PostFormValue("code"))
	if err == nil {
		note := "securityinfo.token.done"
		if done.First {
			note = "securityinfo.token.done.first"
		}
		web.Say(w, "ok", note)
		return web.See(w, r, "/security-info/changed")
	}
	problems, ok := securityinfo.ProblemsOf(ui.ShellOf(r), err)
	if !ok {
		return f.over(w, r, err)
	}
	return f.drawStep(w, r, web.Status(err), codePage, placed(problems, "code"), "")
}

// over says that a set-up has ended; any other error stays one.
func (f *Feature) over(w http.ResponseWriter, r *http.Request, err error) error {
	if !fault.Is(err, "set_up_over") {
		return err
	}
	return web.Render(w, r, web.Status(err), overPage(ui.ShellOf(r)))
}

func (f *Feature) showDelete(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	m, list, err := f.Info.Method(r.Context(), v.Actor, r.PathValue("method"), accounts.HardwareToken)
	if err == nil {
		err = securityinfo.Fresh(v.Actor, v.Now)
	}
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, deletePage(ui.ShellOf(r), deletion{Method: m, Last: len(securityinfo.Info{Methods: list}.Choices()) == 1}))
}

func (f *Feature) submitDelete(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	if _, _, err := f.Info.Method(r.Context(), v.Actor, r.PathValue("method"), accounts.HardwareToken); err != nil {
		return err
	}
	if err := f.Info.Remove(r.Context(), v.Actor, r.PathValue("method")); err != nil {
		return err
	}
	web.Say(w, "ok", "securityinfo.token.deleted")
	return web.See(w, r, "/security-info/changed")
}
