package usermethods_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"sojourn/accounts"
	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/id"
	"sojourn/sojourntest"
)

const (
	sam    = "sam.rivera@contoso.example"  // Global Administrator
	ursula = "ursula@contoso.example"      // User Administrator
	noor   = "noor.haddad@contoso.example" // member
	ann    = "ann.lee@fabrikam.example"    // a guest of Contoso
	lena   = "lena.fischer@fabrikam.example"
	mirjam = "mirjam@postbus.example" // of no organization, reads Dutch
)

// armed gives somebody an authenticator app and recovery codes, and says which.
func armed(t *testing.T, p *sojourntest.Portal, address string) (app, codes string) {
	t.Helper()
	ctx, account := context.Background(), p.Self(address).AccountID
	app, codes = id.System.Random(), id.System.Random()
	err := p.App.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := accounts.WaitFor(ctx, tx, account, accounts.Seed{MethodID: app, Sealed: []byte("sealed-seed")}); err != nil {
			return err
		}
		if ok, err := accounts.Activate(ctx, tx, account, app, "Old phone", 1, tx.Now().Add(-time.Hour)); err != nil || !ok {
			return fmt.Errorf("activate: %t, %w", ok, err)
		}
		return accounts.KeepCodes(ctx, tx, account, id.System.New, accounts.Codes{MethodID: codes, Salt: "the-salt", Hashes: [][]byte{[]byte(app), []byte(codes)}})
	})
	if err != nil {
		t.Fatal(err)
	}
	return app, codes
}

func methods(t *testing.T, p *sojourntest.Portal, address string) int {
	t.Helper()
	list, err := accounts.MethodsOf(context.Background(), p.App.DB, p.Self(address).AccountID)
	if err != nil {
		t.Fatal(err)
	}
	return len(list)
}

// rows counts what the audit log holds.
func rows(t *testing.T, p *sojourntest.Portal, act, kind, result, target string) int {
	t.Helper()
	n, err := db.Count(context.Background(), p.App.DB, `SELECT count(*) FROM audit WHERE act = $1 AND actor = $2 AND result = $3 AND target = $4`, act, kind, result, target)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// letters counts the mails somebody got with a subject.
func letters(p *sojourntest.Portal, to, subject string) int {
	n := 0
	for _, m := range p.Mails(to) {
		if m.Subject == subject {
			n++
		}
	}
	return n
}

func grant(t *testing.T, p *sojourntest.Portal, address string, role directory.Role) {
	t.Helper()
	u := p.User(address, "contoso.example")
	if err := p.App.Directory.Grant(context.Background(), actor.OperatorActor(), u.TenantID, u.ID, role); err != nil {
		t.Fatal(err)
	}
}
