package app_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/dbtest"
	"sojourn/internal/fault"
	"sojourn/sojourntest"
)

// Several people act on one user at once; whatever they were told must fit some
// order of the acts, each at one instant.

// left is soft-deleted by the person, who has a receipt; deleted is by somebody else.
const left phase = "left"

// userModel is a user as a small machine.
var userModel = porcupine.Model{
	Init: func() any { return live },
	Step: func(state, input, output any) (bool, any) {
		was, code := state.(phase), output.(string)
		switch input.(string) {
		case "leave": // doing it again gives the receipt again
			if was == live || was == left {
				return code == "", left
			}
			return code == "not_found", was
		case "delete":
			if was == live {
				return code == "", deleted
			}
			return code == "not_found", was
		case "restore":
			switch was {
			case deleted, left:
				return code == "", live
			case live:
				return code == "not_deleted", live
			}
			return code == "not_found", gone
		case "erase":
			switch was {
			case deleted, left:
				return code == "", gone
			case live:
				return code == "not_deleted", live
			}
			return code == "not_found", gone
		}
		return false, was
	},
	DescribeOperation: func(input, output any) string { return fmt.Sprintf("%v → %q", input, output) },
}

func TestConcurrentActs(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p := sojourntest.StartOn(t, d)
		ctx := context.Background()
		fabrikam := p.Tenant("fabrikam.example")
		ann := p.Administrator("ann.lee@fabrikam.example", "fabrikam.example")
		for _, who := range []string{"noor.haddad@contoso.example", "mirjam@postbus.example", "sam.rivera@contoso.example"} {
			u, self := p.User(who, "fabrikam.example"), p.Self(who)
			acts := map[string]func() error{
				"leave":  func() error { _, err := p.App.Organizations.Leave(ctx, self, fabrikam.ID); return err },
				"delete": func() error { return p.App.Directory.Delete(ctx, ann, fabrikam.ID, u.ID) },
				"restore": func() error {
					_, err := p.App.Directory.Restore(ctx, ann, fabrikam.ID, u.ID, directory.Ask)
					return err
				},
			}
			history := record(t, acts, 4, 12)
			acts["erase"] = func() error { return p.App.Directory.Erase(ctx, ann, fabrikam.ID, u.ID) }
			delete(acts, "leave") // after an erasure nothing is left to give a receipt for
			history = append(history, record(t, acts, 4, 6)...)
			if !porcupine.CheckOperations(userModel, history) {
				for _, op := range history {
					t.Logf("%d–%d %v → %q", op.Call, op.Return, op.Input, op.Output)
				}
				t.Fatalf("%s: the answers fit no order of the acts", who)
			}
			checkInvariants(t, d)
		}
	})
}

var started = time.Now()

