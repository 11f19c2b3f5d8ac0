package signin_test

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"sojourn/internal/db"
	"sojourn/internal/dbtest"
	"sojourn/signin"
)

func TestCookie(t *testing.T) {
	d := dbtest.Open(t)
	for _, c := range []struct {
		base, name string
		secure     bool
	}{
		{"https://portal.example", "__Host-sojourn", true},
		{"https://portal.example:8443", "__Host-sojourn", true},
		{"http://localhost:8080", "sojourn_8080", false},
		{"http://127.0.0.1", "sojourn_80", false},
	} {
		p := newPortal(t, d, c.base)
		b := p.browser().get("/sign-in")
		for _, name := range []string{c.name, strings.Replace(c.name, "sojourn", "sojourn_flow", 1)} {
			k := b.cookie(name)
			if k == nil {
				t.Fatalf("%s: no cookie %s in %v", c.base, name, b.set)
			}
			if !k.HttpOnly || k.Secure != c.secure || k.Path != "/" || k.SameSite != http.SameSiteLaxMode || k.Domain != "" || len(k.Value) != 43 {
				t.Errorf("%s: %s", c.base, k)
			}
			if name == c.name && k.MaxAge != 400*24*3600 {
				t.Errorf("%s: the browser is known for %d s", c.base, k.MaxAge)
			}
			b.submit("/sign-in", "name", "somebody")
		}
		if b.get("/sign-in").cookie(c.name) != nil {
			t.Errorf("%s: a browser with a cookie got another one", c.base)
		}
		if p.browser().get("/").cookie(c.name) != nil {
			t.Errorf("%s: a page without a form set a cookie", c.base)
		}
	}
}

// TestCookie_noneNoForm: without a cookie no form is taken, whatever token it has.
func TestCookie_noneNoForm(t *testing.T) {
	p, _ := settled(t, dbtest.Open(t))
	b := p.browser().get("/sign-in")
	b.cookies = map[string]string{}
	b.submit("/sign-in", "name", "noor@contoso.example").want(403, "").has("stale_form")
	b.cookies["sojourn_8080"] = "short"
	b.submit("/sign-in", "name", "noor@contoso.example").want(403, "")
}

func TestSession_ends(t *testing.T) {
	cut := "/sign-in?returnUrl=%2F"
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p, noor := settled(t, d)
		in := func() *browser { d.SetShift(0); return p.signedIn("noor@contoso.example") }

		b := in()
		for _, hours := range []int{7, 14, 20} { // in use, it lives …
			d.SetShift(time.Duration(hours) * time.Hour)
			b.get("/").want(200, "")
		}
		d.SetShift(24*time.Hour + time.Minute) // … for a day
		b.get("/").want(303, cut)

		b = in()
		d.SetShift(8*time.Hour + time.Minute) // idle
		b.get("/").want(303, cut)
		d.SetShift(0)

		for what, sql := range map[string]string{
			"disabled at home": `UPDATE users SET account_enabled = FALSE WHERE id = '` + noorHere + `'`,
			"deleted at home":  `UPDATE users SET deleted_at = 5 WHERE id = '` + noorHere + `'`,
			"home closed":      `UPDATE tenants SET state = 'closed' WHERE id = '` + contoso + `'`,
			"account closing":  `UPDATE accounts SET state = 'closing' WHERE id = '` + noor + `'`,
			"session ended":    `UPDATE sessions SET ended_at = 5`,
		} {
			b = in()
			p.exec(sql)
			if b.get("/"); b.status != 303 || b.header.Get("Location") != cut {
				t.Errorf("%s: got %d", what, b.status)
			}
			p.exec(`UPDATE users SET account_enabled = TRUE, deleted_at = NULL`)
			p.exec(`UPDATE tenants SET state = 'active'`)
			p.exec(`UPDATE accounts SET state = 'active'`)
		}

		b, other := in(), in()
		err := d.Tx(context.Background(), func(tx *db.Tx) error { return p.signin.EndAll(context.Background(), tx, noor, "", "test") })
		if err != nil {
			t.Fatal(err)
		}
		b.get("/").want(303, cut)
		other.get("/").want(303, cut)
	})
}

