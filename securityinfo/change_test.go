package securityinfo_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/dbtest"
	"sojourn/internal/fault"
	"sojourn/internal/id"
	"sojourn/securityinfo"
)

func TestChange(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p, noor := settled(t, d)
		b, other := p.signedIn("noor@contoso.example"), p.signedIn("noor@contoso.example")
		b.get("/password").want(200, "").has("Change password", ">Submit</button>", `autocomplete="current-password"`, `autocomplete="new-password"`)
		b.submit("/password", "current", "", "new", "").want(422, "").has("Enter your current password", "Enter the new password")
		b.submit("/password", "current", secretWord, "new", secretWord).want(422, "").has("same as the current one")
		b.submit("/password", "current", "something else", "new", freshWord).want(422, "").has("That password is not right", `href="#current"`)
		if strings.Contains(b.page, freshWord) {
			t.Error("the page shows a password")
		}
		b.submit("/password", "current", secretWord, "new", freshWord).want(303, "/password").follow().has("Your password has been changed")
		other.get("/").want(303, "/sign-in?returnUrl=%2F")
		b.get("/").want(200, "")
		p.browser().enter("noor@contoso.example", secretWord).want(422, "")
		p.browser().enter("noor@contoso.example", freshWord).want(303, "/")
		if n := p.count(`SELECT count(*) FROM audit WHERE act = 'password.change' AND tenant_id = $1 AND target = $2`, contoso, noorHere); n != 2 {
			t.Errorf("%d audit rows, want one refused and one done", n)
		}
		if n := p.count(`SELECT count(*) FROM outbox WHERE account_id = $1`, noor); n != 1+2 { // and two about new browsers
			t.Errorf("%d letters, want 3", n)
		}
	})
}

// Whoever has a second factor proves it before the password is changed.
func TestChange_second(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p, noor := settled(t, d)
		b := p.signedIn("noor@contoso.example").get("/password")
		p.exec(`INSERT INTO methods (id, account_id, type, secret, pepper, state, version, created_at, changed_at)
			VALUES ('app', $1, 'authenticator', '', '', 'active', 1, 1, 1)`, noor)
		p.exec(`UPDATE sessions SET proved_at = proved_at - 600000000`)
		b.submit("/password", "current", secretWord, "new", freshWord).want(303, "/prove?returnUrl=%2F")
		b.get("/password").want(303, "/prove?returnUrl=%2Fpassword")
		b.get("/prove").submit("/prove", "password", secretWord).want(303, "/prove/second")
		p.exec(`UPDATE sessions SET proved_at = proved_at + 600000000`)
		b.get("/password").submit("/password", "current", secretWord, "new", freshWord).want(303, "/password")
	})
}

// TestChange_together: of several changes decided on one password, one is made.
func TestChange_together(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p, noor := settled(t, d)
		b := p.signedIn("noor@contoso.example").get("/password")
		var done atomic.Int32
		var all sync.WaitGroup
		for i := range 10 {
			c := b.clone()
			all.Go(func() {
				if c.submit("/password", "current", secretWord, "new", fmt.Sprint(freshWord, i)); c.status == 303 {
					done.Add(1)
				}
			})
		}
		all.Wait()
		if version := p.count(`SELECT version FROM methods WHERE account_id = $1`, noor); done.Load() != 1 || version != 2 {
			t.Errorf("%d changes, version %d; want 1 and 2", done.Load(), version)
		}
	})
}

