package usermethods

import (
	"context"

	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
)

// SignOut ends everything a member has open, in every organization. Where that is
// nothing, nobody is written to: pressing a button twice is one letter.
func (f *Feature) SignOut(ctx context.Context, who actor.Actor, tenantID, userID string) error {
	entry := audit.Entry{Tenant: tenantID, Act: "user.sign_out", Target: userID}
	return f.on(ctx, who, entry, func(tx *db.Tx, p person) error {
		open, err := anyOpen(ctx, tx, p.ID)
		if err != nil {
			return err
		}
		if err := f.Sessions.EndAll(ctx, tx, p.ID, "", "administrator"); err != nil {
			return err
		}
		entry := entry
		entry.Tenant = p.home.ID
		if err := audit.Record(ctx, tx, who, entry); err != nil || !open {
			return err
		}
		return f.tell(ctx, tx, who, p, &endedTexts, nil)
	})
}
