package guests

import (
	"context"
	"fmt"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
)

// Resend writes once more to somebody who has not answered yet, with a new link
// that kills the older one.
func (f *Feature) Resend(ctx context.Context, who actor.Actor, tenantID, userID string) (directory.User, error) {
	var u directory.User
	entry := audit.Entry{Tenant: tenantID, Act: "guest.resend", Target: userID}
	err := f.DB.Tx(ctx, func(tx *db.Tx) (err error) {
		if u, err = f.Directory.Renew(ctx, tx, who, tenantID, userID); err != nil {
			return err
		}
		language, err := linkLanguage(ctx, tx, u.ID)
		if err != nil {
			return err
		}
		return f.write(ctx, tx, who, u, language, "")
	})
	if err != nil {
		return directory.User{}, audit.Refused(ctx, f.DB, who, entry, fmt.Errorf("resend invitation: %w", err))
	}
	return u, nil
}
