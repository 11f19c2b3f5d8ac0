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

// Accept makes the invited person a guest of the organization, which it gives.
// Doing it again is harmless.
func (f *Feature) Accept(ctx context.Context, who actor.Actor, userID string) (directory.Tenant, error) {
	var t directory.Tenant
	entry := audit.Entry{Act: "guest.accept", Target: userID}
	err := f.DB.Tx(ctx, func(tx *db.Tx) error {
		i, err := waiting(ctx, tx, who, userID)
		if err != nil {
			return err
		}
		t, entry.Tenant = i.tenant, i.tenant.ID
		if i.accepted() {
			return nil
		}
		who = who.In(i.tenant.ID, i.user.ID)
		s, err := i.standing(ctx, tx, who.AccountID)
		if err == nil {
			err = accept(s)
		}
		if err == nil {
			err = f.Directory.Redeem(ctx, tx, i.user, who.AccountID)
		}
		if err != nil {
			return err
		}
		return audit.Record(ctx, tx, who, entry)
	})
	if err != nil {
		return directory.Tenant{}, audit.Refused(ctx, f.DB, who, entry, fmt.Errorf("accept invitation: %w", err))
	}
	return t, nil
}

// invitation is a user with its organization, made for one of the actor's names.
type invitation struct {
	tenant directory.Tenant
	user   directory.User
}

// accepted says whether the person has answered yes before: then the user is
// tied to their account.
func (i invitation) accepted() bool { return i.user.AccountID != "" }

// waiting loads an invitation. One for somebody else answers like one that does
// not exist.
func waiting(ctx context.Context, tx *db.Tx, who actor.Actor, userID string) (invitation, error) {
	if !who.Valid() {
		return invitation{}, audit.ErrNoActor
	}
	if who.Kind != actor.Person {
		return invitation{}, fault.Missing()
	}
	tenantID, found, err := invitationOf(ctx, tx, who.AccountID, userID)
	if err != nil || !found {
		return invitation{}, missing(err)
	}
	var i invitation
	if i.user, found, err = directory.LiveUser(ctx, tx, tenantID, userID); err != nil || !found {
		return invitation{}, missing(err)
	}
	if i.tenant, found, err = directory.TenantBy(ctx, tx, tenantID); err != nil || !found {
		return invitation{}, missing(err)
	}
	return i, nil
}

// standing reads what decides.
func (i invitation) standing(ctx context.Context, tx *db.Tx, accountID string) (s standing, err error) {
	s = standing{organization: i.tenant.Name, state: i.tenant.State, enabled: i.user.Enabled, expired: !i.user.ExternalStateAt.After(tx.Now().Add(-directory.InvitationLife))}
	if _, s.here, err = directory.UserOf(ctx, tx, i.tenant.ID, accountID); err != nil {
		return s, err
	}
	s.organizations, err = directory.CountPlaces(ctx, tx, accountID)
	return s, err
}

// missing is err, or what is answered when nothing was found.
func missing(err error) error {
	if err != nil {
		return err
	}
	return fault.Missing()
}
