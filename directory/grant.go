package directory

import (
	"context"
	"slices"

	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
)

// Grant gives a live user a role that the actor may grant; twice is harmless. The
// highest role asks a fresh proof of an administrator.
func (f *Feature) Grant(ctx context.Context, who actor.Actor, tenantID, userID string, role Role) error {
	entry := audit.Entry{Tenant: tenantID, Act: "role.grant", Target: userID, Other: string(role)}
	return f.do(ctx, who, ManageRoles, entry, func(tx *db.Tx, a act) error {
		u, err := a.liveUser(ctx, tx, userID)
		if err != nil {
			return err
		}
		return f.grant(ctx, tx, a, u, role)
	})
}

func (f *Feature) grant(ctx context.Context, tx *db.Tx, a act, u User, role Role) error {
	if !slices.Contains(Roles, role) {
		return fault.New(fault.Invalid, "unknown_role", "directory.refused.unknownRole.title")
	}
	if err := a.on(ctx, tx, u, role); err != nil {
		return err
	}
	if role == GlobalAdministrator { // whoever has it can take everything, also from who granted it
		if err := a.proved(tx); err != nil {
			return err
		}
	}
	granted, err := insertRole(ctx, tx, u.TenantID, u.ID, role)
	if err != nil || !granted {
		return err
	}
	return audit.Record(ctx, tx, a.who, audit.Entry{Tenant: u.TenantID, Act: "role.grant", Target: u.ID, Other: string(role)})
}

// Revoke takes a role away, also from a deleted user, but never from the last
// effective Global Administrator.
func (f *Feature) Revoke(ctx context.Context, who actor.Actor, tenantID, userID string, role Role) error {
	entry := audit.Entry{Tenant: tenantID, Act: "role.revoke", Target: userID, Other: string(role)}
	return f.do(ctx, who, ManageRoles, entry, func(tx *db.Tx, a act) error {
		u, err := a.anyUser(ctx, tx, userID)
		if err != nil {
			return err
		}
		if err := a.on(ctx, tx, u); err != nil {
			return err
		}
		if role == GlobalAdministrator {
			if err := a.spare(ctx, tx, u); err != nil {
				return err
			}
		}
		revoked, err := deleteRole(ctx, tx, u.ID, role)
		if err != nil || !revoked {
			return err
		}
		return a.record(ctx, tx)
	})
}
