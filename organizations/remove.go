package organizations

import (
	"context"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/fault"
)

// Remove takes somebody out of an organization at their own wish by the hand of
// an administrator, in the transaction of granting it, and gives the id of their
// receipt. The directory holds the administrator against right and rank.
func (f *Feature) Remove(ctx context.Context, tx *db.Tx, who actor.Actor, tenantID, userID string) (receiptID string, err error) {
	u, found, err := directory.LiveUser(ctx, tx, tenantID, userID)
	if err != nil {
		return "", err
	}
	t, known, err := directory.TenantBy(ctx, tx, tenantID)
	if err != nil {
		return "", err
	}
	if !found || !known {
		return "", fault.Missing()
	}
	d, err := f.Directory.RemoveIn(ctx, tx, who, u)
	if err != nil {
		return "", err
	}
	r, err := f.receipt(ctx, tx, u.AccountID, t, u, d)
	return r.ID, err
}
