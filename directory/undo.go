package directory

import (
	"context"
	"fmt"

	"sojourn/internal/actor"
	"sojourn/internal/db"
)

// Undo brings somebody back who left by themselves, in the transaction of
// another room's act, which has decided that they may. Their groups come back;
// their roles do not, and are taken away: only an administrator grants those.
func (f *Feature) Undo(ctx context.Context, tx *db.Tx, who actor.Actor, u User) (Restored, error) {
	t, found, err := TenantBy(ctx, tx, u.TenantID)
	if err != nil {
		return Restored{}, err
	}
	d, departed, err := LastDeparture(ctx, tx, u.TenantID, u.ID)
	if err != nil {
		return Restored{}, err
	}
	if !found || !departed {
		return Restored{}, fmt.Errorf("user %s is deleted without a departure", u.ID)
	}
	for _, r := range d.Had.Roles {
		if _, err := deleteRole(ctx, tx, u.ID, r); err != nil {
			return Restored{}, err
		}
	}
	return f.bringBack(ctx, tx, act{who: who, tenant: t}, u, d, Ask)
}
