package signin

import (
	"net/http"
	"net/url"

	"sojourn/internal/fault"
	"sojourn/internal/web"
	"sojourn/ui"
)

const accountsPath = "/accounts"

func (f *Feature) showAccounts(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	list, err := f.AccountsHere(r.Context(), v.FormKey)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		return web.See(w, r, "/sign-in")
	}
	w.Header().Set("Cache-Control", "no-store") // also of nobody who is signed in
	return web.Render(w, r, http.StatusOK, accountsPage(ui.ShellOf(r), list, v.Actor.SessionID))
}

func (f *Feature) submitSwitch(w http.ResponseWriter, r *http.Request) error {
	v, session := web.VisitOf(r), r.PathValue("session")
	fresh, err := f.Switch(r.Context(), v.Actor, v.FormKey, f.cookieOf(r), session)
	if fault.Is(err, "signed_out") {
		return f.signInAs(w, r, session)
	}
	if err != nil {
		if problem := problemOf(ui.ShellOf(r), err); problem == "" {
			return err
		}
		return f.refusedThere(w, r, err)
	}
	f.setCookie(w, browserCookie, fresh, cookieLife)
	return web.See(w, r, "/")
}

// signInAs is the sign-in of an account whose session went idle.
func (f *Feature) signInAs(w http.ResponseWriter, r *http.Request, session string) error {
	a, err := here(r.Context(), f.DB, web.VisitOf(r).FormKey, session)
	if err != nil {
		return err
	}
	return web.See(w, r, anotherAccount(a.Address))
}

// anotherAccount is the sign-in beside who is signed in, with a name filled in.
func anotherAccount(name string) string {
	query := url.Values{"another": {"1"}}
	if name != "" {
		query.Set("name", name)
	}
	return "/sign-in?" + query.Encode()
}

// refusedThere says on the list why an account cannot be used.
func (f *Feature) refusedThere(w http.ResponseWriter, r *http.Request, err error) error {
	if why, ok := fault.Of(err); ok {
		web.Say(w, "err", why.Key) // what admits says needs no values
	}
	return web.See(w, r, accountsPath)
}

func (f *Feature) submitSignOutOf(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	list, err := f.AccountsHere(r.Context(), v.FormKey)
	if err != nil {
		return err
	}
	if err := f.SignOutOf(r.Context(), v.Actor, v.FormKey, r.PathValue("session")); err != nil {
		return err
	}
	who := ""
	for _, a := range list {
		if a.Session == r.PathValue("session") {
			who = a.Name
		}
	}
	return f.out(w, r, "signin.out.done", "signin.out.done.others", who)
}

func (f *Feature) submitSignOutHere(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	if err := f.SignOutHere(r.Context(), v.Actor, v.FormKey); err != nil {
		return err
	}
	return f.out(w, r, "signin.out.here", "signin.out.here", "")
}