func TestSession_exceptOne(t *testing.T) {
	p, noor := settled(t, dbtest.Open(t))
	b, other := p.signedIn("noor@contoso.example"), p.signedIn("noor@contoso.example")
	session, err := db.One(context.Background(), p.d, db.Text, `SELECT MAX(session_id) FROM browsers`)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.d.Tx(context.Background(), func(tx *db.Tx) error { return p.signin.EndAll(context.Background(), tx, noor, session, "test") }); err != nil {
		t.Fatal(err)
	}
	if a, c := b.get("/").status, other.get("/").status; a+c != 503 {
		t.Errorf("got %d and %d, want one 200 and one 303", a, c)
	}
}

// TestTouch: a page neither waits for the note that it was seen nor fails by it.
func TestTouch(t *testing.T) {
	p, _ := settled(t, dbtest.Open(t))
	b := p.signedIn("noor@contoso.example")
	p.d.SetShift(2 * time.Minute)
	held, done := make(chan struct{}), make(chan struct{})
	go p.d.Tx(context.Background(), func(*db.Tx) error { close(held); <-done; return nil })
	<-held
	b.get("/").want(200, "")
	close(done)
	before := p.count(`SELECT MAX(last_seen_at) FROM sessions`)
	for b.get("/"); p.count(`SELECT MAX(last_seen_at) FROM sessions`) == before; b.get("/") {
	}
	before = p.count(`SELECT MAX(last_seen_at) FROM sessions`)
	p.d.SetShift(2*time.Minute + 30*time.Second)
	b.get("/")
	if after := p.count(`SELECT MAX(last_seen_at) FROM sessions`); after != before {
		t.Error("noted again within a minute")
	}
}

func TestSelect(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p, noor := settled(t, d)
		p.tenant("00000000-0000-4000-8000-000000000bbb", "Elsewhere", "elsewhere.example")
		b := p.signedIn("noor@contoso.example")
		for _, named := range []string{"fabrikam.example", "Fabrikam.Example", fabrikam} {
			b.get("/?tenantId="+named).want(200, "").has("in Fabrikam", `action="/sign-out?tenantId=`)
		}
		b.get("/?tenantId="+contoso).want(200, "").has("in Contoso")
		for _, named := range []string{"elsewhere.example", "nowhere.example", "x", "00000000-0000-4000-8000-000000000bbb", "00000000-0000-4000-8000-000000000fff"} {
			b.get("/?tenantId="+named).want(404, "").has("problem organization_not_yours")
		}
		if n := p.count(`SELECT count(*) FROM users WHERE id = $1 AND last_used_at IS NOT NULL`, noorAway); n != 1 {
			t.Error("the use was not noted")
		}
		p.exec(`UPDATE users SET account_enabled = FALSE, last_used_at = NULL WHERE id = $1`, noorAway)
		b.get("/?tenantId=fabrikam.example").want(200, "").has("in Fabrikam")
		if n := p.count(`SELECT count(*) FROM users WHERE id = $1 AND last_used_at IS NOT NULL`, noorAway); n != 0 {
			t.Error("a disabled user was noted as used")
		}
		p.exec(`UPDATE tenants SET state = 'closed' WHERE id = $1`, fabrikam)
		b.get("/?tenantId=fabrikam.example").want(200, "").has("in Fabrikam")
		p.exec(`UPDATE domains SET verified_at = NULL WHERE name = 'fabrikam.example'`)
		b.get("/?tenantId=fabrikam.example").want(404, "")
		p.exec(`UPDATE users SET deleted_at = 5 WHERE account_id = $1 AND tenant_id = $2`, noor, fabrikam)
		b.get("/?tenantId="+fabrikam).want(404, "")
		b.get("/") // who has left an organization can sign out from its page
		b.submit("/sign-out?tenantId="+fabrikam).want(303, "/sign-in")
		p.browser().get("/?tenantId=nowhere.example").want(303, "/sign-in?returnUrl=%2F%3FtenantId%3Dnowhere.example")
		p.browser().get("/sign-in?tenantId=nowhere.example").want(200, "")
	})
}

