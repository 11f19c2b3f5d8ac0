package signin

import (
	"net/http"

	"sojourn/internal/web"
	"sojourn/ui"
)

const passPath = "/sign-in/pass"

// passForm is the page that asks for a temporary access pass.
type passForm struct {
	Flow      Flow // of a sign-in
	Secret    string
	Name      string
	Address   string
	ReturnURL string // of a proof
	Proof     bool
	Problem   string
}

func (f *Feature) showPass(w http.ResponseWriter, r *http.Request) error {
	secret := f.flowOf(r)
	flow, err := f.Flow(r.Context(), secret, web.VisitOf(r).FormKey)
	if err != nil {
		return f.again(w, r, err)
	}
	return web.Render(w, r, http.StatusOK, passPage(ui.ShellOf(r), passForm{Flow: flow, Secret: secret, Name: flow.Name, Address: flow.Name}))
}

func (f *Feature) submitPass(w http.ResponseWriter, r *http.Request) error {
	v, s := web.VisitOf(r), ui.ShellOf(r)
	secret := r.PostFormValue("flow")
	flow, err := f.Flow(r.Context(), secret, v.FormKey)
	if err != nil {
		return f.again(w, r, err)
	}
	entered, err := f.EnterPass(r.Context(), v.Actor, Entering{
		Flow: flow, Cookie: f.cookieOf(r), Password: r.PostFormValue("pass"), Language: v.Locale.Lang(),
	})
	if err == nil {
		return f.in(w, r, entered)
	}
	problem := problemOf(s, err)
	if problem == "" {
		return f.again(w, r, err)
	}
	return web.Render(w, r, web.Status(err), passPage(s, passForm{Flow: flow, Secret: secret, Name: flow.Name, Address: flow.Name, Problem: problem}))
}

func (f *Feature) showProofPass(w http.ResponseWriter, r *http.Request) error {
	v, returnURL := web.VisitOf(r), r.URL.Query().Get("returnUrl")
	if v.Actor.Proved(v.Now) {
		return onward(w, r, returnURL)
	}
	return web.Render(w, r, http.StatusOK, passPage(ui.ShellOf(r), passForm{Proof: true, Name: v.Person.Name, Address: v.Person.Address, ReturnURL: web.LocalPath(returnURL)}))
}

func (f *Feature) submitProofPass(w http.ResponseWriter, r *http.Request) error {
	v, s, returnURL := web.VisitOf(r), ui.ShellOf(r), web.LocalPath(r.PostFormValue("returnUrl"))
	fresh, err := f.ProvePass(r.Context(), v.Actor, f.cookieOf(r), r.PostFormValue("pass"))
	if err == nil {
		f.setCookie(w, browserCookie, fresh, cookieLife)
		return web.See(w, r, returnURL)
	}
	problem := problemOf(s, err)
	if problem == "" {
		return err
	}
	return web.Render(w, r, web.Status(err), passPage(s, passForm{Proof: true, Name: v.Person.Name, Address: v.Person.Address, ReturnURL: returnURL, Problem: problem}))
}
