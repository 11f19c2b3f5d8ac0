package signin

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"sojourn/internal/fault"
	"sojourn/internal/sources"
	"sojourn/internal/web"
	"sojourn/ui"
)

// onward goes where a signed-in person wanted to be; the message of the page
// before goes along.
func onward(w http.ResponseWriter, r *http.Request, returnURL string) error {
	if n := web.VisitOf(r).Note; n != nil {
		web.Say(w, n.Kind, n.Key, n.Args...)
	}
	return web.See(w, r, web.LocalPath(returnURL))
}

func (f *Feature) showName(w http.ResponseWriter, r *http.Request) error {
	query := r.URL.Query()
	if web.VisitOf(r).SignedIn() && query.Get("another") == "" {
		return onward(w, r, query.Get("returnUrl"))
	}
	return web.Render(w, r, http.StatusOK, namePage(ui.ShellOf(r), nameForm{
		Name: query.Get("name"), ReturnURL: query.Get("returnUrl"), Another: query.Get("another") != "", Passkeys: f.HasPasskeys(),
	}))
}

func (f *Feature) submitName(w http.ResponseWriter, r *http.Request) error {
	v, s := web.VisitOf(r), ui.ShellOf(r)
	form := nameForm{Name: r.PostFormValue("name"), ReturnURL: r.PostFormValue("returnUrl"), Another: r.PostFormValue("another") != "", Passkeys: f.HasPasskeys()}
	if v.SignedIn() && !form.Another {
		return onward(w, r, form.ReturnURL)
	}
	flow, err := f.Begin(r.Context(), v.Actor, v.FormKey, form.Name, form.ReturnURL)
	if err != nil {
		if form.Problem = problemOf(s, err); form.Problem == "" {
			return err
		}
		return web.Render(w, r, web.Status(err), namePage(s, form))
	}
	f.setCookie(w, flowCookie, flow, flowLife)
	return web.See(w, r, "/sign-in/password")
}

func (f *Feature) showPassword(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	secret := f.flowOf(r)
	flow, err := f.Flow(r.Context(), secret, v.FormKey)
	if err != nil {
		return f.again(w, r, err)
	}
	days, err := f.StayDays(r.Context(), flow)
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, passwordPage(ui.ShellOf(r), passwordForm{Flow: flow, Secret: secret, Days: days, Passkeys: f.HasPasskeys()}))
}

func (f *Feature) submitPassword(w http.ResponseWriter, r *http.Request) error {
	v, s := web.VisitOf(r), ui.ShellOf(r)
	secret := r.PostFormValue("flow")
	flow, err := f.Flow(r.Context(), secret, v.FormKey)
	if err != nil {
		return f.again(w, r, err)
	}
	entered, err := f.Enter(r.Context(), v.Actor, Entering{
		Flow: flow, Cookie: f.cookieOf(r), Password: r.PostFormValue("password"), Language: v.Locale.Lang(), Stays: r.PostFormValue("stay") != "",
	})
	if err != nil {
		problem := problemOf(s, err)
		if problem == "" {
			return f.again(w, r, err)
		}
		days, readErr := f.StayDays(r.Context(), flow)
		if readErr != nil {
			return readErr
		}
		return web.Render(w, r, web.Status(err), passwordPage(s, passwordForm{
			Flow: flow, Secret: secret, Days: days, Stays: r.PostFormValue("stay") != "", Problem: problem, Passkeys: f.HasPasskeys(),
		}))
	}
	if entered.Second {
		f.setCookie(w, flowCookie, secret, flowLife)
		return web.See(w, r, secondPath)
	}
	return f.in(w, r, entered)
}

// sayCode tells who used a recovery code where to read what to do now.
func sayCode(w http.ResponseWriter) {
	web.SayMore(w, "info", "signin.code.used", "signin.code.used.more", codeUsedPath)
}

// in gives the browser its new cookie and lets its person go on. Who asked to stay
// signed in reads what became of that: beside a passkey no page could say it before.
func (f *Feature) in(w http.ResponseWriter, r *http.Request, entered Entered) error {
	f.setCookie(w, browserCookie, entered.Cookie, cookieLife)
	f.setCookie(w, flowCookie, "", 0)
	switch days := int(entered.Stays / (24 * time.Hour)); {
	case entered.Code:
		sayCode(w)
	case entered.StaysNot:
		web.Say(w, "info", "signin.stays.not")
	case days == 1:
		web.Say(w, "info", "signin.stays.day")
	case days > 1:
		web.Say(w, "info", "signin.stays.days", "days", strconv.Itoa(days))
	}
	return web.See(w, r, entered.ReturnURL)
}

