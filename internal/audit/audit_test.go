package audit_test

import (
	"context"
	"errors"
	"testing"

	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/dbtest"
	"sojourn/internal/fault"
)

// An organization's row that would name an account is not written, and its act not done.
func TestRecord_namesNoAccount(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, person := context.Background(), actor.Actor{Kind: actor.Person, AccountID: "account"}
		for what, test := range map[string]struct {
			who    actor.Actor
			tenant string
			bad    bool
		}{
			"a person, by account": {person, "tenant", true},
			"a person, by user":    {person.In("tenant", "user"), "tenant", false},
			"their own row":        {person, "", false},
			"the operator":         {actor.OperatorActor(), "tenant", false},
		} {
			entry := audit.Entry{Act: "user.delete", Target: "user", Tenant: test.tenant}
			done := d.Tx(ctx, func(tx *db.Tx) error { return audit.Record(ctx, tx, test.who, entry) })
			tried := audit.Refused(ctx, d, test.who, entry, fault.Missing())
			if errors.Is(done, audit.ErrNamesAccount) != test.bad || errors.Is(tried, audit.ErrNamesAccount) != test.bad || !fault.Is(tried, "not_found") {
				t.Errorf("%s: %v, %v", what, done, tried)
			}
		}
		if n, err := db.Count(ctx, d, `SELECT count(*) FROM audit WHERE tenant_id IS NOT NULL AND actor_id = 'account'`); err != nil || n != 0 {
			t.Errorf("%d rows name it (%v)", n, err)
		}
	})
}