func TestManage(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p, noor := settled(t, d)
		b := p.signedIn("noor@contoso.example")
		for _, named := range []string{fabrikam, "fabrikam.example"} {
			b.get("/manage/"+named).want(200, "").has("in Fabrikam", "roles GlobalAdministrator,UserAdministrator lang")
		}
		if n := p.count(`SELECT count(*) FROM session_tenants WHERE tenant_id = $1 AND user_id = $2`, fabrikam, noorAway); n != 1 {
			t.Errorf("entered %d times, want once", n)
		}
		if n := p.count(`SELECT count(*) FROM audit WHERE act = 'tenant.enter' AND tenant_id = $1 AND actor_id = $2`, fabrikam, noorAway); n != 1 {
			t.Errorf("%d audit rows, want 1", n)
		}
		b.get("/manage/"+contoso).want(403, "").has("not_administrator")
		b.get("/manage/nowhere.example").want(404, "").has("organization_not_yours")
		p.account("", "", "mia@mail.example", "Mia", true)
		stranger := p.signedIn("mia@mail.example")
		stranger.get("/manage/"+fabrikam).want(404, "").has("organization_not_yours")
		p.browser().get("/manage/"+fabrikam).want(303, "/sign-in?returnUrl=%2Fmanage%2F"+fabrikam)

		for what, sql := range map[string]string{
			"disabled": `UPDATE users SET account_enabled = FALSE WHERE id = $1`,
			"pending":  `UPDATE users SET external_state = 'PendingAcceptance' WHERE id = $1`,
			"no role":  `DELETE FROM roles WHERE user_id = $1`,
			"closed":   `UPDATE tenants SET state = 'closed' WHERE id = (SELECT tenant_id FROM users WHERE id = $1)`,
			"deleted":  `UPDATE users SET deleted_at = 5 WHERE id = $1`,
		} {
			p.exec(sql, noorAway)
			if b.get("/manage/" + fabrikam); b.status != 403 && !(what == "deleted" && b.status == 404) {
				t.Errorf("%s: %d", what, b.status)
			}
			p.exec(`UPDATE users SET account_enabled = TRUE, deleted_at = NULL, external_state = 'Accepted' WHERE id = $1`, noorAway)
			p.exec(`UPDATE tenants SET state = 'active'`)
			if what == "no role" {
				p.exec(`INSERT INTO roles (tenant_id, user_id, role, granted_at) VALUES ($1, $2, 'GlobalAdministrator', 1)`, fabrikam, noorAway)
			}
		}
		err := d.Tx(context.Background(), func(tx *db.Tx) error { return p.signin.EndInTenant(context.Background(), tx, noor, fabrikam) })
		if err != nil || p.count(`SELECT count(*) FROM session_tenants`) != 0 {
			t.Errorf("still in the tenant (%v)", err)
		}
	})
}

func TestManage_idle(t *testing.T) {
	p, _ := settled(t, dbtest.Open(t))
	b := p.signedIn("noor@contoso.example")
	prove := "/prove?returnUrl=%2Fmanage%2F" + fabrikam
	p.d.SetShift(50 * time.Minute)
	b.get("/manage/"+fabrikam).want(200, "")
	p.d.SetShift(100 * time.Minute) // used 50 minutes ago
	b.get("/manage/"+fabrikam).want(200, "")
	p.d.SetShift(165 * time.Minute)
	b.get("/").want(200, "")
	b.get("/manage/"+fabrikam).want(303, prove)
	b.follow().submit("/prove", "password", secretWord).want(303, "/manage/"+fabrikam)
	b.follow().want(200, "")
}

// TestManage_together: many first requests at once enter once.
func TestManage_together(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p, _ := settled(t, d)
		b := p.signedIn("noor@contoso.example")
		var all sync.WaitGroup
		for range 10 {
			c := b.clone()
			all.Go(func() {
				if c.get("/manage/" + fabrikam); c.status != 200 {
					t.Errorf("got %d: %.200s", c.status, c.page)
				}
			})
		}
		all.Wait()
		if n := p.audited("tenant.enter", ""); n != 1 {
			t.Errorf("%d audit rows, want 1", n)
		}
	})
}

// TestGate_plans: the statement of every request reads by keys only.
func TestGate_plans(t *testing.T) {
	p, _ := settled(t, dbtest.Open(t))
	for _, text := range []string{signin.SightText, signin.ChosenText} {
		plan, err := db.All(context.Background(), p.d, func(r db.Row) (s string, err error) {
			var a, b, c int
			err = r.Scan(&a, &b, &c, &s)
			return
		}, "EXPLAIN QUERY PLAN "+text, []byte{1}, 1, "", "")
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range plan {
			if strings.HasPrefix(line, "SCAN") || strings.Contains(line, "MATERIALIZE") {
				t.Errorf("%s in\n%s", line, strings.Join(plan, "\n"))
			}
		}
	}
}
