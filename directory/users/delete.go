package users

import (
	"cmp"
	"context"
	"time"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/fault"
)

// leaver is a live user whom somebody is about to delete.
type leaver struct {
	directory.User
	Home    bool // they are kept from signing in anywhere
	Groups  []directory.Named
	Roles   []directory.Role
	PurgeAt time.Time // if deleted now
}

// leaver reads a live user for the page that asks whether to delete them.
func (f *Feature) leaver(ctx context.Context, who actor.Actor, tenantID, userID string) (leaver, error) {
	if err := directory.MayRead(who, tenantID, directory.ManageUsers); err != nil {
		return leaver{}, err
	}
	u, found, err := directory.LiveUser(ctx, f.DB, tenantID, userID)
	if err != nil || !found {
		return leaver{}, cmp.Or[error](err, fault.Missing())
	}
	had, err := f.Directory.HadBy(ctx, f.DB, u.ID)
	if err != nil {
		return leaver{}, err
	}
	home, err := directory.OwnsAccount(ctx, f.DB, u)
	return leaver{User: u, Home: home, Groups: had.Groups, Roles: had.Roles, PurgeAt: f.DB.Now().Add(directory.Retention)}, err
}
