package users

import (
	"cmp"
	"context"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/fault"
)

// held reads a user, live or deleted, for the page of a legal hold.
func (f *Feature) held(ctx context.Context, who actor.Actor, tenantID, userID string) (directory.User, error) {
	if err := directory.MayRead(who, tenantID, directory.ManageHolds); err != nil {
		return directory.User{}, err
	}
	u, found, err := directory.AnyUser(ctx, f.DB, tenantID, userID)
	if err != nil || !found {
		return directory.User{}, cmp.Or[error](err, fault.Missing())
	}
	return u, nil
}
