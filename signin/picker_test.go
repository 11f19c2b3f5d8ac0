package signin_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"sojourn/internal/db"
	"sojourn/internal/dbtest"
)

// Several accounts in one browser: each signs in beside the others, one is used at
// a time, and each signs out by itself or all at once.
func TestAccounts(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p, _ := settled(t, d)
		p.account("", "", "mia@mail.example", "Mia", true)
		b := p.signedIn("noor@contoso.example")
		b.get("/sign-in").want(303, "/")
		b.get("/sign-in?another=1").submit("/sign-in", "name", "mia@mail.example").want(303, "/sign-in/password")
		b.follow().submit("/sign-in/password", "password", secretWord).want(303, "/").follow().has("here is Mia")
		noors := p.session("noor@contoso.example")
		b.get("/accounts").has("Noor Haddad", "contoso.example", "Mia", "In use", "/accounts/"+noors+"/switch")
		b.submit("/accounts/"+noors+"/switch").want(303, "/").follow().has("here is Noor")
		if p.audited("session.switch", "") != 1 {
			t.Error("the switch is not in the log")
		}
		b.submit("/sign-out").want(303, "/accounts").follow().has("Mia")
		if strings.Contains(b.page, "Noor") {
			t.Error("who signed out is still listed")
		}
		b.submit("/accounts/"+p.session("mia@mail.example")+"/switch").want(303, "/").follow().has("here is Mia")
		b.get("/accounts").submit("/accounts/sign-out").want(303, "/sign-in")
		b.get("/").want(303, "/sign-in?returnUrl=%2F")
		if p.count(`SELECT count(*) FROM sessions WHERE ended_at IS NULL`) != 0 {
			t.Error("a session is left")
		}
	})
}

// Whose session it is not, and what is not in this browser, is answered like what
// is not there.
func TestAccounts_others(t *testing.T) {
	p, _ := settled(t, dbtest.Open(t))
	p.account("", "", "mia@mail.example", "Mia", true)
	b, other := p.signedIn("noor@contoso.example"), p.signedIn("mia@mail.example")
	for _, act := range []string{"switch", "sign-out"} {
		b.get("/accounts").submit("/accounts/" + p.session("mia@mail.example") + "/" + act)
		if b.status != 404 || strings.Contains(b.page, "Mia") {
			t.Errorf("%s: %d %s", act, b.status, b.page)
		}
	}
	other.get("/").has("here is Mia")
	p.browser().get("/accounts").want(303, "/sign-in")
}

// An account that went idle asks for its password again, and one that its home has
// disabled is refused.
func TestAccounts_over(t *testing.T) {
	p, _ := settled(t, dbtest.Open(t))
	p.account("", "", "mia@mail.example", "Mia", true)
	b := p.signedIn("noor@contoso.example")
	b.get("/sign-in?another=1").submit("/sign-in", "name", "mia@mail.example").follow().submit("/sign-in/password", "password", secretWord, "stay", "1").follow().has("Mia")
	p.d.SetShift(9 * time.Hour)
	noors := p.session("noor@contoso.example")
	b.get("/accounts").has("Signed out after a time without use").submit("/accounts/"+noors+"/switch").want(303, "/sign-in?another=1&name=noor%40contoso.example")
	p.d.SetShift(0)
	p.exec(`UPDATE users SET account_enabled = FALSE WHERE id = $1`, noorHere)
	b.get("/accounts").submit("/accounts/"+noors+"/switch").want(303, "/accounts")
	b.get("/").has("here is Mia")
}

// Who stays signed in is so for thirty days, used or not; anybody else for eight
// hours without use.
func TestStaysSignedIn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p, _ := settled(t, d)
		stays := p.browser()
		stays.get("/sign-in").submit("/sign-in", "name", "noor@contoso.example").follow().has("Stay signed in")
		stays.submit("/sign-in/password", "password", "wrong words here", "stay", "1").has(`checked`)
		stays.submit("/sign-in/password", "password", secretWord, "stay", "1").want(303, "/")
		leaves := p.signedIn("noor@contoso.example")
		d.SetShift(29 * 24 * time.Hour)
		stays.get("/").has("here is Noor")
		leaves.get("/").want(303, "/sign-in?returnUrl=%2F")
		d.SetShift(31 * 24 * time.Hour)
		stays.get("/").want(303, "/sign-in?returnUrl=%2F")
	})
}

// However many accounts there are, all are signed out; and where nobody is in use,
// those that are signed in are offered.
func TestAccounts_many(t *testing.T) {
	p, _ := settled(t, dbtest.Open(t))
	b := p.signedIn("noor@contoso.example")
	for i := range 23 {
		name := fmt.Sprintf("m%02d@mail.example", i)
		p.account("", "", name, name, true)
		b.get("/sign-in?another=1").submit("/sign-in", "name", name).follow().submit("/sign-in/password", "password", secretWord, "stay", "1").want(303, "/")
	}
	b.get("/accounts").submit("/accounts/" + p.session("noor@contoso.example") + "/switch")
	if b.status != 303 { // she is not among the twenty that are listed
		b.get("/accounts")
	}
	p.d.SetShift(9 * time.Hour)
	b.get("/accounts").submit("/accounts/"+p.session("m22@mail.example")+"/sign-out").want(303, "/accounts")
	b.get("/accounts").submit("/accounts/sign-out").want(303, "/sign-in")
	if n := p.count(`SELECT count(*) FROM sessions WHERE ended_at IS NULL`); n != 0 {
		t.Errorf("%d sessions are open", n)
	}
}

// session is the latest session of who signs in with a name.
func (p *portal) session(name string) string {
	p.t.Helper()
	id, found, err := db.Maybe(p.t.Context(), p.d, db.Text, `
		SELECT s.id FROM sessions s JOIN identities i ON i.account_id = s.account_id WHERE i.subject = $1 ORDER BY s.created_at DESC, s.id LIMIT 1`, name)
	if err != nil || !found {
		p.t.Fatal(found, err)
	}
	return id
}
