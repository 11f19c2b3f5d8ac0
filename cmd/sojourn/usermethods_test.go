package main

import (
	"context"
	"strings"
	"testing"
	"time"

	"sojourn/accounts"
	"sojourn/internal/db"
	"sojourn/internal/id"
)

func TestUserMethods(t *testing.T) {
	onWorld(t, func(t *testing.T, c console, d *db.DB) {
		ctx := context.Background()
		account, _, err := accounts.ByName(ctx, d, noor)
		if err != nil {
			t.Fatal(err)
		}
		app := id.System.Random()
		err = d.Tx(ctx, func(tx *db.Tx) error {
			if err := accounts.WaitFor(ctx, tx, account.ID, accounts.Seed{MethodID: app, Sealed: []byte("sealed-seed")}); err != nil {
				return err
			}
			_, err := accounts.Activate(ctx, tx, account.ID, app, "Old phone", 1, tx.Now().Add(-time.Hour))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		out := c.run("user", "methods", noor).done("TYPE", "LAST USED", "password", "authenticator", "Old phone", "never", "yes").out
		if strings.Contains(out, "sealed-seed") || strings.Contains(out, "argon2") {
			t.Errorf("a secret is shown:\n%s", out)
		}
		c.run("user", "forget-methods", noor, "--type", "password").fails(exitUsage, "sojourn user link")
		c.run("user", "forget-methods", noor, "--type", "recovery").done("There is nothing to delete.")
		c.run("user", "forget-methods", noor, "--type", "authenticator").done("  deleted: authenticator Old phone", "begins again with the password")
		c.run("user", "forget-methods", noor).done("There is nothing to delete.")
		c.run("user", "delete", contoso, noor).done("Deleted")
		c.run("user", "forget-methods", noor).fails(exitUsage, "is deleted")
		c.run("user", "methods", "nobody@contoso.example").fails(exitUsage, "nobody signs in as")
		if n := count(t, d, `SELECT count(*) FROM audit WHERE act = 'method.remove_all' AND actor = 'operator' AND result = 'done'`); n != 1 {
			t.Errorf("%d rows in the audit log, want 1", n)
		}
	})
}
