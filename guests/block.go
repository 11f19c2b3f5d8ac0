package guests

import (
	"context"
	"fmt"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
)

// Block keeps an organization's invitations from a person, also the one that
// waits: it is neither shown nor mailed. The organization sees no difference.
// Only who is in it, or has heard of it, can block it; twice is harmless.
func (f *Feature) Block(ctx context.Context, who actor.Actor, tenantID string) (directory.Tenant, error) {
	return f.setBlock(ctx, who, tenantID, "guest.block", func(tx *db.Tx, t directory.Tenant) error {
		heard, err := heardOf(ctx, tx, who.AccountID, t.ID)
		if err != nil {
			return err
		}
		if !heard {
			return fault.Missing()
		}
		return insertBlock(ctx, tx, who.AccountID, t.ID)
	})
}

// Unblock lets the organization's invitations through again.
func (f *Feature) Unblock(ctx context.Context, who actor.Actor, tenantID string) (directory.Tenant, error) {
	return f.setBlock(ctx, who, tenantID, "guest.unblock", func(tx *db.Tx, t directory.Tenant) error {
		was, err := deleteBlock(ctx, tx, who.AccountID, t.ID)
		if err == nil && !was {
			err = fault.Missing()
		}
		return err
	})
}

// setBlock is either; the row in the audit log is the person's own and names no
// tenant, which is not to know.
func (f *Feature) setBlock(ctx context.Context, who actor.Actor, tenantID, act string, set func(tx *db.Tx, t directory.Tenant) error) (t directory.Tenant, err error) {
	entry := audit.Entry{Act: act, Target: tenantID, Subject: who.AccountID}
	err = f.DB.Tx(ctx, func(tx *db.Tx) (err error) {
		var found bool
		if t, found, err = directory.TenantBy(ctx, tx, tenantID); err != nil || !found {
			return missing(err)
		}
		if err := set(tx, t); err != nil {
			return err
		}
		return audit.Record(ctx, tx, who, entry)
	})
	if err != nil {
		return directory.Tenant{}, audit.Refused(ctx, f.DB, who, entry, fmt.Errorf("%s: %w", act, err))
	}
	return t, nil
}

// Restored and Erased hear what becomes of a user; the blocks of an account end
// with its home.
func (f *Feature) Restored(context.Context, *db.Tx, string) error { return nil }

// Erased see Restored.
func (f *Feature) Erased(ctx context.Context, tx *db.Tx, userIDs []string) error {
	return deleteBlocks(ctx, tx, userIDs)
}
