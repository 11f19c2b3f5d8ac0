package demo

import (
	"context"
	"fmt"
	"time"

	"sojourn/app"
	"sojourn/internal/actor"
	"sojourn/internal/fault"
	"sojourn/signin"
)

// signIn is somebody who was here before the demo began. The addresses are those
// kept for documents (RFC 5737, RFC 3849).
type signIn struct {
	who     string
	ago     time.Duration
	agent   string
	address string
	at      string // domain of the organization selected
	wrong   bool   // the password
}

const (
	firefoxOnWindows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:150.0) Gecko/20100101 Firefox/150.0"
	safariOnPhone    = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1"
	chromeOnLinux    = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/148.0.0.0 Safari/537.36"
)

const days = 24 * time.Hour

var history = []signIn{
	{who: "noor.haddad@contoso.example", ago: 6 * days, agent: firefoxOnWindows, address: "203.0.113.24"},
	{who: "noor.haddad@contoso.example", ago: 2 * days, agent: firefoxOnWindows, address: "203.0.113.24", at: "fabrikam.example"},
	{who: "noor.haddad@contoso.example", ago: 26 * time.Hour, agent: chromeOnLinux, address: "198.51.100.77", wrong: true},
	{who: "noor.haddad@contoso.example", ago: 2 * time.Hour, agent: safariOnPhone, address: "2001:db8:85a3::7348"},
	{who: "sam.rivera@contoso.example", ago: 20 * time.Hour, agent: chromeOnLinux, address: "203.0.113.30"},
	{who: "mirjam@postbus.example", ago: 3 * days, agent: safariOnPhone, address: "192.0.2.14", at: "fabrikam.example"},
}

// Remember lets people have been here before: who signs in now does so from a
// browser they have not used yet. No mail of that time is sent.
func Remember(ctx context.Context, a *app.App, password string) error {
	shift := a.DB.Shift()
	defer a.DB.SetShift(shift)
	room := *a.Signin
	room.Outbox, room.Begun, room.Tries = nobody{}, nil, nil
	for _, s := range history {
		a.DB.SetShift(shift - s.ago)
		if err := s.happen(ctx, &room, password); err != nil {
			return fmt.Errorf("history of %s: %w", s.who, err)
		}
	}
	return nil
}

func (s signIn) happen(ctx context.Context, room *signin.Feature, password string) error {
	browser, goOn := room.IDs.Secret(), "/"
	if s.at != "" {
		goOn += "?tenantId=" + s.at
	}
	who := actor.Actor{Address: s.address, Agent: s.agent}
	secret, err := room.Begin(ctx, who, signin.Unnamed(browser), s.who, goOn)
	if err != nil {
		return err
	}
	flow, err := room.Flow(ctx, secret, signin.Unnamed(browser))
	if err != nil {
		return err
	}
	if s.wrong {
		password += "."
	}
	_, err = room.Enter(ctx, who, signin.Entering{Flow: flow, Cookie: browser, Password: password})
	if s.wrong && fault.Is(err, "wrong_password") {
		return nil
	}
	return err
}
