package deletedusers

import (
	"context"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/fault"
)

// doomed is a deleted user whom somebody is about to delete permanently.
type doomed struct {
	directory.User
	ByName        string
	Groups, Roles int
	Home          bool   // the account goes too
	Why           string // reason code where it would be refused
}

// doomed reads the deleted users chosen to be deleted permanently. It asks the
// fresh proof that the verb will ask. Those gone meanwhile are left out.
func (f *Feature) doomed(ctx context.Context, who actor.Actor, tenantID string, ids []string) ([]doomed, error) {
	if err := directory.MayRead(who, tenantID, directory.ManageUsers); err != nil {
		return nil, err
	}
	if !who.Proved(f.DB.Now()) {
		return nil, fault.New(fault.Proof, "proof_needed", "ui.error.proof.title")
	}
	var out []doomed
	for _, userID := range ids {
		u, found, err := directory.AnyUser(ctx, f.DB, tenantID, userID)
		if err != nil {
			return nil, err
		}
		if !found || u.Live() {
			continue
		}
		d, err := f.doom(ctx, directory.RolesHeld(who), u)
		if err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	if len(out) == 0 {
		return nil, fault.Missing()
	}
	return out, nil
}

// doom reads what would go with a deleted user, and what keeps somebody with
// these roles from it.
func (f *Feature) doom(ctx context.Context, own []directory.Role, u directory.User) (d doomed, err error) {
	had, err := f.Directory.HadBy(ctx, f.DB, u.ID)
	if err != nil {
		return doomed{}, err
	}
	left, _, err := directory.LastDeparture(ctx, f.DB, u.TenantID, u.ID)
	if err != nil {
		return doomed{}, err
	}
	d = doomed{User: u, ByName: left.ByName, Groups: len(had.Groups), Roles: len(had.Roles)}
	switch {
	case !u.HoldAt.IsZero():
		d.Why = "legal_hold"
	case directory.MayActOn(own, had.Roles) != nil:
		d.Why = "rank_too_low"
	}
	d.Home, err = directory.OwnsAccount(ctx, f.DB, u)
	return d, err
}