// TestVerify_counts: however many come at once, no more are compared than the
// rule allows, and a hundred wrong ones end that side until the password is new.
func TestVerify_counts(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p, noor := settled(t, d)
		ctx := context.Background()
		for _, account := range []string{noor, ""} {
			var compared atomic.Int32
			var all sync.WaitGroup
			began := time.Now()
			for range 40 {
				all.Go(func() {
					switch _, err := p.info.Verify(ctx, account, "nobody@mail.example", "", "wrong words"); {
					case fault.Is(err, "wrong_password"):
						compared.Add(1)
					case !fault.Is(err, "too_many_tries"):
						t.Errorf("got %v", err)
					}
				})
			}
			all.Wait()
			if n := compared.Load(); n != 5 && time.Since(began) < time.Second { // then the first wait is over
				t.Errorf("account %q: %d were compared, want 5", account, n)
			}
		}
		p.exec(`UPDATE counters SET count = 99, last_at = 1`)
		for _, account := range []string{noor, ""} {
			if _, err := p.info.Verify(ctx, account, "nobody@mail.example", "", "wrong words"); !fault.Is(err, "wrong_password") {
				t.Errorf("the hundredth: %v", err)
			}
			d.SetShift(29 * 24 * time.Hour)
			if _, err := p.info.Verify(ctx, account, "nobody@mail.example", "", secretWord); !fault.Is(err, "tries_used_up") {
				t.Errorf("after a hundred: %v", err)
			}
			d.SetShift(0)
		}
		if _, err := p.info.Verify(ctx, noor, "", "a known browser", secretWord); err != nil {
			t.Errorf("the other side: %v", err)
		}
		b, path := p.browser(), p.passwordLink(noor)
		b.get(path).submit(path, "new", freshWord).want(303, "/sign-in?name=noor%40contoso.example")
		b.enter("noor@contoso.example", freshWord).want(303, "/")
	})
}

// TestVerify_rehash: a password stored with other parameters is stored anew when
// it is typed, and stays the same version.
func TestVerify_rehash(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p, noor := settled(t, d)
		p.info.Hasher = securityinfo.NewHasher(dbtest.Box(t), securityinfo.Params{Memory: 128, Time: 1, Threads: 1})
		if version, err := p.info.Verify(context.Background(), noor, "", "", secretWord); version != 1 || err != nil {
			t.Fatalf("%d, %v", version, err)
		}
		stored, _, err := accounts.PasswordOf(context.Background(), d, noor)
		if err != nil || p.info.Hasher.NeedsRehash(stored) || stored.Version != 1 {
			t.Errorf("%+v, %v", stored, err)
		}
		if _, err := p.info.Verify(context.Background(), noor, "", "", secretWord); err != nil {
			t.Error(err)
		}
	})
}

// founder makes an organization as the directory would.
type founder struct{ p *portal }

func (f founder) Found(ctx context.Context, tx *db.Tx, who actor.Actor, n securityinfo.Founding) (string, error) {
	now := db.Micros(tx.Now())
	if n.PersonName == "Fails" {
		return "", fault.New(fault.Conflict, "name_taken", "accounts.name.taken", "name", "x").Field("signin", "accounts.name.taken", "name", "x")
	}
	for _, text := range []string{
		`INSERT INTO tenants (id, name, name_key, state, privacy_statement, privacy_contact, technical_contact, language, created_at, state_at)
			VALUES ('t', '` + n.Organization + `', 'k', 'active', '', '', '', 'en', $1, $1)`,
		`INSERT INTO domains (name, tenant_id, initial, verified_at) VALUES ('` + n.Domain + `', 't', TRUE, $1)`,
		`INSERT INTO users (id, tenant_id, display_name, sort_key, user_type, creation_type, principal_name, principal_key, mail,
			account_enabled, external_state, created_at, hold_reason, deleted_kind) VALUES ('u', 't', 'x', 'x', 'member', '', 'x', 'x', '', TRUE, '', $1, '', '')`,
	} {
		if _, err := tx.Exec(ctx, text, now); err != nil {
			return "", err
		}
	}
	a, err := accounts.Create(ctx, tx, id.System, accounts.New{
		Name: n.PersonName, Address: n.SignInName + "@" + n.Domain, Type: accounts.PrincipalName, Issuer: "t", HomeUser: "u", Language: n.Language,
	})
	return a.ID, err
}

