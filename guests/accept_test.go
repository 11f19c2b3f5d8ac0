package guests

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/dbtest"
	"sojourn/internal/fault"
)

func TestAccept(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		g, err := w.f.Directory.CreateGroup(w.ctx, w.sam, w.contoso, "Project", "")
		w.must(err)
		u, err := w.f.Add(w.ctx, w.sam, w.contoso, NewGuest{Address: annAddress, Groups: []string{g.ID}})
		w.must(err)
		for name, who := range map[string]actor.Actor{
			"Pat": w.pat, "Sam": person(w.sam), "Ann as an administrator": {Kind: actor.Administrator, AccountID: w.ann.AccountID, TenantID: w.fabrikam, UserID: "x"},
			"the operator": actor.OperatorActor(),
		} {
			if _, err := w.f.Accept(w.ctx, who, u.ID); !fault.Is(err, "not_found") {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := w.f.Accept(w.ctx, actor.Actor{}, u.ID); err == nil {
			t.Error("nobody accepted")
		}
		if w.user(u.ID).ExternalState != directory.Pending {
			t.Fatal("somebody else accepted")
		}
		for range 2 {
			tenant, err := w.f.Accept(w.ctx, w.ann, u.ID)
			if err != nil || tenant.Name != "Contoso" {
				t.Fatalf("%+v, %v", tenant, err)
			}
		}
		got := w.user(u.ID)
		if got.AccountID != w.ann.AccountID || got.ExternalState != directory.Accepted || got.ExternalStateAt.Before(got.CreatedAt) ||
			!got.LastUsedAt.IsZero() || got.InvitedSubject != annAddress || got.DisplayName != w.ann.Name {
			t.Errorf("the user is %+v", got)
		}
		if n := w.count(`SELECT count(*) FROM members WHERE user_id = $1`, u.ID); n != 1 {
			t.Error("the group is gone")
		}
		if n := w.count(`SELECT count(*) FROM audit WHERE act = 'guest.accept' AND target = $1 AND tenant_id = $2 AND result = 'done'`, u.ID, w.contoso); n != 1 {
			t.Errorf("%d audit rows, want 1", n)
		}
		if _, err := w.f.Accept(w.ctx, w.pat, u.ID); !fault.Is(err, "not_found") {
			t.Errorf("Pat after Ann: %v", err)
		}
	})
}

func TestAccept_refused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		operator := actor.OperatorActor()
		for name, c := range map[string]struct {
			before, after func(u directory.User)
			kind          fault.Kind
			code          string
		}{
			"deleted": {
				func(u directory.User) { w.must(w.f.Directory.Delete(w.ctx, w.sam, w.contoso, u.ID)) },
				func(u directory.User) {
					_, err := w.f.Directory.Restore(w.ctx, w.sam, w.contoso, u.ID, directory.Ask)
					w.must(err)
				}, fault.NotFound, "not_found"},
			"disabled": {
				func(u directory.User) { w.must(w.f.Directory.Disable(w.ctx, w.sam, w.contoso, u.ID)) },
				func(u directory.User) { w.must(w.f.Directory.Enable(w.ctx, w.sam, w.contoso, u.ID)) }, fault.Forbidden, "account_disabled"},
			"closed": {
				func(directory.User) { w.must(w.f.Directory.CloseTenant(w.ctx, operator, w.contoso)) },
				func(directory.User) { w.must(w.f.Directory.ReopenTenant(w.ctx, operator, w.contoso)) }, fault.Conflict, "tenant_closed"},
			"name lost": {
				func(directory.User) {
					w.exec(`UPDATE identities SET lost_at = 1 WHERE account_id = $1`, w.pat.AccountID)
				},
				func(directory.User) {
					w.exec(`UPDATE identities SET lost_at = NULL WHERE account_id = $1`, w.pat.AccountID)
				}, fault.NotFound, "not_found"},
			"name not verified": {
				func(directory.User) {
					w.exec(`UPDATE identities SET verified_at = NULL WHERE account_id = $1`, w.pat.AccountID)
				},
				func(directory.User) {
					w.exec(`UPDATE identities SET verified_at = 1 WHERE account_id = $1`, w.pat.AccountID)
				}, fault.NotFound, "not_found"},
		} {
			u := w.invite(patAddress)
			c.before(u)
			_, err := w.f.Accept(w.ctx, w.pat, u.ID)
			if f, ok := fault.Of(err); !ok || f.Kind != c.kind || f.Code != c.code {
				t.Errorf("%s: %v, want %s", name, err, c.code)
			}
			c.after(u)
			_, err = w.f.Decline(w.ctx, w.pat, u.ID)
			w.must(err)
		}
	})
}

// The account is in the organization by another of its names.
func TestAccept_hereByAnotherName(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.secondName()
		first, second := w.invite(patAddress), w.invite("pat@other.example")
		_, err := w.f.Accept(w.ctx, w.pat, first.ID)
		w.must(err)
		_, err = w.f.Accept(w.ctx, w.pat, second.ID)
		w.refused(err, fault.Conflict, "already_in")
		if w.audited("guest.accept", second.ID, "refused") != 1 {
			t.Error("the refused try left no row")
		}
	})
}

func (w *world) secondName() {
	w.exec(`INSERT INTO identities (id, account_id, type, issuer, subject, domain, address, verified_at)
		VALUES ('second', $1, 'mail', 'mail', 'pat@other.example', 'other.example', 'pat@other.example', 1)`, w.pat.AccountID)
}

