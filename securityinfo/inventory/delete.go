package inventory

import (
	"context"

	"sojourn/accounts"
	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
)

// Delete takes a token that nobody uses out of the inventory, with its seed.
func (f *Feature) Delete(ctx context.Context, who actor.Actor, tenantID, tokenID string) error {
	entry := audit.Entry{Tenant: tenantID, Act: "token.delete", Target: tokenID}
	return f.do(ctx, who, entry, func(tx *db.Tx, t directory.Tenant) ([]audit.Entry, error) {
		if _, err := free(ctx, tx, who, t.ID, tokenID); err != nil {
			return nil, err
		}
		if _, err := accounts.ForgetToken(ctx, tx, t.ID, tokenID); err != nil {
			return nil, err
		}
		return []audit.Entry{{Tenant: t.ID, Act: entry.Act, Target: tokenID}}, nil
	})
}
