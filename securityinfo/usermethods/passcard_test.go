package usermethods_test

import (
	"net/url"
	"testing"

	"sojourn/sojourntest"
)

// The page Security info names as the default what somebody really signs in with.
func TestGivePass_defaultCard(t *testing.T) {
	p := sojourntest.Start(t)
	admin, id := p.SignIn(sam), p.User(noor, "contoso.example").ID
	if _, err := p.App.DB.Exec(t.Context(), `DELETE FROM methods WHERE type = 'password' AND account_id = $1`, p.Self(noor).AccountID); err != nil {
		t.Fatal(err)
	}
	form := admin.Get(at(p, id, "/methods/pass"))
	b, page := withPass(p, noor, given(t, form.Submit("Make a pass", url.Values{"minutes": {"60"}, "length": {"8"}, "once": {}})))
	page.At("/")
	b.Get("/security-info").Has("Default sign-in method Temporary access pass You have no password").HasNot("whoever knows your password")
	b, page = withPass(p, noor, given(t, form.Submit("Make a pass", url.Values{"minutes": {"60"}, "length": {"8"}, "once": {"1"}})))
	page.At("/")
	b.Get("/security-info").Has("Default sign-in method None Once you sign out").HasNot("whoever knows your password", "Temporary access pass")

	// Who has a password signs in with that.
	p.SignIn(lena).Get("/security-info").Has("Default sign-in method Password There is no second step")
}
