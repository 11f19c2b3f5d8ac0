package reset

import (
	"net/http"

	"sojourn/internal/fault"
	"sojourn/internal/web"
	"sojourn/securityinfo"
	"sojourn/ui"
)

func (f *Feature) showName(w http.ResponseWriter, r *http.Request) error {
	return web.Render(w, r, http.StatusOK, namePage(ui.ShellOf(r), nameForm{Name: r.URL.Query().Get("name")}))
}

func (f *Feature) submitName(w http.ResponseWriter, r *http.Request) error {
	v, s := web.VisitOf(r), ui.ShellOf(r)
	form := nameForm{Name: r.PostFormValue("name")}
	secret, err := f.Info.BeginReset(r.Context(), v.Actor, v.FormKey, form.Name)
	if err != nil {
		var ok bool
		if form.Problems, ok = securityinfo.ProblemsOf(s, err); !ok {
			return err
		}
		return web.Render(w, r, web.Status(err), namePage(s, form))
	}
	f.setCookie(w, secret)
	return web.See(w, r, "/reset/verify")
}

// step is a reset where it stands, with what its forms need.
func (f *Feature) step(r *http.Request, secret string) (stepForm, error) {
	x, err := f.Info.Reset(r.Context(), secret, web.VisitOf(r).FormKey)
	return stepForm{Reset: x, Secret: secret}, err
}

func (f *Feature) showWays(w http.ResponseWriter, r *http.Request) error {
	form, err := f.step(r, f.cookieOf(r))
	if err != nil {
		return f.again(w, r, err)
	}
	if form.Proved() {
		return web.See(w, r, "/reset/password")
	}
	return web.Render(w, r, http.StatusOK, waysPage(ui.ShellOf(r), form))
}

func (f *Feature) showProof(w http.ResponseWriter, r *http.Request) error {
	form, err := f.proofOf(r, f.cookieOf(r))
	if err != nil {
		return f.again(w, r, err)
	}
	form.Sent = form.Method == form.Way && r.URL.Query().Get("another") == ""
	return f.drawProof(w, r, http.StatusOK, form)
}

// proofOf is the reset that stands at a proof, in the way that the address names.
func (f *Feature) proofOf(r *http.Request, secret string) (stepForm, error) {
	way := securityinfo.ResetWay(r.PathValue("method"))
	if way.Type() == "" {
		return stepForm{}, fault.Missing()
	}
	form, err := f.step(r, secret)
	if err != nil {
		return form, err
	}
	if form.Method = way; !form.Takes(form.Method) {
		return form, fault.New(fault.Gone, "flow_over", "signin.flow.over")
	}
	return form, nil
}

func (f *Feature) drawProof(w http.ResponseWriter, r *http.Request, status int, form stepForm) error {
	if form.Method == securityinfo.ByAnswers {
		var err error
		if form.Questions, err = f.Info.ResetQuestions(r.Context(), form.Reset); err != nil {
			return err
		}
	}
	return web.Render(w, r, status, proofPage(ui.ShellOf(r), form))
}

// submitSend has a code sent. Whether it went anywhere is not told.
func (f *Feature) submitSend(w http.ResponseWriter, r *http.Request) error {
	v, secret := web.VisitOf(r), r.PostFormValue("flow")
	form, err := f.proofOf(r, secret)
	if err != nil {
		return f.again(w, r, err)
	}
	form.Typed = r.PostFormValue("place")
	err = f.Info.SendReset(r.Context(), v.Actor, secret, v.FormKey, form.Method, form.Typed)
	if err != nil {
		return f.refused(w, r, form, err)
	}
	if r.PostFormValue("again") != "" {
		web.Say(w, "ok", "securityinfo.reset.sent.again")
	}
	return web.See(w, r, form.path())
}

func (f *Feature) submitProof(w http.ResponseWriter, r *http.Request) error {
	v, secret := web.VisitOf(r), r.PostFormValue("flow")
	form, err := f.proofOf(r, secret)
	if err != nil {
		return f.again(w, r, err)
	}
	form.Sent = true
	in := securityinfo.Shown{Code: r.PostFormValue("code"), Answers: answersOf(r.PostForm)}
	if err := f.Info.ProveReset(r.Context(), v.Actor, secret, v.FormKey, form.Method, in); err != nil {
		return f.refused(w, r, form, err)
	}
	return web.See(w, r, "/reset/verify")
}

// refused shows a proof's page again with what was wrong. A wrong answer draws other
// questions, so the reset is read anew.
func (f *Feature) refused(w http.ResponseWriter, r *http.Request, form stepForm, err error) error {
	problems, ok := securityinfo.ProblemsOf(ui.ShellOf(r), err)
	if !ok {
		return f.again(w, r, err)
	}
	now, readErr := f.step(r, form.Secret)
	if readErr != nil {
		return f.again(w, r, readErr)
	}
	form.Reset, form.Problems = now.Reset, form.placed(problems)
	return f.drawProof(w, r, web.Status(err), form)
}

// again goes on where the browser's reset stands, as after a button was pressed twice,
// else begins anew; any other error stays one.
func (f *Feature) again(w http.ResponseWriter, r *http.Request, err error) error {
	if !fault.Is(err, "flow_over") {
		return err
	}
	if now, readErr := f.step(r, f.cookieOf(r)); readErr == nil {
		return web.See(w, r, now.next())
	}
	f.setCookie(w, "")
	web.Say(w, "warn", "signin.flow.over")
	return web.See(w, r, "/reset")
}

func (f *Feature) showPassword(w http.ResponseWriter, r *http.Request) error {
	return f.drawPassword(w, r, http.StatusOK, passwordForm{Secret: f.cookieOf(r)})
}

func (f *Feature) drawPassword(w http.ResponseWriter, r *http.Request, status int, form passwordForm) error {
	var err error
	if form.Address, form.Least, err = f.Info.MayFinish(r.Context(), form.Secret, web.VisitOf(r).FormKey); err != nil {
		return f.again(w, r, err)
	}
	return web.Render(w, r, status, passwordPage(ui.ShellOf(r), form))
}

func (f *Feature) submitPassword(w http.ResponseWriter, r *http.Request) error {
	v, secret := web.VisitOf(r), r.PostFormValue("flow")
	err := f.Info.FinishReset(r.Context(), v.Actor, secret, v.FormKey, r.PostFormValue("new"))
	if err == nil {
		f.setCookie(w, "")
		return web.See(w, r, "/reset/done")
	}
	problems, ok := securityinfo.ProblemsOf(ui.ShellOf(r), err)
	if !ok || fault.Is(err, "password_changed") {
		return f.again(w, r, err)
	}
	return f.drawPassword(w, r, web.Status(err), passwordForm{Secret: secret, Problems: problems})
}

func (f *Feature) showDone(w http.ResponseWriter, r *http.Request) error {
	return web.Render(w, r, http.StatusOK, donePage(ui.ShellOf(r)))
}

func (f *Feature) showHelp(w http.ResponseWriter, r *http.Request) error {
	form, err := f.step(r, f.cookieOf(r))
	if err != nil {
		return f.again(w, r, err)
	}
	return web.Render(w, r, http.StatusOK, helpPage(ui.ShellOf(r), form))
}

func (f *Feature) submitHelp(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	if err := f.Info.AskHelp(r.Context(), v.Actor, r.PostFormValue("flow"), v.FormKey); err != nil {
		return f.again(w, r, err)
	}
	web.Say(w, "ok", "securityinfo.reset.help.done")
	return web.See(w, r, "/reset/verify")
}
