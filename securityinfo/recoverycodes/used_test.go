package recoverycodes_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"sojourn/sojourntest"
)

const howMany = "How many are left, and what to do if your app, key or phone is gone"

// made gives somebody with an app recovery codes.
func made(t *testing.T, p *sojourntest.Portal) []string {
	t.Helper()
	codes := codesOn(withApp(t, p).Get("/security-info/recovery-codes").Submit("Make recovery codes", nil))
	if len(codes) != 10 {
		t.Fatalf("%d codes", len(codes))
	}
	return codes
}

// by takes the second step with a recovery code.
func by(page *sojourntest.Page, code string) *sojourntest.Page {
	return page.Follow("Use another method").Follow("Use Recovery code").Submit("Verify", url.Values{"code": {code}})
}

// Who signs in with a recovery code goes on to where they wanted to be, and reads there
// where it says how many are left and what to do about what was lost.
func TestUsed(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		codes := made(t, p)
		b := p.Browser()
		page := b.Get("/organizations").At("/sign-in").Submit("Next", url.Values{"name": {noor}}).Submit("Sign in", url.Values{"password": {sojourntest.Password}})
		page = by(page.At("/sign-in/second"), codes[0]).At("/organizations").Is(http.StatusOK).Has("You used a recovery code. It does not work again.")
		page = page.Follow(howMany).At("/security-info/recovery-codes/used").
			Has("You used a recovery code", "You have 9 left.", "Is your app, key or phone gone?", "Make new ones")
		page.Follow("Open Security info").At("/security-info").Has("9 of 10 left").HasNot("Make new ones in time")
		page.Follow("Make new ones Recovery codes").At("/security-info/recovery-codes").Has("You still have 9 codes")
		page.Follow("Continue").At("/").HasNot("You used a recovery code")

		// A fresh proof says the same.
		p.App.DB.SetShift(6 * time.Minute)
		page = b.Get("/security-info/default").At("/prove").Submit("Continue", url.Values{"password": {sojourntest.Password}}).At("/prove/second")
		by(page, codes[1]).At("/security-info/default").Follow(howMany).Has("You have 8 left.")

		// Of codes that nobody used it says nothing.
		b.Get("/security-info/recovery-codes").Submit("Make recovery codes", nil).Has("The ones before no longer work")
		b.Get("/security-info/recovery-codes/used").At("/security-info")
	})
}

func TestUsed_last(t *testing.T) {
	p := sojourntest.Start(t)
	codes := made(t, p)
	if _, err := p.App.DB.Exec(t.Context(), `UPDATE recovery_codes SET used_at = 1`); err != nil {
		t.Fatal(err)
	}
	if _, err := p.App.DB.Exec(t.Context(), `UPDATE recovery_codes SET used_at = NULL WHERE id IN (SELECT id FROM recovery_codes ORDER BY id LIMIT 1)`); err != nil {
		t.Fatal(err)
	}
	page := p.Browser().SignIn(noor, sojourntest.Password).At("/sign-in/second")
	for _, code := range codes { // whichever is left
		if page = by(page, code); page.Status == http.StatusOK {
			break
		}
		page = page.Browser.Get("/sign-in/second")
	}
	page.At("/").Follow(howMany).Has("That was your last one")
	page.Browser.Get("/security-info").Has("You have no recovery codes left. Make new ones now.", "Did you need them because").Follow("Make new recovery codes").At("/security-info/recovery-codes")
}

// The first codes take nobody's place, so nothing says they do.
func TestRecoveryCodes_first(t *testing.T) {
	p := sojourntest.Start(t)
	withApp(t, p).Get("/security-info/recovery-codes").Submit("Make recovery codes", nil).Has("Your recovery codes have been made.").HasNot("no longer work.")
}
