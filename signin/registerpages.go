package signin

import (
	"net/http"

	"sojourn/internal/fault"
	"sojourn/internal/web"
)

// submitRegistered ends the setting up that a sign-in asked for, and goes on to
// where it was meant to.
func (f *Feature) submitRegistered(w http.ResponseWriter, r *http.Request) error {
	entered, err := f.Registered(r.Context(), web.VisitOf(r).Actor, f.cookieOf(r))
	if fault.Is(err, "must_register") {
		return web.See(w, r, RegisterPath)
	}
	if err != nil {
		return err
	}
	f.setCookie(w, browserCookie, entered.Cookie, cookieLife)
	return web.See(w, r, web.LocalPath(entered.ReturnURL))
}
