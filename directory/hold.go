package directory

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
)

// maxReason is the length of the reason of a legal hold, in characters.
const maxReason = 200

// Hold puts a user, live or deleted, on legal hold: the purge waits. It refuses
// neither leaving nor deleting.
func (f *Feature) Hold(ctx context.Context, who actor.Actor, tenantID, userID, reason string) error {
	reason = strings.TrimSpace(reason)
	switch {
	case reason == "":
		return fault.New(fault.Invalid, "reason_missing", "directory.hold.reason.missing").Field("reason", "directory.hold.reason.missing")
	case utf8.RuneCountInString(reason) > maxReason:
		return fault.New(fault.Invalid, "reason_long", "directory.hold.reason.long").Field("reason", "directory.hold.reason.long", "most", maxReason)
	}
	return f.hold(ctx, who, tenantID, userID, "user.hold", reason)
}

// Release ends a legal hold. What is overdue is purged at the next run.
func (f *Feature) Release(ctx context.Context, who actor.Actor, tenantID, userID string) error {
	return f.hold(ctx, who, tenantID, userID, "user.release", "")
}

func (f *Feature) hold(ctx context.Context, who actor.Actor, tenantID, userID, name, reason string) error {
	entry := audit.Entry{Tenant: tenantID, Act: name, Target: userID, Details: audit.Details{"reason": reason}}
	return f.do(ctx, who, ManageHolds, entry, func(tx *db.Tx, a act) error {
		u, err := a.anyUser(ctx, tx, userID)
		if err != nil {
			return err
		}
		if reason == "" && !u.Live() && !u.PurgeAt.After(tx.Now()) { // erased by the next purge
			if err := a.proved(tx); err != nil {
				return err
			}
			if err := a.on(ctx, tx, u); err != nil {
				return err
			}
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
