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
		return f.erase(ctx, tx, a.who, []User{u}, string(a.deletedKind()), "user.erase")
	})
	return u, err
}

// erase removes users for good and leaves their tombstones.
func (f *Feature) erase(ctx context.Context, tx *db.Tx, who actor.Actor, list []User, reason, name string) error {
	if len(list) == 0 {
		return nil
	}
	if err := insertTombstones(ctx, tx, list, string(who.Kind), who.ID(), reason); err != nil {
		return err
	}
	ids, entries := idsOf(list), make([]audit.Entry, len(list))
	if err := f.Receipts.Erased(ctx, tx, ids); err != nil { // before the letter about it is written
		return err
	}
	for i, u := range list {
		entries[i] = audit.Entry{Tenant: u.TenantID, Act: name, Target: u.ID, Subject: who.ID()}
		if u.AccountID != "" {
			if err := accounts.EraseBound(ctx, tx, u.TenantID, u.AccountID); err != nil {
				return err
			}
			if err := f.erasePerson(ctx, tx, u); err != nil {
				return err
			}
		}
	}
	if err := audit.Erase(ctx, tx, ids...); err != nil {
		return err
	}
	if err := eraseUsers(ctx, tx, ids); err != nil {
		return err
	}
	return audit.RecordAll(ctx, tx, who, entries)
}

func idsOf(list []User) []string {
	ids := make([]string, len(list))
	for i, u := range list {
		ids[i] = u.ID
	}
	return ids
}

// erasePerson tells whom a user belongs to. Where the tenant was the person's
// home, the account goes too; their guest objects elsewhere stay with their
// hosts, marked.
func (f *Feature) erasePerson(ctx context.Context, tx *db.Tx, u User) error {
	home, err := OwnsAccount(ctx, tx, u)
	if err != nil {
		return err
	}
	if err := f.tellErased(ctx, tx, u, home); err != nil || !home {
		return err
	}
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
	return accounts.Entomb(ctx, tx, u.AccountID)
}

// Discard removes a pending user without the thirty days: a declined or revoked
// invitation leaves nothing to restore. The caller records its act.
func (f *Feature) Discard(ctx context.Context, tx *db.Tx, who actor.Actor, u User, reason string) error {
	if u.ExternalState != Pending || u.AccountID != "" {
		return fmt.Errorf("discard of user %s, which is no pending invitation", u.ID)
	}
	if err := insertTombstones(ctx, tx, []User{u}, string(who.Kind), who.ID(), reason); err != nil {
		return err
	}
	if err := f.Receipts.Erased(ctx, tx, []string{u.ID}); err != nil {
		return err
	}
	if err := audit.Erase(ctx, tx, u.ID); err != nil {
		return err
	}
	return eraseUsers(ctx, tx, []string{u.ID})
}
