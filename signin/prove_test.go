package signin_test

import (
	"context"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sojourn/accounts"
	"sojourn/internal/db"
	"sojourn/internal/dbtest"
	"sojourn/internal/fault"
)

func TestProve(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p, _ := settled(t, d)
		b := p.signedIn("noor@contoso.example")
		b.get("/prove?returnUrl=/x").want(303, "/x") // signing in was a proof
		d.SetShift(10 * time.Minute)
		b.get("/prove?returnUrl=/x").want(200, "").has("Confirm that it is you", "noor@<wbr>contoso.example")
		old := b.clone()
		b.submit("/prove", "password", "nothing of the kind").want(422, "").has("That password is not right")
		b.submit("/prove", "password", secretWord).want(303, "/x")
		if b.cookies["sojourn_8080"] == old.cookies["sojourn_8080"] {
			t.Error("the cookie stayed the same")
		}
		b.get("/").want(200, "")
		b.get("/prove?returnUrl=/x").want(303, "/x")
		old.get("/").want(303, "/sign-in?returnUrl=%2F")
		old.submit("/prove", "password", secretWord)
		if old.status == 303 && old.header.Get("Location") == "/x" {
			t.Error("the old cookie proved something")
		}
		if p.audited("session.prove", "") != 1 || p.audited("session.prove", "wrong_password") != 1 {
			t.Error("not audited")
		}
	})
}

func TestProve_together(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p, _ := settled(t, d)
		b := p.signedIn("noor@contoso.example")
		d.SetShift(10 * time.Minute)
		b.get("/prove")
		var proved atomic.Int32
		var all sync.WaitGroup
		for range 10 {
			c := b.clone()
			all.Go(func() {
				if c.submit("/prove", "password", secretWord); c.header.Get("Location") == "/" {
					proved.Add(1)
				}
			})
		}
		all.Wait()
		if proved.Load() != 1 {
			t.Errorf("one cookie was renewed %d times", proved.Load())
		}
	})
}

// TestWrongTries: each known browser counts by itself, all others together.
func TestWrongTries(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p, _ := settled(t, d)
		known := p.signedIn("noor@contoso.example")
		stranger := p.browser()
		for i, want := range []int{422, 422, 422, 422, 422, 429, 429} {
			if i == 5 {
				p.exec(`UPDATE counters SET count = 12`) // 128 s: longer than this test
			}
			if stranger.enter("noor@contoso.example", "guess after guess"); stranger.status != want {
				t.Fatalf("try %d: %d, want %d", i+1, stranger.status, want)
			}
		}
		stranger.has("try again in 3 minutes")
		p.browser().enter("noor@contoso.example", secretWord).want(429, "") // the right one is not looked at either
		d.SetShift(10 * time.Minute)
		known.get("/prove?returnUrl=/x").submit("/prove", "password", secretWord).want(303, "/x")
		known.get("/").submit("/sign-out").want(303, "/sign-in")
		known.enter("noor@contoso.example", secretWord).want(303, "/")
		stranger.enter("noor@contoso.example", "guess after guess").want(422, "").has("Try again in 5 minutes")
		d.SetShift(20 * time.Minute)
		stranger.enter("noor@contoso.example", secretWord).want(303, "/")
		for range 4 { // the count began again
			p.browser().enter("noor@contoso.example", "guess after guess").want(422, "")
		}
	})
}

func TestSignOut(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p, _ := settled(t, d)
		b, other := p.signedIn("noor@contoso.example"), p.signedIn("noor@contoso.example")
		b.get("/").submit("/sign-out").want(303, "/sign-in")
		if got := b.header.Get("Clear-Site-Data"); got != `"cache", "storage"` {
			t.Errorf("Clear-Site-Data: %s", got)
		}
		b.follow().has("You have been signed out.")
		b.get("/").want(303, "/sign-in?returnUrl=%2F")
		third := p.signedIn("noor@contoso.example")
		other.get("/").want(200, "").submit("/sign-out-everywhere").want(303, "/sign-in").follow().has("signed out everywhere")
		for _, b := range []*browser{b, other, third} {
			b.get("/").want(303, "/sign-in?returnUrl=%2F")
		}
		if p.audited("session.end", "") != 1 || p.audited("session.end_all", "") != 1 {
			t.Error("not audited")
		}
	})
}

func TestLanguage(t *testing.T) {
	p, noor := settled(t, dbtest.Open(t))
	b := p.signedIn("noor@contoso.example").get("/")
	b.submit("/language", "lang", "nl", "returnUrl", "/").want(303, "/")
	b.follow().has("lang nl")
	if p.count(`SELECT count(*) FROM accounts WHERE id = $1 AND language = 'nl'`, noor) != 1 {
		t.Error("not kept on the account")
	}
	b.submit("/language", "lang", "xx", "returnUrl", "https://evil.example/").want(303, "/")
	out := p.browser().get("/sign-in").submit("/language", "lang", "nl", "returnUrl", "/sign-in").want(303, "/sign-in")
	if out.follow(); !strings.Contains(out.page, "<h1>") || !strings.Contains(out.page, "Aanmelden") {
		t.Errorf("not in Dutch: %.300s", out.page)
	}
}

