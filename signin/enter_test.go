package signin_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sojourn/internal/db"
	"sojourn/internal/dbtest"
	"sojourn/internal/sources"
)

func TestSignIn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p, noor := settled(t, d)
		b := p.browser().get("/").want(303, "/sign-in?returnUrl=%2F").follow()
		before := b.cookies["sojourn_8080"]
		b.submit("/sign-in", "name", " Noor@Contoso.example ").want(303, "/sign-in/password")
		b.follow().has("Enter your password", "Noor@<wbr>Contoso.example")
		b.submit("/sign-in/password", "password", secretWord).want(303, "/")
		if after := b.cookies["sojourn_8080"]; after == before || len(after) != 43 {
			t.Fatalf("the cookie was %q and is %q: want a new one", before, after)
		}
		if b.cookies["sojourn_flow_8080"] != "" {
			t.Fatal("the cookie of the flow is still there")
		}
		b.follow().has("here is Noor Haddad of Contoso in  as noor@contoso.example", "lang en")
		if n := p.count(`SELECT count(*) FROM accounts WHERE id = $1 AND language = 'en'`, noor); n != 1 {
			t.Error("the language in use was not kept on the account")
		}
		if n := p.count(`SELECT count(*) FROM users WHERE id = $1 AND last_used_at IS NOT NULL`, noorHere); n != 1 {
			t.Error("the use of the home was not noted")
		}
		if n := p.count(`SELECT count(*) FROM audit WHERE act = 'session.start' AND result = 'done' AND tenant_id = $1 AND target = $2`, contoso, noorHere); n != 1 {
			t.Errorf("%d audit rows in the home tenant, want 1", n)
		}
		b.get("/sign-in?returnUrl=/somewhere").want(303, "/somewhere")
		b.get("/sign-in/password").want(303, "/")
	})
}

func TestSignIn_returnURL(t *testing.T) {
	p, _ := settled(t, dbtest.Open(t))
	for given, want := range map[string]string{
		"/organizations?tenantId=fabrikam.example": "/organizations?tenantId=fabrikam.example",
		"https://evil.example/":                    "/", "//evil.example": "/", `/\evil.example`: "/", "": "/",
	} {
		b := p.browser().get("/sign-in")
		b.submit("/sign-in", "name", "noor@contoso.example", "returnUrl", given).follow()
		b.submit("/sign-in/password", "password", secretWord).want(303, want)
	}
	if n := p.count(`SELECT count(*) FROM users WHERE id = $1 AND last_used_at IS NOT NULL`, noorAway); n != 1 {
		t.Error("the use of the organization selected by returnUrl was not noted")
	}
}

// TestSignIn_enumeration: whoever does not know the password learns nothing of
// the account behind a name.
func TestSignIn_enumeration(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p, _ := settled(t, d)
		p.account(contoso, "u-off", "off@contoso.example", "Off", true)
		p.exec(`UPDATE users SET account_enabled = FALSE WHERE id = 'u-off'`)
		p.account(contoso, "u-gone", "gone@contoso.example", "Gone", true)
		p.exec(`UPDATE users SET deleted_at = 5 WHERE id = 'u-gone'`)
		p.account(contoso, "u-new", "new@contoso.example", "New", false)
		p.account("", "", "mia@mail.example", "Mia", false)
		names := []string{"noor@contoso.example", "nobody@contoso.example", "off@contoso.example", "gone@contoso.example",
			"new@contoso.example", "mia@mail.example", "who@mail.example", "no-address"}
		var seen [][]string
		for _, name := range names {
			b, answers := p.browser(), []string{}
			for i := range 8 {
				if i > 4 {
					p.exec(`UPDATE counters SET last_at = last_at + 3600000000`) // the wait outlasts this test
				}
				b.get("/sign-in").submit("/sign-in", "name", name)
				answers = append(answers, b.header.Get("Location"))
				b.follow()
				answers = append(answers, neutral(b.page, name))
				b.submit("/sign-in/password", "password", "not the right words")
				answers = append(answers, b.header.Get("Location"), neutral(b.page, name), string(rune(b.status)))
			}
			seen = append(seen, answers)
		}
		for i, answers := range seen {
			for j, a := range answers {
				if a != seen[0][j] {
					t.Fatalf("%s answers %q where %s answers %q", names[i], a, names[0], seen[0][j])
				}
			}
		}
		last := seen[0][len(seen[0])-2]
		if !strings.Contains(last, "Too many wrong passwords") {
			t.Fatalf("no wait after 8 tries: %s", last)
		}
	})
}

