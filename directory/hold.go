package directory

import (
	"context"
	"strings"
	"time"

	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
)

// Hold puts a user, live or deleted, on legal hold: the purge waits. It refuses
// neither leaving nor deleting. Only the operator's.
func (f *Feature) Hold(ctx context.Context, who actor.Actor, tenantID, userID, reason string) error {
	reason = strings.TrimSpace(reason)
	if reason == "" {
		return fault.New(fault.Invalid, "reason_missing", "directory.hold.reason.missing")
	}
	return f.hold(ctx, who, tenantID, userID, "user.hold", reason)
}

// Release ends a legal hold. What is overdue is purged at the next run.
func (f *Feature) Release(ctx context.Context, who actor.Actor, tenantID, userID string) error {
	return f.hold(ctx, who, tenantID, userID, "user.release", "")
}

func (f *Feature) hold(ctx context.Context, who actor.Actor, tenantID, userID, name, reason string) error {
	return f.do(ctx, who, ManageUsers, audit.Entry{Tenant: tenantID, Act: name, Target: userID}, func(tx *db.Tx, a act) error {
		if !a.operator() {
			return needs(nil, ManageUsers)
		}
		u, err := a.anyUser(ctx, tx, userID)
		if err != nil {
			return err
		}
		at := time.Time{}
		if reason != "" {
			at = tx.Now()
		}
		if err := setHold(ctx, tx, u.ID, at, reason); err != nil {
			return err
		}
		return a.record(ctx, tx)
	})
}
