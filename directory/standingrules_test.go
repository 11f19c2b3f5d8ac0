package directory

import (
	"context"
	"fmt"
	"testing"
	"time"

	"sojourn/internal/db"
	"sojourn/internal/dbtest"
)

var ableMember = capacity{live: true, enabled: true, active: true, password: true, named: true, home: true, homeLive: true, homeEnabled: true}

func TestAble(t *testing.T) {
	for name, test := range map[string]struct {
		change func(*capacity)
		want   bool
	}{
		"a member of an open organization": {func(*capacity) {}, true},
		"a personal account":               {func(c *capacity) { *c = capacity{live: true, enabled: true, active: true, password: true, named: true} }, true},
		"deleted here":                     {func(c *capacity) { c.live = false }, false},
		"disabled here":                    {func(c *capacity) { c.enabled = false }, false},
		"closing the account":              {func(c *capacity) { c.active = false }, false},
		"a mailbox only":                   {func(c *capacity) { c.password = false }, false},
		"without a name":                   {func(c *capacity) { c.named = false }, false},
		"deleted at home":                  {func(c *capacity) { c.homeLive = false }, false},
		"disabled at home":                 {func(c *capacity) { c.homeEnabled = false }, false},
		"the home is closed":               {func(c *capacity) { c.homeClosed = true }, false},
	} {
		c := ableMember
		test.change(&c)
		if got := c.able(); got != test.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

func TestWaits(t *testing.T) {
	now := time.Date(2026, 6, 11, 9, 41, 0, 0, time.UTC)
	fresh := asked{named: true, live: true, enabled: true, state: TenantActive, sent: now.AddDate(0, 0, -29)}
	for name, test := range map[string]struct {
		change func(*asked)
		want   bool
	}{
		"as sent":               {func(*asked) {}, true},
		"for another name":      {func(a *asked) { a.named = false }, false},
		"deleted":               {func(a *asked) { a.live = false }, false},
		"disabled":              {func(a *asked) { a.enabled = false }, false},
		"accepted":              {func(a *asked) { a.account = "a" }, false},
		"blocked":               {func(a *asked) { a.blocked = true }, false},
		"the place is closed":   {func(a *asked) { a.state = TenantClosed }, false},
		"the place is frozen":   {func(a *asked) { a.state = TenantFrozen }, false},
		"thirty days, to a dot": {func(a *asked) { a.sent = now.Add(-InvitationLife) }, false},
	} {
		a := fresh
		test.change(&a)
		if got := a.waits(now); got != test.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

// every goes through all combinations of n yes-or-no questions.
func every(n int, do func(yes []bool)) {
	yes := make([]bool, n)
	for bits := range 1 << n {
		for i := range yes {
			yes[i] = bits>>i&1 == 1
		}
		do(yes)
	}
}

// rig writes rows by hand, in one transaction: states that verbs do not make
// count as well.
type rig struct {
	t  *testing.T
	tx *db.Tx
	n  int
}

func (r *rig) exec(text string, args ...any) {
	r.t.Helper()
	if _, err := r.tx.Exec(context.Background(), text, args...); err != nil {
		r.t.Fatalf("%s: %v", text, err)
	}
}

func (r *rig) id(kind string) string {
	r.n++
	return fmt.Sprintf("%s%d", kind, r.n)
}

func (r *rig) tenant(state TenantState) string {
	id := r.id("t")
	r.exec(`INSERT INTO tenants (id, name, name_key, state, privacy_statement, privacy_contact, technical_contact, language, created_at, state_at)
		VALUES ($1, $1, $2, $3, '', '', '', 'en', 1, 1)`, id, []byte(id), state)
	return id
}

func (r *rig) account(active bool) string {
	id, state := r.id("a"), "closing"
	if active {
		state = "active"
	}
	r.exec(`INSERT INTO accounts (id, state, name, language, created_at) VALUES ($1, $2, $1, '', 1)`, id, state)
	return id
}

// name gives an account a mailbox: verified and not lost, or not so.
func (r *rig) name(account string, verified, lost bool) (subject string) {
	id := r.id("n")
	var verifiedAt, lostAt any
	if verified {
		verifiedAt = 1
	}
	if lost {
		lostAt = 1
	}
	r.exec(`INSERT INTO identities (id, account_id, type, issuer, subject, domain, address, verified_at, lost_at)
		VALUES ($1, $2, 'mail', 'mail', $1, '', $1, $3, $4)`, id, account, verifiedAt, lostAt)
	return id
}

func (r *rig) user(tenant string, account any, live, enabled bool) string {
	id := r.id("u")
	var deletedAt any
	if !live {
		deletedAt = 1
	}
	r.exec(`INSERT INTO users (id, tenant_id, account_id, display_name, sort_key, user_type, creation_type, principal_name, principal_key, mail,
			account_enabled, external_state, created_at, hold_reason, deleted_kind, deleted_at, purge_at)
		VALUES ($1, $2, $3, $1, $4, 'guest', '', $1, $1, '', $5, '', 1, '', '', $6, $6)`, id, tenant, account, []byte(id), enabled, deletedAt)
	return id
}

func TestAble_sql(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		if err := d.Tx(ctx, func(tx *db.Tx) error {
			r := &rig{t: t, tx: tx}
			here, want := r.tenant(TenantActive), map[string]bool{}
			homes := map[bool]string{false: r.tenant(TenantActive), true: r.tenant(TenantClosed)}
			made := 0
			every(11, func(yes []bool) {
				c := capacity{live: yes[0], enabled: yes[1], active: yes[2], password: yes[3], home: yes[4], homeLive: yes[5], homeEnabled: yes[6], homeClosed: yes[7]}
				has, verified, lost := yes[8], yes[9], yes[10]
				if !c.home && (c.homeLive || c.homeEnabled || c.homeClosed) || !has && (verified || lost) {
					return
				}
				c.named = has && verified && !lost
				account := r.account(c.active)
				if has {
					r.name(account, verified, lost)
				}
				if c.password {
					r.exec(`INSERT INTO methods (id, account_id, type, secret, pepper, state, version, created_at, changed_at)
						VALUES ($1, $2, 'password', '', '', 'active', 1, 1, 1)`, r.id("m"), account)
				}
				if c.home {
					r.exec(`UPDATE accounts SET home_user_id = $2 WHERE id = $1`, account, r.user(homes[c.homeClosed], account, c.homeLive, c.homeEnabled))
				}
				u := r.user(here, account, c.live, c.enabled)
				r.exec(`INSERT INTO roles (tenant_id, user_id, role, granted_at) VALUES ($1, $2, 'GlobalAdministrator', 1)`, here, u)
				other := r.user(here, r.account(true), true, true) // no password, and a smaller role
				r.exec(`INSERT INTO roles (tenant_id, user_id, role, granted_at) VALUES ($1, $2, 'UserAdministrator', 1)`, here, other)
				want[u] = c.able()
				made++
			})
			list, err := Administrators(ctx, tx, here, 10*made)
			if err != nil {
				return err
			}
			got := map[string]bool{}
			for _, n := range list {
				got[n.ID] = true
			}
			yes := 0
			for u, is := range want {
				if got[u] != is {
					t.Errorf("user %s: the rule says %t, the SQL %t", u, is, got[u])
				}
				if is {
					yes++
				}
			}
			if yes == 0 || len(got) != yes {
				t.Errorf("%d by the SQL, %d by the rule, of %d", len(got), yes, made)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	})
}

func TestWaits_sql(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		if err := d.Tx(ctx, func(tx *db.Tx) error {
			r, waiting := &rig{t: t, tx: tx}, 0
			someone := r.account(true)
			for _, state := range []TenantState{TenantActive, TenantFrozen, TenantClosed} {
				for _, age := range []time.Duration{0, InvitationLife - time.Hour, InvitationLife, InvitationLife + time.Hour} {
					every(7, func(yes []bool) {
						a := asked{live: yes[0], enabled: yes[1], blocked: yes[2], state: state, sent: tx.Now().Add(-age)}
						verified, lost, invited, answered := yes[3], yes[4], yes[5], yes[6]
						a.named = verified && !lost && invited
						tenant, account := r.tenant(state), r.account(true)
						subject := r.name(account, verified, lost)
						if !invited {
							subject = "another"
						}
						var tied any
						if answered {
							a.account, tied = someone, someone
						}
						u := r.user(tenant, tied, a.live, a.enabled)
						r.exec(`UPDATE users SET invited_issuer = 'mail', invited_subject = $2, external_state = 'PendingAcceptance', external_state_at = $3 WHERE id = $1`,
							u, subject, db.Micros(a.sent))
						if a.blocked {
							r.exec(`INSERT INTO blocks (account_id, tenant_id, at) VALUES ($1, $2, 1)`, account, tenant)
						}
						s, err := StandingOf(ctx, tx, account)
						if err != nil {
							t.Fatal(err)
						}
						if want := a.waits(tx.Now()); (s.Invitations == 1) != want {
							t.Errorf("%+v: the rule says %t, the SQL %d", a, want, s.Invitations)
						} else if want {
							waiting++
						}
					})
				}
			}
			if waiting == 0 {
				t.Error("nothing waits")
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	})
}
