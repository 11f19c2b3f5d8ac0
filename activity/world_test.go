package activity_test

import (
	"context"
	"net/url"
	"testing"

	"sojourn/activity"
	"sojourn/demo"
	"sojourn/internal/db"
	"sojourn/sojourntest"
)

const (
	noor   = "noor.haddad@contoso.example"
	sam    = "sam.rivera@contoso.example"
	ursula = "ursula@contoso.example"
	ann    = "ann.lee@fabrikam.example"
	mirjam = "mirjam@postbus.example"

	firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:150.0) Gecko/20100101 Firefox/150.0"
	safari  = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1"
)

// remembered is a portal whose people have been here before.
func remembered(t *testing.T, p *sojourntest.Portal) *sojourntest.Portal {
	t.Helper()
	if err := demo.Remember(context.Background(), p.App, sojourntest.Password); err != nil {
		t.Fatal(err)
	}
	return p
}

// signedIn is somebody in a browser of theirs, in English.
func signedIn(p *sojourntest.Portal, name, agent string) *sojourntest.Browser {
	b := p.Browser()
	b.Header.Set("User-Agent", agent)
	b.SignIn(name, sojourntest.Password)
	b.Get("/?lng=en")
	return b
}

// fail types a wrong password.
func fail(p *sojourntest.Portal, name, agent, goOn string) {
	b := p.Browser()
	b.Header.Set("User-Agent", agent)
	b.Get("/sign-in?returnUrl="+url.QueryEscape(goOn)).Submit("Next", url.Values{"name": {name}}).
		Submit("Sign in", url.Values{"password": {"not the password"}}).Is(422)
}

func count(t *testing.T, p *sojourntest.Portal, text string, args ...any) int {
	t.Helper()
	n, err := db.Count(context.Background(), p.App.DB, text, args...)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func activityFilter(user string) activity.Filter { return activity.Filter{User: user} }
