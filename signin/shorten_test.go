package signin_test

import (
	"testing"
	"time"

	"sojourn/internal/db"
	"sojourn/internal/dbtest"
	"sojourn/policies"
)

// A policy that lets people stay for less time ends what is open sooner, and one that
// lets them stay for longer gives nobody more.
func TestShorten(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p, _ := settled(t, d)
		p.signedIn("noor@contoso.example")
		p.account("", "", "mia@mail.example", "Mia", true)
		p.signedIn("mia@mail.example")
		shorten := func(tenant string, s policies.Sessions) {
			t.Helper()
			if err := d.Tx(t.Context(), func(tx *db.Tx) error { return p.signin.Shorten(t.Context(), tx, tenant, s) }); err != nil {
				t.Fatal(err)
			}
		}
		lasting := func(least time.Duration) int {
			return p.count(`SELECT count(*) FROM sessions WHERE expires_at - created_at >= $1`, least.Microseconds())
		}
		shorten(contoso, policies.Sessions{Idle: 8 * time.Hour, Lasts: 24 * time.Hour, Stay: 30})
		if n := lasting(24 * time.Hour); n != 2 {
			t.Errorf("the usual shortened something: %d", n)
		}
		shorten(fabrikam, policies.Sessions{Idle: time.Hour, Lasts: time.Hour})
		if n := lasting(24 * time.Hour); n != 2 {
			t.Errorf("a guest's session was shortened by their host: %d", n)
		}
		shorten(contoso, policies.Sessions{Idle: 15 * time.Minute, Lasts: 2 * time.Hour, Stay: 30})
		if n := lasting(24 * time.Hour); n != 1 {
			t.Errorf("%d sessions still last a day, want only the one of another home", n)
		}
		if n := p.count(`SELECT count(*) FROM sessions WHERE idle = $1`, (15 * time.Minute).Microseconds()); n != 1 {
			t.Errorf("%d sessions go idle sooner, want 1", n)
		}
		shorten(contoso, policies.Sessions{Idle: 8 * time.Hour, Lasts: 24 * time.Hour, Stay: 30})
		if n := lasting(24 * time.Hour); n != 1 {
			t.Errorf("a session got longer: %d", n)
		}
	})
}

// Whoever has asked to stay signed in does not where nobody may any more.
func TestShorten_stays(t *testing.T) {
	d := dbtest.Open(t)
	p, _ := settled(t, d)
	p.signedIn("noor@contoso.example")
	p.exec(`UPDATE sessions SET stays = TRUE, expires_at = created_at + $1`, (30 * 24 * time.Hour).Microseconds())
	err := d.Tx(t.Context(), func(tx *db.Tx) error {
		return p.signin.Shorten(t.Context(), tx, contoso, policies.Sessions{Idle: time.Hour, Lasts: 3 * time.Hour})
	})
	if err != nil {
		t.Fatal(err)
	}
	if n := p.count(`SELECT count(*) FROM sessions WHERE NOT stays AND expires_at = created_at + $1`, (3 * time.Hour).Microseconds()); n != 1 {
		t.Error("somebody stays who may not")
	}
}