// neutral takes out of a page what differs by request or by what was typed.
func neutral(page, name string) string {
	page = hidden.ReplaceAllString(page, "")
	local, domain, _ := strings.Cut(name, "@")
	page = strings.NewReplacer(name, "NAME", local+"@<wbr>"+domain, "NAME", strings.ReplaceAll(name, "@", "%40"), "NAME").Replace(page)
	if before, rest, ok := strings.Cut(page, `<span class="tile`); ok {
		_, after, _ := strings.Cut(rest, "</span>")
		page = before + after
	}
	return page
}

func TestSignIn_refusedAfterTheRightPassword(t *testing.T) {
	cases := []struct{ name, sql, text, reason string }{
		{"disabled", `UPDATE users SET account_enabled = FALSE WHERE id = $1`, "disabled this account", "account_disabled"},
		{"deleted", `UPDATE users SET deleted_at = 5 WHERE id = $1`, "disabled this account", "account_disabled"},
		{"home closed", `UPDATE tenants SET state = 'closed' WHERE id = (SELECT tenant_id FROM users WHERE id = $1)`, "has been closed", "organization_closed"},
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p, _ := settled(t, d)
		for _, c := range cases {
			p.exec(`UPDATE users SET account_enabled = TRUE, deleted_at = NULL WHERE id = $1`, noorHere)
			p.exec(c.sql, noorHere)
			b := p.browser().enter("noor@contoso.example", secretWord)
			if b.status != 403 || !strings.Contains(b.page, c.text) {
				t.Errorf("%s: %d %.200s", c.name, b.status, b.page)
			}
			if p.audited("session.start", c.reason) == 0 {
				t.Errorf("%s: not audited", c.name)
			}
		}
		if n := p.count(`SELECT count(*) FROM sessions`); n != 0 {
			t.Errorf("%d sessions were made", n)
		}
	})
}

func TestSignIn_wrongPasswordIsAudited(t *testing.T) {
	p, _ := settled(t, dbtest.Open(t))
	b := p.browser().enter("noor@contoso.example", "wrong words altogether")
	b.want(422, "").has("<title>Error: Enter your password", "That password is not right", `href="/sign-in?another=1&amp;name=noor%40contoso.example`)
	p.browser().enter("nobody@contoso.example", "wrong words altogether").want(422, "")
	if n := p.count(`SELECT count(*) FROM audit WHERE reason = 'wrong_password' AND tenant_id = $1 AND target = $2 AND actor = 'system'`, contoso, noorHere); n != 1 {
		t.Errorf("%d rows, want 1", n)
	}
	if n := p.count(`SELECT count(*) FROM audit`); n != 1 {
		t.Errorf("%d rows in all: an unknown name left one", n)
	}
	b.submit("/sign-in/password", "password", "").want(422, "").has("Enter your password")
	b.get("/sign-in").submit("/sign-in", "name", "  ").want(422, "").has("Enter your email address")
}

// TestSignIn_concurrent: one flow lets one in, however often its last step is
// sent; several flows let several in.
func TestSignIn_concurrent(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p, _ := settled(t, d)
		b := p.browser().get("/sign-in").submit("/sign-in", "name", "noor@contoso.example").follow()
		var in atomic.Int32
		var all sync.WaitGroup
		for range 20 {
			c := b.clone()
			all.Go(func() {
				if c.submit("/sign-in/password", "password", secretWord); c.status == 303 && c.header.Get("Location") == "/" {
					in.Add(1)
				}
			})
		}
		all.Wait()
		if in.Load() != 1 {
			t.Errorf("one flow let %d in", in.Load())
		}
		in.Store(0)
		for range 20 {
			c := p.browser()
			all.Go(func() {
				if c.enter("noor@contoso.example", secretWord).status == 303 {
					in.Add(1)
				}
			})
		}
		all.Wait()
		if in.Load() != 20 {
			t.Errorf("of 20 flows, %d let somebody in", in.Load())
		}
	})
}

