package signin_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"testing"
	"time"

	"sojourn/internal/db"
	"sojourn/sojourntest"
)

var leftOn = regexp.MustCompile(`data-left="(\d+)" data-ask="([^"]+)"`)

// A page says how long it is good for: to the end of a session that stands still,
// of a session's day, or until the admin centre asks for the password again.
func TestStay(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		b := p.SignIn("sam.rivera@contoso.example")
		manage := "/manage/" + p.Tenant("contoso.example").ID
		left := func(path string) (int, string) {
			t.Helper()
			found := leftOn.FindStringSubmatch(b.Get(path).Is(200).At(path).HTML)
			if found == nil {
				t.Fatalf("%s does not say how long it is good for", path)
			}
			n, _ := strconv.Atoi(found[1])
			return n, found[2]
		}
		near := func(what string, got int, want time.Duration) {
			t.Helper()
			if d := want - time.Duration(got)*time.Second; d < 0 || d > time.Minute+5*time.Second {
				t.Errorf("%s: %d seconds left, want %s", what, got, want)
			}
		}
		for _, at := range []struct {
			shift         time.Duration
			account, desk time.Duration
		}{
			{0, 8 * time.Hour, time.Hour},
			{50 * time.Minute, 8 * time.Hour, time.Hour},
			{100 * time.Minute, 8 * time.Hour, time.Hour},
		} {
			p.App.DB.SetShift(at.shift)
			n, ask := left("/settings")
			near("settings", n, at.account)
			if ask != "/stay" {
				t.Errorf("settings ask %s", ask)
			}
			n, ask = left(manage + "/users")
			near("users", n, at.desk)
			if ask != manage+"/stay" {
				t.Errorf("users ask %s", ask)
			}
		}
		// Asking to stay is using the session, and the administration.
		p.App.DB.SetShift(150 * time.Minute)
		for _, ask := range []string{"/stay", manage + "/stay"} {
			seconds, err := strconv.Atoi(b.Get(ask).Is(200).HTML)
			want := 8 * time.Hour
			if ask != "/stay" {
				want = time.Hour
			}
			if near(ask, seconds, want); err != nil {
				t.Error(err)
			}
		}
		p.App.DB.SetShift(205 * time.Minute)
		b.Get(manage + "/users").At(manage + "/users")
		p.App.DB.SetShift(270 * time.Minute)
		b.Get(manage + "/stay").At("/prove")
		for _, hours := range []time.Duration{12, 19, 22} {
			p.App.DB.SetShift(hours * time.Hour)
			n, _ := left("/settings")
			near("within its day", n, min(8*time.Hour, 24*time.Hour-hours*time.Hour))
		}
		if n, err := db.Count(t.Context(), p.App.DB, `SELECT count(*) FROM audit WHERE act = 'tenant.enter' AND result = 'done' AND target = $1`, p.User("sam.rivera@contoso.example", "contoso.example").ID); err != nil || n != 1 {
			t.Errorf("%d rows of going in, %v", n, err)
		}
		p.App.DB.SetShift(25 * time.Hour)
		b.Get("/stay").At("/sign-in")
	})
}

// A form sent when the session is over changes nothing and says so; signing in
// leads back, and the form still open in another tab is taken then.
func TestStay_over(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		const noor = "noor.haddad@contoso.example"
		b := p.SignIn(noor)
		form := b.Get("/settings")
		p.App.DB.SetShift(9 * time.Hour)
		values := url.Values{"language": {"en"}, "region": {"US"}, "zone": {"Asia/Tokyo"}}
		b.Header = http.Header{"Referer": {p.URL + "/settings"}} // as browsers say where a form stood
		over := form.Submit("Save", values).Is(http.StatusOK).At("/sign-in")
		b.Header = nil
		over.Has("You were signed out, and nothing was changed.")
		if n, err := db.Count(t.Context(), p.App.DB, `SELECT count(*) FROM accounts WHERE zone = 'Asia/Tokyo'`); err != nil || n != 0 {
			t.Fatalf("it was saved: %d, %v", n, err)
		}
		over.Submit("Next", url.Values{"name": {noor}}).Submit("Sign in", url.Values{"password": {sojourntest.Password}}).At("/settings")
		form.Submit("Save", values).Is(http.StatusOK).At("/settings").Has("Your settings have been saved.", "(Asia/Tokyo)")
		p.Browser().Get("/settings").At("/sign-in").HasNot("nothing was changed")
	})
}
