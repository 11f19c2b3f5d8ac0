package undelivered

import (
	"context"
	"fmt"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
	"sojourn/internal/outbox"
)

// Discard takes a message out of the list and wipes what is left of it. Nothing
// brings it back, so it asks a fresh proof.
func (f *Feature) Discard(ctx context.Context, who actor.Actor, tenantID, id string) error {
	entry := audit.Entry{Tenant: tenantID, Act: "delivery.discard", Target: id}
	return f.do(ctx, who, entry, func(tx *db.Tx, tenantID string, d outbox.Undelivered) error {
		if !who.Proved(tx.Now()) {
			return fault.New(fault.Proof, "proof_needed", "ui.error.proof.title")
		}
		return f.Outbox.Discard(ctx, tx, tenantID, d.ID)
	})
}

// do is the way of both verbs: the actor is held against the right, the message is
// found in their tenant, and what was done is recorded with the channel.
func (f *Feature) do(ctx context.Context, who actor.Actor, entry audit.Entry, verb func(tx *db.Tx, tenantID string, d outbox.Undelivered) error) error {
	err := f.DB.Tx(ctx, func(tx *db.Tx) error {
		t, err := directory.Admit(ctx, tx, who, entry.Tenant, right)
		if err != nil {
			return err
		}
		d, found, err := f.Outbox.UndeliveredBy(ctx, tx, t.ID, entry.Target)
		if err != nil {
			return err
		}
		if !found {
			return fault.Missing()
		}
		if err := verb(tx, t.ID, d); err != nil {
			return err
		}
		done := entry
		done.Tenant, done.Other = t.ID, string(d.Channel)
		return audit.Record(ctx, tx, who, done)
	})
	if err != nil {
		return audit.Refused(ctx, f.DB, who, entry, fmt.Errorf("%s: %w", entry.Act, err))
	}
	return nil
}
