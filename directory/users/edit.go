package users

import (
	"cmp"
	"context"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/fault"
)

// editable reads a live user whom the asker may rename.
func (f *Feature) editable(ctx context.Context, who actor.Actor, tenantID, userID string) (profile, error) {
	if err := directory.MayRead(who, tenantID, directory.ManageUsers); err != nil {
		return profile{}, err
	}
	u, found, err := directory.LiveUser(ctx, f.DB, tenantID, userID)
	if err != nil || !found {
		return profile{}, cmp.Or[error](err, fault.Missing())
	}
	p := profile{User: u}
	if p.Roles, err = directory.RolesOf(ctx, f.DB, u.ID); err != nil {
		return profile{}, err
	}
	if err := directory.MayActOn(directory.RolesHeld(who), p.Roles); err != nil {
		return profile{}, err
	}
	return p, f.home(ctx, &p)
}
