package directory

import (
	"context"

	"sojourn/internal/actor"
	"sojourn/internal/db"
)

// Admit begins a verb of another room that acts in a tenant: it holds the actor,
// with the roles of this moment, against the right the verb needs.
func Admit(ctx context.Context, tx *db.Tx, who actor.Actor, tenantID string, right Right) (Tenant, error) {
	a, err := begin(ctx, tx, who, tenantID, right)
	return a.tenant, err
}

// MayRead holds who asks for a page of another room against the right it needs,
// with the roles the gate has read in this request.
func MayRead(who actor.Actor, tenantID string, right Right) error {
	_, err := reading(who, tenantID, right)
	return err
}
