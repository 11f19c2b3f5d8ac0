package requests

import (
	"context"
	"fmt"

	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
)

// Withdraw takes a person's own request back. Doing it again is harmless.
func (f *Feature) Withdraw(ctx context.Context, who actor.Actor, requestID string) error {
	entry := audit.Entry{Act: "request.withdraw"}
	acting := who
	err := f.DB.Tx(ctx, func(tx *db.Tx) error {
		r, found, err := ofPerson(ctx, tx, who.AccountID, requestID)
		if err != nil || !found || who.Kind != actor.Person {
			return missing(err)
		}
		acting = seen(who, r)
		entry.Tenant, entry.Target, entry.Other = r.TenantID, about(r), r.ID
		if r.State == Withdrawn {
			return nil
		}
		if err := isOpen(asRead(r, tx.Now())); err != nil {
			return err
		}
		r.State, r.ClosedAt = Withdrawn, tx.Now()
		if _, err := closeRequest(ctx, tx, r); err != nil {
			return err
		}
		if err := insertEvent(ctx, tx, f.IDs.New(), r.ID, What(Withdrawn), acting, tx.Now(), ""); err != nil {
			return err
		}
		return audit.Record(ctx, tx, acting, entry)
	})
	if err != nil {
		return audit.Refused(ctx, f.DB, acting, entry, fmt.Errorf("withdraw request: %w", err))
	}
	return nil
}
