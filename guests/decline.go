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

// Decline removes an invitation for good at the word of the person it was made
// for, and gives the organization. Doing it again is harmless.
func (f *Feature) Decline(ctx context.Context, who actor.Actor, userID string) (directory.Tenant, error) {
	var t directory.Tenant
	entry, by := audit.Entry{Act: "guest.decline", Target: userID}, who
	err := f.DB.Tx(ctx, func(tx *db.Tx) error {
		i, err := waiting(ctx, tx, who, userID)
		if fault.Is(err, "not_found") {
			t, err = already(ctx, tx, who, userID, err)
			return err
		}
		if err != nil {
			return err
		}
		t, entry.Tenant = i.tenant, i.tenant.ID
		if by = who.In(i.tenant.ID, i.user.ID); !i.accepted() {
			by = unseen(by, &entry)
		}
		if err := decline(i.accepted(), i.tenant.Name); err != nil {
			return err
		}
		if err := f.remove(ctx, tx, who, i.user); err != nil {
			return err
		}
		return audit.Record(ctx, tx, by, entry)
	})
	if err != nil {
		return directory.Tenant{}, audit.Refused(ctx, f.DB, by, entry, fmt.Errorf("decline invitation: %w", err))
	}
	return t, nil
}

// unseen is who answers an invitation without ever having been in the organization.
// It learns that they answered; from where stays theirs, and goes with their account.
func unseen(who actor.Actor, entry *audit.Entry) actor.Actor {
	entry.Account = who.AccountID
	entry.Private = audit.Details{audit.AddressDetail: who.Address, audit.BrowserDetail: who.Agent}
	who.Address, who.Agent = "", ""
	return who
}

// remove leaves nothing to restore, unless a legal hold says that nothing of
// this user may vanish.
func (f *Feature) remove(ctx context.Context, tx *db.Tx, who actor.Actor, u directory.User) error {
	if u.HoldAt.IsZero() {
		return f.Directory.Discard(ctx, tx, who, u, "declined")
	}
	_, err := f.Directory.SoftDelete(ctx, tx, who, u, directory.Left)
	return err
}

// already answers a repeated POST: the same person has declined it before. Else
// the refusal stands.
func already(ctx context.Context, tx *db.Tx, who actor.Actor, userID string, refused error) (directory.Tenant, error) {
	tenantID, found, err := declinedBy(ctx, tx, who.AccountID, userID)
	if err != nil {
		return directory.Tenant{}, err
	}
	if !found {
		return directory.Tenant{}, refused
	}
	t, found, err := directory.TenantBy(ctx, tx, tenantID)
	if err != nil || !found {
		return directory.Tenant{}, missing(err)
	}
	return t, nil
}