func setupForm(domain string) []string {
	return []string{"organization", "Contoso", "domain", domain, "person", "Ann Jansen", "signin", "ann", "mail", "", "new", freshWord}
}

func TestSetUp(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p := newPortal(t, d, "http://localhost:8080")
		p.info.Founder = founder{p}
		older, needed, err := p.info.EnsureSetupLink(context.Background())
		if err != nil || !needed {
			t.Fatalf("%v, %v", needed, err)
		}
		url, _, err := p.info.EnsureSetupLink(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		p.browser().get(strings.TrimPrefix(older, "http://localhost:8080")).want(410, "").has("set-up link no longer works")
		path := strings.TrimPrefix(url, "http://localhost:8080")
		p.browser().get(strings.Replace(path, "/setup/", "/welcome/", 1)).want(410, "")
		b := p.browser().get(path).want(200, "").has("Set up Sojourn")
		b.submit(path).want(422, "").has("Enter the name of the organization", "Enter a domain such as", "Enter your sign-in name", "Enter the new password")
		b.submit(path, setupForm("contoso")...).want(422, "").has(`value="Ann Jansen"`)
		b.submit(path, append(setupForm("contoso.example"), "new", "ann jansen contoso")...).want(422, "").has("consists of your name")
		b.submit(path, append(setupForm("contoso.example"), "person", "Fails")...).want(409, "").has(`href="#signin"`)
		if p.count(`SELECT count(*) FROM links WHERE used_at IS NULL`) != 1 {
			t.Fatal("a refused form burnt the link")
		}
		var done, gone atomic.Int32
		var all sync.WaitGroup
		for i := range 20 {
			c := b.clone()
			all.Go(func() {
				switch c.submit(path, setupForm(fmt.Sprintf("contoso%d.example", i))...); c.status {
				case 303:
					done.Add(1)
				case 410:
					gone.Add(1)
				default:
					t.Errorf("got %d: %.200s", c.status, c.page)
				}
			})
		}
		all.Wait()
		if done.Load() != 1 || gone.Load() != 19 || p.count(`SELECT count(*) FROM tenants`) != 1 {
			t.Errorf("%d were set up, %d refused", done.Load(), gone.Load())
		}
		domain, err := db.One(context.Background(), d, db.Text, `SELECT MIN(name) FROM domains`)
		if err != nil {
			t.Fatal(err)
		}
		p.browser().enter("Ann@"+domain, freshWord).want(303, "/").follow().has("here is Ann Jansen of Contoso")
		if _, needed, err := p.info.EnsureSetupLink(context.Background()); needed || err != nil {
			t.Errorf("a second set-up: %v, %v", needed, err)
		}
	})
}

func TestSetUp_expires(t *testing.T) {
	p := newPortal(t, dbtest.Open(t), "http://localhost:8080")
	url, _, err := p.info.EnsureSetupLink(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	p.d.SetShift(61 * time.Minute)
	p.browser().get(strings.TrimPrefix(url, "http://localhost:8080")).want(410, "")
}

func TestSweep(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p, noor := settled(t, d)
		p.passwordLink(noor)
		p.browser().enter("noor@contoso.example", "wrong words here")
		p.exec(`INSERT INTO counters (name, count, first_at, last_at) VALUES ('full', 100, $1, $1)`, db.Micros(d.Now()))
		for _, c := range []struct{ days, links, counters int }{{0, 1, 2}, {1, 0, 2}, {29, 0, 2}, {31, 0, 1}, {401, 0, 0}} {
			d.SetShift(time.Duration(c.days) * 24 * time.Hour)
			if err := p.info.Sweep(context.Background()); err != nil {
				t.Fatal(err)
			}
			if links, counters := p.count(`SELECT count(*) FROM links`), p.count(`SELECT count(*) FROM counters`); links != c.links || counters != c.counters {
				t.Errorf("after %d days: %d links, %d counters", c.days, links, counters)
			}
		}
	})
}
