package directory

import (
	"context"
	"fmt"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
)

// Erase deletes a soft-deleted user permanently. Nothing brings it back. It asks
// a fresh proof of an administrator. What is on legal hold is erased by nobody
// until it is released.
func (f *Feature) Erase(ctx context.Context, who actor.Actor, tenantID, userID string) error {
	_, err := f.eraseOne(ctx, who, tenantID, userID)
	return err
}

// eraseOne is Erase, and gives the user as it was.
func (f *Feature) eraseOne(ctx context.Context, who actor.Actor, tenantID, userID string) (u User, err error) {
	err = f.do(ctx, who, ManageUsers, audit.Entry{Tenant: tenantID, Act: "user.erase", Target: userID}, func(tx *db.Tx, a act) (err error) {
		if err := a.proved(tx); err != nil {
			return err
		}
		if u, err = a.deletedUser(ctx, tx, userID); err != nil {
			return err
		}
		if !u.HoldAt.IsZero() {
			return fault.New(fault.Conflict, "legal_hold", "directory.refused.hold.title", "name", u.DisplayName)
		}
		return f.erase(ctx, tx, a.who, u, string(a.deletedKind()), "user.erase")
	})
	return u, err
}

// erase removes a user for good and leaves the tombstone. Where the tenant was
// the person's home, the account goes too; their guest objects elsewhere stay
// with their hosts, marked.
func (f *Feature) erase(ctx context.Context, tx *db.Tx, who actor.Actor, u User, reason, name string) error {
	first, err := insertTombstone(ctx, tx, u.ID, u.TenantID, string(who.Kind), who.ID(), reason)
	if err != nil {
		return err
	}
	if !first {
		return fmt.Errorf("user %s has a tombstone and a row", u.ID)
	}
	home, err := OwnsAccount(ctx, tx, u)
	if err != nil {
		return err
	}
	if err := f.tellErased(ctx, tx, u, home); err != nil {
		return err
	}
	if err := f.Receipts.Erased(ctx, tx, u.ID); err != nil {
		return err
	}
	if err := audit.Erase(ctx, tx, u.ID); err != nil {
		return err
	}
	if home {
		if err := f.Sessions.EndAll(ctx, tx, u.AccountID, "", "erased"); err != nil {
			return err
		}
		if err := markHomeEnded(ctx, tx, u.AccountID); err != nil {
			return err
		}
		if err := endConnections(ctx, tx, u.AccountID); err != nil {
			return err
		}
		if err := audit.Erase(ctx, tx, u.AccountID); err != nil {
			return err
		}
		if err := accounts.Entomb(ctx, tx, u.AccountID); err != nil {
			return err
		}
	}
	if err := eraseUser(ctx, tx, u.ID); err != nil {
		return err
	}
	return audit.Record(ctx, tx, who, audit.Entry{Tenant: u.TenantID, Act: name, Target: u.ID, Subject: who.ID()})
}

// Discard removes a pending user without the thirty days: a declined or revoked
// invitation leaves nothing to restore. The caller records its act.
func (f *Feature) Discard(ctx context.Context, tx *db.Tx, who actor.Actor, u User, reason string) error {
	if u.ExternalState != Pending || u.AccountID != "" {
		return fmt.Errorf("discard of user %s, which is no pending invitation", u.ID)
	}
	if _, err := insertTombstone(ctx, tx, u.ID, u.TenantID, string(who.Kind), who.ID(), reason); err != nil {
		return err
	}
	if err := audit.Erase(ctx, tx, u.ID); err != nil {
		return err
	}
	return eraseUser(ctx, tx, u.ID)
}