// again sends somebody whose flow is over back to its beginning, and who is signed
// in already, as after a step back, to their pages; any other error stays one.
func (f *Feature) again(w http.ResponseWriter, r *http.Request, err error) error {
	if !fault.Is(err, "flow_over") {
		return err
	}
	if web.VisitOf(r).SignedIn() {
		return onward(w, r, "/")
	}
	f.setCookie(w, flowCookie, "", 0)
	web.Say(w, "warn", "signin.flow.over")
	return web.See(w, r, "/sign-in")
}

// problemOf is what a refused form says, or "" where the error needs a page of
// its own.
func problemOf(s *ui.Shell, err error) string {
	f, ok := fault.Of(err)
	if !ok || f.Code == sources.Code {
		return ""
	}
	switch f.Kind {
	case fault.Invalid, fault.Forbidden, fault.Conflict, fault.TooMany:
		return s.T(f.Key, f.Args...)
	}
	return ""
}

func (f *Feature) showProof(w http.ResponseWriter, r *http.Request) error {
	v, returnURL := web.VisitOf(r), r.URL.Query().Get("returnUrl")
	if v.Actor.Proved(v.Now) {
		return onward(w, r, returnURL)
	}
	return f.drawProof(w, r, returnURL, "", nil)
}

func (f *Feature) submitProof(w http.ResponseWriter, r *http.Request) error {
	v, s := web.VisitOf(r), ui.ShellOf(r)
	returnURL := web.LocalPath(r.PostFormValue("returnUrl"))
	proved, err := f.Prove(r.Context(), v.Actor, f.cookieOf(r), r.PostFormValue("password"), returnURL)
	if err != nil {
		problem := problemOf(s, err)
		if problem == "" {
			return err
		}
		return f.drawProof(w, r, returnURL, problem, err)
	}
	if proved.Flow != "" {
		f.setCookie(w, flowCookie, proved.Flow, flowLife)
		return web.See(w, r, proofSecondPath)
	}
	f.setCookie(w, browserCookie, proved.Cookie, cookieLife)
	return web.See(w, r, returnURL)
}

func (f *Feature) submitSignOut(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	if err := f.SignOut(r.Context(), v.Actor); err != nil {
		return err
	}
	return f.out(w, r, "signin.out.done", "signin.out.done.others", v.Person.Name)
}

func (f *Feature) submitSignOutEverywhere(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	if err := f.SignOutEverywhere(r.Context(), v.Actor); err != nil {
		return err
	}
	return f.out(w, r, "signin.out.everywhere", "signin.out.everywhere.others", v.Person.Name)
}

// out leaves nothing of the session behind, but the cookies: by them the browser
// stays known and keeps its language.
// Where other accounts are signed in in this browser, one of them can go on, and it says
// who was signed out.
func (f *Feature) out(w http.ResponseWriter, r *http.Request, note, amongOthers, who string) error {
	w.Header().Set("Clear-Site-Data", `"cache", "storage"`)
	others, err := f.AccountsHere(r.Context(), web.VisitOf(r).FormKey)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(others, func(a AccountHere) bool { return a.SignedIn }) {
		if who == "" { // signed out before
			amongOthers = note
		}
		web.Say(w, "ok", amongOthers, "name", who)
		return web.See(w, r, accountsPath)
	}
	web.Say(w, "ok", note)
	return web.See(w, r, "/sign-in")
}

func (f *Feature) submitLanguage(w http.ResponseWriter, r *http.Request) error {
	l := f.Words.Get(r.PostFormValue("lang"))
	if l != nil {
		if err := f.ChooseLanguage(r.Context(), web.VisitOf(r).Actor, l); err != nil {
			return err
		}
		f.Languages.KeepLanguage(w, l)
	}
	return web.See(w, r, web.LocalPath(r.PostFormValue("returnUrl")))
}

// change is the way back to the name, which stays typed.
func (p passwordForm) change() string {
	return "/sign-in?" + url.Values{"name": {p.Flow.Name}, "returnUrl": {p.Flow.ReturnURL}, "another": {"1"}}.Encode()
}