func TestSweep(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p, _ := settled(t, d)
		b := p.signedIn("noor@contoso.example")
		b.get("/manage/" + fabrikam)
		p.browser().get("/sign-in").submit("/sign-in", "name", "x@y.example")
		left := func(days int) [4]int {
			d.SetShift(time.Duration(days) * 24 * time.Hour)
			if err := p.signin.Sweep(t.Context()); err != nil {
				t.Fatal(err)
			}
			return [4]int{p.count(`SELECT count(*) FROM flows`), p.count(`SELECT count(*) FROM sessions`),
				p.count(`SELECT count(*) FROM session_tenants`), p.count(`SELECT count(*) FROM browsers`)}
		}
		for _, c := range []struct {
			days int
			want [4]int
		}{{0, [4]int{2, 1, 1, 1}}, {1, [4]int{0, 1, 1, 1}}, {90, [4]int{0, 1, 1, 1}}, {92, [4]int{0, 0, 0, 1}}, {401, [4]int{}}} {
			if got := left(c.days); got != c.want {
				t.Errorf("after %d days: %v, want %v", c.days, got, c.want)
			}
		}
	})
}

// provedWith is a pass that is good for a fresh proof.
type provedWith struct{ of string }

func (x provedWith) ComparePass(_ context.Context, _, _, _, typed string) (accounts.PassProof, error) {
	if typed != "right" {
		return accounts.PassProof{}, fault.New(fault.Invalid, "wrong_pass", "signin.pass.wrong")
	}
	return accounts.PassProof{AccountID: x.of}, nil
}

func (provedWith) SpendPass(context.Context, *db.Tx, accounts.PassProof) error { return nil }

// The home's log has every proof and every try under the user it knows; with what it
// was proved is only the person's.
func TestProve_log(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p, noor := settled(t, d)
		b := p.signedIn("noor@contoso.example")
		d.SetShift(10 * time.Minute)
		b.get("/prove").submit("/prove", "password", "nothing of the kind").want(422, "")
		b.submit("/prove", "password", secretWord).want(303, "/")

		p.signin.Passes = provedWith{noor}
		b.get("/").submit("/prove/pass", "pass", "wrong").want(422, "")
		b.get("/").submit("/prove/pass", "pass", "right").want(303, "/")

		p.signin.Passkeys = &keyring{of: noor, asked: map[string]accounts.Asking{}}
		for answer, status := range map[string]int{".wrong": 422, ".right": 303} {
			asked := b.get("/").submit("/prove/passkey/ask").page
			if b.get("/").submit("/prove/passkey", "code", asked+answer); b.status != status {
				t.Fatalf("a passkey that is %s: %d", answer, b.status)
			}
		}

		codes := &onetime{of: noor}
		p.signin.Seconds = codes
		d.SetShift(20 * time.Minute)
		b.get("/prove").submit("/prove", "password", secretWord).want(303, "/prove/second")
		b.follow().submit("/prove/second", "code", "000000").want(422, "")
		b.get("/prove/second").submit("/prove/second", "code", codes.now()).want(303, "/")

		for what, want := range map[string]int{
			`audit a WHERE a.act = 'session.prove' AND a.tenant_id = $1 AND a.actor_id = $2 AND a.target = $2`:                                                   8,
			`audit a WHERE a.act = 'session.prove' AND a.tenant_id = $1 AND a.result = 'done' AND a.actor_id = $2`:                                               4,
			`audit_details d JOIN audit a ON a.id = d.audit_id WHERE a.act = 'session.prove' AND a.tenant_id = $1 AND d.subject = $2 AND d.data LIKE '%method%'`: 0,
		} {
			if n := p.count(`SELECT count(*) FROM `+what, contoso, noorHere); n != want {
				t.Errorf("%d, want %d: %s", n, want, what)
			}
		}
		if n := p.count(`SELECT count(*) FROM audit_details d WHERE d.subject = $1 AND d.data LIKE '%method%' AND EXISTS (SELECT 1 FROM audit a WHERE a.id = d.audit_id AND a.act = 'session.prove')`, noor); n != 6 {
			t.Errorf("%d of the person's own details, want 6", n)
		}
	})
}

// A browser is known to whom it was signed in with, until they disown it.
func TestKnows(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p, noor := settled(t, d)
		p.signedIn("noor@contoso.example")
		var browser string
		if err := d.QueryRow(context.Background(), `SELECT browser_id FROM sessions`).Scan(&browser); err != nil {
			t.Fatal(err)
		}
		knows := func(who string, want bool) {
			t.Helper()
			if yes, err := p.signin.Knows(context.Background(), browser, who); err != nil || yes != want {
				t.Errorf("known: %t, want %t (%v)", yes, want, err)
			}
		}
		knows(noor, true)
		knows("somebody else", false)
		knows("", false)
		p.exec(`UPDATE sessions SET ended_at = 1, end_reason = 'signed_out'`)
		knows(noor, true)
		p.exec(`UPDATE sessions SET end_reason = 'disowned'`)
		knows(noor, false)
	})
}
