package requests_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/fault"
	"sojourn/requests"
	"sojourn/sojourntest"
)

const (
	noor    = "noor.haddad@contoso.example"
	sam     = "sam.rivera@contoso.example"
	ursula  = "ursula@contoso.example"
	juergen = "juergen.weiss@northwind.example"
	ed      = "ed.byrne@post.example"
	mirjam  = "mirjam@postbus.example"
)

// world is a portal with what the tests ask again and again.
type world struct {
	*sojourntest.Portal
	t   *testing.T
	ctx context.Context
	f   *requests.Feature
}

func each(t *testing.T, test func(w *world)) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		test(&world{Portal: p, t: t, ctx: context.Background(), f: p.App.Requests})
	})
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) refused(err error, code string) {
	w.t.Helper()
	if !fault.Is(err, code) {
		w.t.Fatalf("got %v, want %s", err, code)
	}
}

func (w *world) ask(who string, k requests.Kind, domain string) (string, error) {
	return w.f.Open(w.ctx, w.Self(who), requests.Ask{Kind: k, TenantID: w.Tenant(domain).ID, Text: "Please."})
}

func (w *world) asked(who string, k requests.Kind, domain string) string {
	w.t.Helper()
	requestID, err := w.ask(who, k, domain)
	w.must(err)
	return requestID
}

func (w *world) one(who, requestID string) requests.View {
	w.t.Helper()
	v, err := w.f.One(w.ctx, w.Self(who), requestID)
	w.must(err)
	return v
}

func (w *world) count(text string, args ...any) int {
	w.t.Helper()
	n, err := db.Count(w.ctx, w.App.DB, text, args...)
	w.must(err)
	return n
}

// later moves the clock, as the operator would who vouches for it.
func (w *world) later(by time.Duration) {
	w.t.Helper()
	w.App.DB.SetShift(w.App.DB.Shift() + by)
	w.must(w.App.Directory.TrustClock(w.ctx, actor.OperatorActor()))
}

func (w *world) mailsTo(address, subject string) int {
	w.t.Helper()
	n := 0
	for _, m := range w.Mails(address) {
		if strings.Contains(plain(m.Subject), subject) {
			n++
		}
	}
	return n
}

func plain(s string) string { return strings.NewReplacer("\u2068", "", "\u2069", "").Replace(s) }