// record lets actors act at random and notes what each was told, and when.
func record(t *testing.T, acts map[string]func() error, actors, each int) []porcupine.Operation {
	t.Helper()
	var names []string
	for name := range acts {
		names = append(names, name)
	}
	var mu sync.Mutex
	var history []porcupine.Operation
	var wg sync.WaitGroup
	for a := range actors {
		wg.Go(func() {
			for range each {
				name := names[rand.IntN(len(names))]
				call := time.Since(started).Nanoseconds()
				err := acts[name]()
				back := time.Since(started).Nanoseconds()
				code := ""
				if f, ok := fault.Of(err); ok {
					code = f.Code
				} else if err != nil {
					t.Error(name, err)
				}
				if code == "busy" {
					continue // nothing was changed and nothing was told
				}
				mu.Lock()
				history = append(history, porcupine.Operation{ClientId: a, Input: name, Output: code, Call: call, Return: back})
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	return history
}

// checkInvariants holds what must always be true against the database.
func checkInvariants(t *testing.T, d *db.DB) {
	t.Helper()
	for what, query := range map[string]string{
		"a person with two live users in a tenant": `SELECT count(*) FROM (SELECT 1 FROM users WHERE deleted_at IS NULL AND account_id IS NOT NULL GROUP BY tenant_id, account_id HAVING count(*) > 1) AS x`,
		"a user with a row and a tombstone":        `SELECT count(*) FROM users u JOIN tombstones t ON t.user_id = u.id`,
		"a deleted user without a departure":       `SELECT count(*) FROM users u WHERE u.deleted_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM departures d WHERE d.user_id = u.id AND d.restored_at IS NULL)`,
		"a live user with a purge date":            `SELECT count(*) FROM users WHERE deleted_at IS NULL AND purge_at IS NOT NULL`,
		"a deleted user without a purge date":      `SELECT count(*) FROM users WHERE deleted_at IS NOT NULL AND purge_at IS NULL`,
		"a receipt that says left for a live user": `SELECT count(*) FROM receipts r JOIN users u ON u.id = r.user_id WHERE r.state = 'left' AND u.deleted_at IS NULL`,
		"a receipt that says left for nobody":      `SELECT count(*) FROM receipts r WHERE r.state = 'left' AND NOT EXISTS (SELECT 1 FROM users u WHERE u.id = r.user_id)`,
		"a membership of nobody":                   `SELECT count(*) FROM members m WHERE NOT EXISTS (SELECT 1 FROM users u WHERE u.id = m.user_id)`,
		"a role of nobody":                         `SELECT count(*) FROM roles r WHERE NOT EXISTS (SELECT 1 FROM users u WHERE u.id = r.user_id)`,
		"something open for a deleted user":        `SELECT count(*) FROM session_tenants s JOIN users u ON u.id = s.user_id WHERE u.deleted_at IS NOT NULL`,
		"a home user whose account is not active":  `SELECT count(*) FROM accounts a WHERE a.home_user_id IS NOT NULL AND a.state <> 'active'`,
		"an account named to an organization":      `SELECT count(*) FROM audit a WHERE a.tenant_id IS NOT NULL AND EXISTS (SELECT 1 FROM accounts c WHERE c.id IN (a.actor_id, a.target, a.other))`,
	} {
		n, err := db.Count(context.Background(), d, query)
		if err != nil {
			t.Fatal(what, err)
		}
		if n > 0 {
			t.Errorf("%d × %s", n, what)
		}
	}
}

// The last two administrators leave, delete and revoke one another at once: one
// of them always stays.
func TestConcurrentLastAdministrators(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p := sojourntest.StartOn(t, d)
		ctx := context.Background()
		adatum := p.Tenant("adatum.example")
		for range 6 {
			noor := p.Administrator("noor.haddad@contoso.example", "adatum.example")
			// Ann becomes the second one.
			ann := second(t, p, "ann.lee@fabrikam.example", adatum)
			start := make(chan struct{})
			var wg sync.WaitGroup
			for _, act := range []func() error{
				func() error { return p.App.Directory.Delete(ctx, noor, adatum.ID, ann.UserID) },
				func() error { return p.App.Directory.Delete(ctx, ann, adatum.ID, noor.UserID) },
				func() error {
					_, err := p.App.Organizations.Leave(ctx, p.Self("noor.haddad@contoso.example"), adatum.ID)
					return err
				},
				func() error {
					_, err := p.App.Organizations.Leave(ctx, p.Self("ann.lee@fabrikam.example"), adatum.ID)
					return err
				},
				func() error { return p.App.Directory.Disable(ctx, noor, adatum.ID, ann.UserID) },
				func() error {
					return p.App.Directory.Revoke(ctx, ann, adatum.ID, noor.UserID, directory.GlobalAdministrator)
				},
			} {
				wg.Go(func() {
					<-start
					if err := act(); err != nil {
						var f *fault.Fault
						if !errors.As(err, &f) {
							t.Error(err)
						}
					}
				})
			}
			close(start)
			wg.Wait()
			admins, err := directory.Administrators(ctx, d, adatum.ID, 5)
			if err != nil || len(admins) == 0 {
				t.Fatalf("administrators left: %v, %v", admins, err)
			}
			settle(t, p, adatum, noor.UserID, ann.UserID)
		}
		checkInvariants(t, d)
	})
}

// second makes somebody another Global Administrator of a tenant.
func second(t *testing.T, p *sojourntest.Portal, address string, tenant directory.Tenant) actor.Actor {
	t.Helper()
	ctx, op, self := context.Background(), actor.OperatorActor(), p.Self(address)
	u, found, err := directory.UserOf(ctx, p.App.DB, tenant.ID, self.AccountID)
	if err == nil && !found {
		u, err = p.App.Guests.Add(ctx, op, tenant.ID, newGuest(address))
		if err == nil {
			_, err = p.App.Guests.Accept(ctx, self, u.ID)
		}
	}
	if err == nil {
		err = p.App.Directory.Grant(ctx, op, tenant.ID, u.ID, directory.GlobalAdministrator)
	}
	if err != nil {
		t.Fatal(err)
	}
	return actor.Actor{Kind: actor.Administrator, AccountID: self.AccountID, TenantID: tenant.ID, UserID: u.ID, ProvedAt: p.App.DB.Now()}
}

// settle brings both back, enabled and with their roles.
func settle(t *testing.T, p *sojourntest.Portal, tenant directory.Tenant, users ...string) {
	t.Helper()
	ctx, op := context.Background(), actor.OperatorActor()
	for _, id := range users {
		u, found, err := directory.AnyUser(ctx, p.App.DB, tenant.ID, id)
		if err != nil || !found {
			t.Fatal(found, err)
		}
		if !u.Live() {
			_, err = p.App.Directory.Restore(ctx, op, tenant.ID, id, directory.Ask)
		}
		if err == nil {
			err = p.App.Directory.Enable(ctx, op, tenant.ID, id)
		}
		if err == nil {
			err = p.App.Directory.Grant(ctx, op, tenant.ID, id, directory.GlobalAdministrator)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}
