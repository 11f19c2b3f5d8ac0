package securityinfo_test

import (
	"bytes"
	"context"
	"errors"
	"testing"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/dbtest"
	"sojourn/internal/secret"
	"sojourn/securityinfo"
)

// Another master key is noticed, also in a database that has no mark yet, until
// the operator says that the old one is lost.
func TestCheckKey(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		mine := dbtest.Box(t)
		other, err := secret.New(bytes.Repeat([]byte{8}, secret.KeySize))
		if err != nil {
			t.Fatal(err)
		}
		check := func(box *secret.Box, want bool) {
			t.Helper()
			err := securityinfo.CheckKey(ctx, d, box)
			var wrong *securityinfo.OtherKey
			if (err == nil) != want || err != nil && !errors.As(err, &wrong) {
				t.Fatalf("the key %s is taken: %v, want %t", box.PepperID(), err, want)
			}
		}
		check(mine, true)
		check(mine, true)
		check(other, false)
		for _, text := range []string{
			`INSERT INTO accounts (id, state, name, language, created_at) VALUES ('s', 'active', 'Sam', '', 1)`,
			`INSERT INTO methods (id, account_id, type, secret, pepper, state, version, created_at, changed_at, sealed)
			 VALUES ('app', 's', 'authenticator', '', '', 'active', 1, 1, 1, 'x')`,
		} {
			if _, err := d.Exec(ctx, text); err != nil {
				t.Fatal(err)
			}
		}
		if err := securityinfo.ReplaceKey(ctx, d, other, actor.OperatorActor()); err != nil {
			t.Fatal(err)
		}
		if list, err := accounts.MethodsOf(ctx, d, "s"); err != nil || len(list) != 0 {
			t.Fatalf("%d methods are asked for that nobody can use (%v)", len(list), err)
		}
		check(other, true)
		check(mine, false)
		// As a database was before there were marks, with a password in it.
		for _, text := range []string{
			`DELETE FROM key_checks`,
			`INSERT INTO accounts (id, state, name, language, created_at) VALUES ('a', 'active', 'Ann', '', 1)`,
			`INSERT INTO methods (id, account_id, type, secret, pepper, state, version, created_at, changed_at)
			 VALUES ('m', 'a', 'password', 'x', '` + mine.PepperID() + `', 'active', 1, 1, 1)`,
		} {
			if _, err := d.Exec(ctx, text); err != nil {
				t.Fatal(err)
			}
		}
		check(other, false)
		check(mine, true)
	})
}