// TestSignIn_againInOneBrowser: the browser stays the same row, the older
// session of the account ends.
func TestSignIn_againInOneBrowser(t *testing.T) {
	p, noor := settled(t, dbtest.Open(t))
	b := p.signedIn("noor@contoso.example")
	d := p.d
	d.SetShift(9 * time.Hour) // idle
	b.get("/").want(303, "/sign-in?returnUrl=%2F")
	b.enter("noor@contoso.example", secretWord).want(303, "/").follow().has("here is Noor")
	if n := p.count(`SELECT count(*) FROM browsers`); n != 1 {
		t.Errorf("%d browsers, want 1", n)
	}
	if n := p.count(`SELECT count(*) FROM sessions WHERE account_id = $1 AND ended_at IS NULL`, noor); n != 1 {
		t.Errorf("%d sessions are open, want 1", n)
	}
}

// TestSignIn_passwordChangedBetween: a password that was right when it was
// compared opens nothing once it has been changed.
func TestSignIn_passwordChangedBetween(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p, noor := settled(t, d)
		p.signin.Passwords = between{p, noor}
		b := p.browser().enter("noor@contoso.example", secretWord)
		b.want(409, "").has("changed just now")
		if n := p.count(`SELECT count(*) FROM sessions`); n != 0 {
			t.Errorf("%d sessions were made", n)
		}
	})
}

type between struct {
	p    *portal
	noor string
}

func (b between) Verify(ctx context.Context, account, name, browser, password string) (int, error) {
	version, err := b.p.info.Verify(ctx, account, name, browser, password)
	b.p.exec(`UPDATE methods SET version = version + 1 WHERE account_id = $1`, b.noor)
	return version, err
}

// A flood from one source is refused there, with a page of its own; everybody
// else signs in as ever, and it leaves no rows.
func TestEnter_flood(t *testing.T) {
	p, _ := settled(t, dbtest.Open(t))
	tries := &sources.Limiter{Limits: sources.Limits{AtOnce: 3, Minute: 20, Wrong: 10}}
	p.signin.Begun, p.signin.Tries, p.info.Tries = &sources.Limiter{Limits: sources.Limits{Minute: 20}}, tries, tries
	flood, other := p.browser(), p.browser()
	flood.from, other.from = "[2001:db8::1]:4711", "[2001:db8:0:1::1]:4711"
	refused := 0
	for i := range 30 {
		flood.get("/sign-in").submit("/sign-in", "name", fmt.Sprintf("nobody%d@nowhere.example", i))
		if flood.status == http.StatusTooManyRequests {
			refused++
			flood.has(sources.Code)
			if flood.header.Get("Retry-After") == "" {
				t.Error("it is not said when to come back")
			}
			continue
		}
		flood.get("/sign-in/password").submit("/sign-in/password", "password", "wrong")
		if flood.status == http.StatusTooManyRequests {
			flood.has(sources.Code)
		}
	}
	if refused != 10 {
		t.Errorf("%d of 30 sign-ins were not begun, want 10", refused)
	}
	ctx := context.Background()
	for text, most := range map[string]int{`SELECT count(*) FROM flows`: 20, `SELECT count(*) FROM counters`: 10} {
		if n, err := db.Count(ctx, p.d, text); err != nil || n > most {
			t.Errorf("%s: %d, want %d at most (%v)", text, n, most, err)
		}
	}
	other.get("/sign-in").submit("/sign-in", "name", "noor@contoso.example")
	other.get("/sign-in/password").submit("/sign-in/password", "password", secretWord).want(303, "/")
}
