package users

import (
	"cmp"
	"context"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/fault"
)

// choices is what the form for a new user offers.
type choices struct {
	Tenant     directory.Tenant
	Groups     []directory.Group
	MoreGroups bool // than are listed
	Roles      []directory.Role
}

// choices reads what a new user can be given.
func (f *Feature) choices(ctx context.Context, who actor.Actor, tenantID string) (choices, error) {
	if err := directory.MayRead(who, tenantID, directory.ManageUsers); err != nil {
		return choices{}, err
	}
	t, found, err := directory.TenantBy(ctx, f.DB, tenantID)
	if err != nil || !found {
		return choices{}, cmp.Or[error](err, fault.Missing())
	}
	groups, more, err := directory.FirstGroups(ctx, f.DB, tenantID)
	return choices{Tenant: t, Groups: groups, MoreGroups: more, Roles: grantable(directory.RolesHeld(who))}, err
}
