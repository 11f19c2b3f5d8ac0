package authenticator_test

import (
	"net/url"
	"testing"
	"time"

	"sojourn/internal/db"
	"sojourn/sojourntest"
)

// Once there is a second step, a session that never took it proves nothing by the
// password it typed before.
func TestStranger_weakSession(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		stranger, b := p.SignIn(noor), p.SignIn(noor)
		page := b.Get("/security-info/authenticator").Submit("Next", nil)
		page.Submit("Confirm", url.Values{"code": {scanned(t, p, page)}, "name": {"My phone"}}).At("/security-info/changed")
		p.App.DB.SetShift(4 * time.Minute)
		stranger.Get("/security-info").Follow("Delete Authenticator app, My phone").At("/prove")
	})
}

// Whoever has the password and a code that was used leaves a trace of both.
func TestStranger_trace(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		page := p.SignIn(noor).Get("/security-info/authenticator").Submit("Next", nil)
		code := scanned(t, p, page)
		page.Submit("Confirm", url.Values{"code": {code}, "name": {"My phone"}}).At("/security-info/changed")
		stranger := p.Browser().Get("/sign-in?lng=en").Submit("Next", url.Values{"name": {noor}})
		stranger.Submit("Sign in", url.Values{"password": {sojourntest.Password}}).At("/sign-in/second").Submit("Verify", url.Values{"code": {code}})
		for _, row := range []string{`act = 'session.password'`, `act = 'session.start' AND reason = 'code_used'`} {
			if n, err := db.Count(t.Context(), p.App.DB, `SELECT count(*) FROM audit WHERE `+row); err != nil || n != 1 {
				t.Errorf("%d rows with %s (%v)", n, row, err)
			}
		}
	})
}
