package securityinfo

import (
	"net/http"
	"net/url"

	"sojourn/internal/fault"
	"sojourn/internal/sources"
	"sojourn/internal/web"
	"sojourn/ui"
)

// problems are what is wrong with a form, in its order.
type problems []ui.FieldError

// of is what is wrong with one field, or "".
func (p problems) of(field string) string { return ui.ErrorAt(p, field) }

// problemsOf reads a fault that a form can show: ok is false for everything
// that needs a page of its own.
func problemsOf(s *ui.Shell, err error) (p problems, ok bool) {
	f, ok := fault.Of(err)
	if !ok || f.Code == sources.Code || f.Kind != fault.Invalid && f.Kind != fault.Conflict && f.Kind != fault.TooMany {
		return nil, false
	}
	for _, field := range f.Fields {
		p = append(p, ui.FieldError{Field: field.Name, Text: s.T(field.Key, field.Args...)})
	}
	if len(p) == 0 {
		p = problems{{Text: s.T(f.Key, f.Args...)}}
	}
	return p, true
}

// ProblemsOf is problemsOf for the pages of the parts of this room.
func ProblemsOf(s *ui.Shell, err error) ([]ui.FieldError, bool) { return problemsOf(s, err) }

// dead is the page behind a link that leads nowhere; any other error stays one.
func dead(w http.ResponseWriter, r *http.Request, err error, setup bool) error {
	if !fault.Is(err, "link_dead") {
		return err
	}
	return web.Render(w, r, web.Status(err), gonePage(ui.ShellOf(r), setup))
}

func (f *Feature) showChange(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	if err := f.MayChange(r.Context(), v.Actor); err != nil {
		return err
	}
	least, err := f.MinLength(r.Context(), v.Actor)
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, changePage(ui.ShellOf(r), changeForm{Address: v.Person.Address, Min: least}))
}

func (f *Feature) submitChange(w http.ResponseWriter, r *http.Request) error {
	v, s := web.VisitOf(r), ui.ShellOf(r)
	err := f.Change(r.Context(), v.Actor, r.PostFormValue("current"), r.PostFormValue("new"))
	if err == nil {
		web.Say(w, "ok", "securityinfo.change.done")
		return web.See(w, r, string(s.Href("/password")))
	}
	problems, ok := problemsOf(s, err)
	if !ok {
		return err
	}
	least, readErr := f.MinLength(r.Context(), v.Actor)
	if readErr != nil {
		return readErr
	}
	return web.Render(w, r, web.Status(err), changePage(s, changeForm{Address: v.Person.Address, Min: least, Problems: problems}))
}

func (f *Feature) showWelcome(w http.ResponseWriter, r *http.Request) error {
	welcome, err := f.Look(r.Context(), r.PathValue("token"))
	if err != nil {
		return dead(w, r, err, false)
	}
	if welcome.SignIn {
		return web.Render(w, r, http.StatusOK, waitingPage(ui.ShellOf(r), welcome))
	}
	return web.Render(w, r, http.StatusOK, welcomePage(ui.ShellOf(r), welcomeForm{Action: r.URL.Path, Welcome: welcome, Name: welcome.Name}))
}

func (f *Feature) submitWelcome(w http.ResponseWriter, r *http.Request) error {
	v, s := web.VisitOf(r), ui.ShellOf(r)
	welcome, err := f.Redeem(r.Context(), v.Actor, r.PathValue("token"), r.PostFormValue("name"), r.PostFormValue("new"), v.Locale.Lang())
	if err != nil {
		problems, ok := problemsOf(s, err)
		if !ok {
			return dead(w, r, err, false)
		}
		return web.Render(w, r, web.Status(err), welcomePage(s, welcomeForm{
			Action: r.URL.Path, Welcome: welcome, Name: r.PostFormValue("name"), Problems: problems,
		}))
	}
	if welcome.SignIn {
		return web.See(w, r, r.URL.EscapedPath())
	}
	web.Say(w, "ok", "securityinfo.welcome.done")
	if welcome.Purpose == InvitationLink {
		return web.See(w, r, signInAs(welcome.Address, "/organizations"))
	}
	return web.See(w, r, signInAs(welcome.Address, ""))
}

// signInAs is the sign-in page with the name filled in.
func signInAs(name, returnURL string) string {
	query := url.Values{"name": {name}}
	if returnURL != "" {
		query.Set("returnUrl", returnURL)
	}
	return "/sign-in?" + query.Encode()
}

func (f *Feature) showSetup(w http.ResponseWriter, r *http.Request) error {
	if err := f.MaySetUp(r.Context(), r.PathValue("token")); err != nil {
		return dead(w, r, err, true)
	}
	return web.Render(w, r, http.StatusOK, setupPage(ui.ShellOf(r), setupForm{Action: r.URL.Path}))
}

func (f *Feature) submitSetup(w http.ResponseWriter, r *http.Request) error {
	v, s := web.VisitOf(r), ui.ShellOf(r)
	n := Founding{
		Organization: r.PostFormValue("organization"), Domain: r.PostFormValue("domain"), PersonName: r.PostFormValue("person"),
		SignInName: r.PostFormValue("signin"), Mail: r.PostFormValue("mail"), Language: v.Locale.Lang(),
	}
	err := f.SetUp(r.Context(), v.Actor, r.PathValue("token"), n, r.PostFormValue("new"))
	if err == nil {
		web.Say(w, "ok", "securityinfo.setup.done")
		return web.See(w, r, signInAs(n.SignInName+"@"+n.Domain, ""))
	}
	problems, ok := problemsOf(s, err)
	if !ok {
		return dead(w, r, err, true)
	}
	return web.Render(w, r, web.Status(err), setupPage(s, setupForm{Action: r.URL.Path, Founding: n, Problems: problems}))
}
