package sojourntest

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	"sojourn/accounts"
	"sojourn/app"
	"sojourn/demo"
	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/dbtest"
	"sojourn/internal/mail"
	"sojourn/internal/metrics"
	"sojourn/internal/phonesink"
	"sojourn/internal/smtpsink"
	"sojourn/securityinfo"
)

// Password is everybody's in a test's world.
const Password = "harbour lantern tuesday"

// Hashing is cheap: what a hash costs is measured by the bench, not here.
var Hashing = securityinfo.Params{Memory: 64, Time: 1, Threads: 1}

// Portal is a running portal.
type Portal struct {
	App    *app.App
	Sink   *smtpsink.Sink
	Phones *phonesink.Sink
	URL    string
	t      testing.TB
}

// Start runs a portal with the demo's world on a fresh SQLite database.
func Start(t testing.TB) *Portal {
	t.Helper()
	return StartOn(t, dbtest.Open(t))
}

// Each runs a test against a portal on every database.
func Each(t *testing.T, test func(t *testing.T, p *Portal)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) { test(t, StartOn(t, d)) })
}

// StartOn runs a portal with the demo's world on an empty database.
func StartOn(t testing.TB, d *db.DB) *Portal {
	t.Helper()
	p := Empty(t, d)
	if err := demo.Seed(context.Background(), p.App, Password); err != nil {
		t.Fatal(err)
	}
	return p
}

// Empty runs a portal without anybody in it.
func Empty(t testing.TB, d *db.DB) *Portal {
	t.Helper()
	p := &Portal{t: t, Sink: &smtpsink.Sink{Now: d.Now}, Phones: &phonesink.Sink{Now: d.Now}}
	if err := p.Sink.Listen("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Sink.Close() })
	var handler http.Handler
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { handler.ServeHTTP(w, r) }))
	t.Cleanup(server.Close)
	base, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	p.App, err = app.New(app.Parts{
		DB: d, Box: dbtest.Box(t), Base: base, Zone: time.UTC, Hashing: Hashing, Metrics: metrics.New("test"), Log: slog.New(slog.NewTextHandler(testLog{t}, nil)),
		Mail:  mail.SMTP{Host: p.Sink.Host(), Port: p.Sink.Port(), TLS: mail.TLSNone, From: "sojourn@portal.example", FromName: "Sojourn"},
		Texts: p.Phones, Calls: p.Phones, Countries: demo.Countries,
	})
	if err != nil {
		t.Fatal(err)
	}
	p.URL, handler = server.URL, p.App.Handler()
	return p
}

// At is a portal that runs elsewhere, such as in a process of its own: there is
// nothing to look into but its pages.
func At(t testing.TB, url string) *Portal { return &Portal{URL: url, t: t} }

// testLog shows what the portal logs with the test that caused it.
type testLog struct{ t testing.TB }

func (l testLog) Write(b []byte) (int, error) {
	l.t.Log(string(b))
	return len(b), nil
}

var _ io.Writer = testLog{}

// Mails delivers what waits and gives the mails to an address, oldest first.
func (p *Portal) Mails(to string) []smtpsink.Message {
	p.t.Helper()
	if err := p.App.Outbox.Flush(context.Background()); err != nil {
		p.t.Fatal(err)
	}
	return p.Sink.To(to)
}

// Told delivers what waits and gives the texts and calls to a number, oldest first.
func (p *Portal) Told(number string) []phonesink.Message {
	p.t.Helper()
	if err := p.App.Outbox.Flush(context.Background()); err != nil {
		p.t.Fatal(err)
	}
	return p.Phones.To(number)
}

// Tenant finds an organization by its domain.
func (p *Portal) Tenant(domain string) directory.Tenant {
	p.t.Helper()
	t, found, err := directory.TenantBy(context.Background(), p.App.DB, domain)
	if err != nil || !found {
		p.t.Fatalf("tenant %s: found %t, %v", domain, found, err)
	}
	return t
}

// User finds a live user by sign-in address in an organization.
func (p *Portal) User(address, domain string) directory.User {
	p.t.Helper()
	ctx := context.Background()
	account, found, err := accounts.ByName(ctx, p.App.DB, address)
	if err != nil || !found {
		p.t.Fatalf("account %s: found %t, %v", address, found, err)
	}
	u, found, err := directory.UserOf(ctx, p.App.DB, p.Tenant(domain).ID, account.ID)
	if err != nil || !found {
		p.t.Fatalf("user %s in %s: found %t, %v", address, domain, found, err)
	}
	return u
}

// Self is a person acting on their own account, with a fresh proof.
func (p *Portal) Self(address string) actor.Actor {
	p.t.Helper()
	account, found, err := accounts.ByName(context.Background(), p.App.DB, address)
	if err != nil || !found {
		p.t.Fatalf("account %s: found %t, %v", address, found, err)
	}
	return actor.Actor{Kind: actor.Person, AccountID: account.ID, Name: account.Name, ProvedAt: p.App.DB.Now()}
}

// Administrator is somebody acting in an organization, with a fresh proof.
func (p *Portal) Administrator(address, domain string) actor.Actor {
	p.t.Helper()
	a, u := p.Self(address), p.User(address, domain)
	a.Kind, a.TenantID, a.UserID = actor.Administrator, u.TenantID, u.ID
	return a
}

// Left is the soft-deleted user of that address that was deleted last.
func (p *Portal) Left(address, domain string) directory.User {
	p.t.Helper()
	list, err := directory.Deleted(context.Background(), p.App.DB, p.Tenant(domain).ID, directory.DeletedFilter{Query: address}, directory.Cursor{}, 1)
	if err != nil || len(list) == 0 {
		p.t.Fatalf("nobody deleted as %s in %s: %v", address, domain, err)
	}
	return list[0].User
}
