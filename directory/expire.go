package directory

import (
	"context"
	"fmt"

	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
)

// ExpireInvitations removes invitations that nobody has answered in time. They
// leave nothing to restore; whoever is still wanted is invited again. It waits
// while the clock cannot be believed, as the purge does.
func (f *Feature) ExpireInvitations(ctx context.Context) error {
	for {
		n := 0
		err := f.DB.Tx(ctx, func(tx *db.Tx) error {
			n = 0
			list, err := expired(ctx, tx, tx.Now().Add(-InvitationLife), purgeBatch)
			if err != nil || len(list) == 0 {
				return err
			}
			if err := believed(ctx, tx); err != nil {
				return err
			}
			for _, u := range list {
				if err := f.Discard(ctx, tx, actor.SystemActor(), u, "expired"); err != nil {
					return err
				}
				if err := audit.Record(ctx, tx, actor.SystemActor(), audit.Entry{Tenant: u.TenantID, Act: "guest.expire", Target: u.ID}); err != nil {
					return err
				}
				n++
			}
			return nil
		})
		if err != nil || n == 0 {
			if err != nil {
				err = fmt.Errorf("expire invitations: %w", err)
			}
			return err
		}
	}
}
