package app_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"sojourn/demo"
	"sojourn/internal/db"
	"sojourn/securityinfo/usermethods"
	"sojourn/sojourntest"
)

// No organization reads an account's id in its log, nor what is only the person's:
// whatever people did there, and with whatever they proved who they are.
func TestAudit_namesNoAccount(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		const sam = "sam.rivera@contoso.example"
		ctx, contoso := context.Background(), p.Tenant("contoso.example").ID
		if err := demo.Remember(ctx, p.App, sojourntest.Password); err != nil {
			t.Fatal(err)
		}
		a := newArmed(t, p, noor)
		pass, err := p.App.UserMethods.GivePass(ctx, p.Administrator(sam, "contoso.example"), contoso, p.User(noor, "contoso.example").ID, usermethods.PassForm{Minutes: "480", Length: "8"})
		if err != nil {
			t.Fatal(err)
		}
		b := p.Browser().Get("/sign-in").Submit("Next", url.Values{"name": {noor}}).Follow("I have a temporary access pass").Submit("Sign in", url.Values{"pass": {pass}}).At("/").Browser
		a.later(6 * time.Minute)
		b.Get("/prove/pass").Submit("Continue", url.Values{"pass": {"00000000"}}).Is(http.StatusUnprocessableEntity)
		b.Get("/prove/pass").Submit("Continue", url.Values{"pass": {pass}}).At("/")
		a.later(12 * time.Minute)
		b.Get("/prove").Submit("Continue", url.Values{"password": {"nothing of the kind"}}).Is(http.StatusUnprocessableEntity)
		b.Get("/prove").Submit("Continue", url.Values{"password": {sojourntest.Password}})
		b.Get("/prove/second?use="+a.app).Submit("Verify", url.Values{"code": {a.shows()}}).At("/")
		b.Get("/organizations").Submit("Decline Relecloud", nil).Has("You declined the invitation of Relecloud.")
		guest := p.User(noor, "fabrikam.example").ID
		b.Get("/organizations").Follow("Leave organization Fabrikam, Inc.").Submit("Leave", nil).Has("Receipt for leaving")
		b.Post("/organizations/"+p.Tenant("lucerne.example").ID+"/leave", b.Token()).Is(http.StatusForbidden) // which only shares something

		if n, err := db.Count(ctx, p.App.DB, `SELECT count(*) FROM audit WHERE act = 'session.prove' AND tenant_id = $1`, contoso); err != nil || n != 4 {
			t.Fatalf("%d proofs are in the log, want 4: this test shows nothing (%v)", n, err)
		}
		checkInvariants(t, p.App.DB)
		accounts, err := db.All(ctx, p.App.DB, db.Text, `SELECT id FROM accounts`)
		if err != nil {
			t.Fatal(err)
		}
		admin := p.SignIn(sam)
		sheet := admin.Get("/manage/contoso.example/audit.csv").Is(http.StatusOK).HTML
		for _, text := range []string{sheet, admin.Get("/manage/contoso.example/audit?act=session.prove").Is(http.StatusOK).HTML} {
			for _, id := range accounts {
				if strings.Contains(text, id) && (text == sheet || id != p.Self(sam).AccountID) { // whom forms are for, they say
					t.Errorf("an account is named: %s", id)
				}
			}
		}
		home := 0 // it knows the methods of its people, and reads with which one each signed in
		for line := range strings.Lines(sheet) {
			switch how := strings.Contains(line, "method: "); {
			case strings.Contains(line, ",session.start,") && how:
				home++
			case (strings.Contains(line, ",session.") || strings.Contains(line, ",password.")) && how:
				t.Errorf("what is only the person's is told: %s", line)
			}
		}
		if home < 5 {
			t.Errorf("%d sign-ins say how they were done", home)
		}
		guests := 0 // of whose methods an organization knows nothing
		for line := range strings.Lines(p.SignIn("ann.lee@fabrikam.example").Get("/manage/fabrikam.example/audit.csv").Is(http.StatusOK).HTML) {
			if strings.Contains(line, ",session.start,") && strings.Contains(line, guest) {
				if guests++; strings.Contains(line, "method: ") {
					t.Errorf("how a guest signed in is told: %s", line)
				}
			}
		}
		if guests == 0 {
			t.Error("no sign-in of a guest is in the log: this test shows nothing")
		}
	})
}
