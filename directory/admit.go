package directory

import (
	"context"

	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/fault"
)

// Admit begins a verb of another room that acts in a tenant: it holds the actor,
// with the roles of this moment, against the right the verb needs.
func Admit(ctx context.Context, tx *db.Tx, who actor.Actor, tenantID string, right Right) (Tenant, error) {
	a, err := begin(ctx, tx, who, tenantID, right)
	return a.tenant, err
}

// AdmitOn begins a verb of another room on a live user of a tenant: besides the
// right, the actor must be able to grant every role the user has.
func AdmitOn(ctx context.Context, tx *db.Tx, who actor.Actor, tenantID, userID string, right Right) (Tenant, User, error) {
	a, err := begin(ctx, tx, who, tenantID, right)
	if err != nil {
		return Tenant{}, User{}, err
	}
	u, err := a.liveUser(ctx, tx, userID)
	if err != nil {
		return Tenant{}, User{}, err
	}
	return a.tenant, u, a.on(ctx, tx, u)
}

// AdmitOver holds the actor of a verb of another room, which Admit has begun, against the
// rank of a user whom it touches, live or deleted.
func AdmitOver(ctx context.Context, tx *db.Tx, who actor.Actor, tenantID, userID string, right Right) error {
	a, err := begin(ctx, tx, who, tenantID, right)
	if err != nil {
		return err
	}
	u, err := a.anyUser(ctx, tx, userID)
	if err != nil {
		return err
	}
	return a.on(ctx, tx, u)
}

// MayRead holds who asks for a page against the right it needs, with the roles
// the gate has read in this request. Whatever reads for a page asks it first, so
// that no page can forget to; verbs ask again in their transaction.
func MayRead(who actor.Actor, tenantID string, right Right) error {
	if who.Kind != actor.Administrator || who.TenantID != tenantID {
		return fault.Missing()
	}
	return needs(RolesHeld(who), right)
}

// RolesHeld are the roles an actor holds in the organization they act in.
func RolesHeld(who actor.Actor) []Role {
	roles := make([]Role, len(who.Roles))
	for i, r := range who.Roles {
		roles[i] = Role(r)
	}
	return roles
}