func TestAccept_mostOrganizations(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		u := w.invite(patAddress)
		w.must(d.Tx(w.ctx, func(tx *db.Tx) error {
			for i := range directory.MostPlaces {
				tenant := fmt.Sprint("tenant", i)
				if _, err := tx.Exec(w.ctx, `
					INSERT INTO tenants (id, name, name_key, state, privacy_statement, privacy_contact, technical_contact, language, created_at, state_at)
					VALUES ($1, $1, $2, 'active', '', '', '', 'en', 1, 1)`, tenant, []byte(tenant)); err != nil {
					return err
				}
				if _, err := tx.Exec(w.ctx, `
					INSERT INTO users (id, tenant_id, account_id, display_name, sort_key, user_type, creation_type, principal_name, principal_key, mail,
						account_enabled, external_state, created_at, hold_reason, deleted_kind)
					VALUES ($1, $1, $2, 'Pat', $3, 'guest', 'Invitation', 'p', 'p', '', TRUE, 'Accepted', 1, '', '')`, tenant, w.pat.AccountID, []byte("p")); err != nil {
					return err
				}
			}
			return nil
		}))
		_, err := w.f.Accept(w.ctx, w.pat, u.ID)
		w.refused(err, fault.Conflict, "too_many_organizations")
		w.exec(`UPDATE users SET deleted_at = 1, deleted_kind = 'left', purge_at = 2 WHERE id = 'tenant7'`)
		_, err = w.f.Accept(w.ctx, w.pat, u.ID)
		w.must(err)
	})
}

// atOnce runs all at one time and counts those that gave no error; any error
// that is no fault fails the test.
func (w *world) atOnce(acts ...func() error) (done int) {
	w.t.Helper()
	var all sync.WaitGroup
	var n atomic.Int64
	start := make(chan struct{})
	for _, act := range acts {
		all.Go(func() {
			<-start
			err := act()
			if err == nil {
				n.Add(1)
			} else if f, ok := fault.Of(err); !ok || f.Kind == fault.Unavailable {
				w.t.Error(err)
			}
		})
	}
	close(start)
	all.Wait()
	return int(n.Load())
}

func TestAccept_onceUnderConcurrency(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		u := w.invite(annAddress)
		accept := func() error { _, err := w.f.Accept(w.ctx, w.ann, u.ID); return err }
		if done := w.atOnce(accept, accept, accept, accept, accept, accept); done != 6 {
			t.Errorf("%d of 6 were told that they are in", done)
		}
		if n := w.audited("guest.accept", u.ID, "done"); n != 1 {
			t.Errorf("accepted %d times", n)
		}
	})
}

// Of two invitations of one person into one organization, one is accepted.
func TestAccept_twoNamesAtOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.secondName()
		for range 5 {
			first, second := w.invite(patAddress), w.invite("pat@other.example")
			done := w.atOnce(
				func() error { _, err := w.f.Accept(w.ctx, w.pat, first.ID); return err },
				func() error { _, err := w.f.Accept(w.ctx, w.pat, second.ID); return err },
			)
			if n := w.count(`SELECT count(*) FROM live_users WHERE account_id = $1`, w.pat.AccountID); done != 1 || n != 1 {
				t.Fatalf("%d accepted, %d users of the account", done, n)
			}
			for _, u := range []directory.User{first, second} {
				w.must(w.f.Directory.Delete(w.ctx, w.sam, w.contoso, u.ID))
				w.exec(`UPDATE users SET account_id = NULL, invited_subject = id WHERE id = $1`, u.ID) // out of the way
			}
		}
	})
}

// An invitation that is accepted, declined and deleted at once ends in one way.
func TestAccept_againstDeclineAndDelete(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		for i := range 6 {
			address := fmt.Sprintf("g%d@post.example", i)
			who := actor.Actor{Kind: actor.Person, AccountID: w.personal("G", address)}
			u := w.invite(address)
			w.atOnce(
				func() error { _, err := w.f.Accept(w.ctx, who, u.ID); return err },
				func() error { _, err := w.f.Decline(w.ctx, who, u.ID); return err },
				func() error { return w.f.Directory.Delete(w.ctx, w.sam, w.contoso, u.ID) },
			)
			rows := w.count(`SELECT count(*) FROM users WHERE id = $1`, u.ID)
			tombs := w.count(`SELECT count(*) FROM tombstones WHERE user_id = $1`, u.ID)
			accepted, declined := w.audited("guest.accept", u.ID, "done"), w.audited("guest.decline", u.ID, "done")
			if rows+tombs != 1 || tombs != declined || accepted+declined > 1 {
				t.Errorf("%d rows, %d tombstones, accepted %d times, declined %d times", rows, tombs, accepted, declined)
			}
		}
	})
}

// Who was invited without a name is called by their account's name once they have
// accepted; a name that was typed stays.
func TestAccept_name(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		for typed, want := range map[string]string{"": w.pat.Name, "pat@post.example": w.pat.Name, "Patricia of Post": "Patricia of Post"} {
			u, err := w.f.Add(w.ctx, w.sam, w.contoso, NewGuest{Address: patAddress, Name: typed, Anew: true})
			if err == nil {
				_, err = w.f.Accept(w.ctx, w.pat, u.ID)
			}
			if err != nil {
				t.Fatal(err)
			}
			got, _, err := directory.LiveUser(w.ctx, d, w.contoso, u.ID)
			if err != nil || want == "" || got.DisplayName != want {
				t.Errorf("invited as %q, now called %q, want %q (%v)", typed, got.DisplayName, want, err)
			}
			found, err := directory.Users(w.ctx, d, w.contoso, directory.Filter{Query: want}, directory.Cursor{}, 5)
			if err != nil || len(found) != 1 {
				t.Errorf("%d found by %q (%v)", len(found), want, err)
			}
			if err := w.f.Directory.Delete(w.ctx, w.sam, w.contoso, u.ID); err != nil {
				t.Fatal(err)
			}
		}
	})
}
