package usermethods

import (
	"context"
	"fmt"
	"time"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
	"sojourn/policies"
)

// Passes makes temporary access passes.
type Passes interface {
	NewPass(ctx context.Context, length int) (text string, kept accounts.Pass, err error)
	ForgetPassTries(ctx context.Context, tx *db.Tx, accountID string) error
}

// GivePass makes a temporary access pass for a member, in place of the one before.
// It is told to whoever asks, once; the member is told that there is one, not which.
func (f *Feature) GivePass(ctx context.Context, who actor.Actor, tenantID, userID string, form PassForm) (text string, err error) {
	entry := audit.Entry{Tenant: tenantID, Act: "pass.give", Target: userID}
	wanted, err := form.read()
	if err != nil {
		return "", err
	}
	text, kept, err := f.Passes.NewPass(ctx, wanted.Length)
	if err != nil {
		return "", fmt.Errorf("%s: %w", entry.Act, err)
	}
	entry.Other = kept.MethodID
	err = f.on(ctx, who, entry, func(tx *db.Tx, p person) error {
		asked, err := policies.Of(ctx, tx, p.ID)
		if err != nil {
			return err
		}
		if !asked.Allows(accounts.AccessPass) {
			return fault.New(fault.Forbidden, "method_not_allowed", "securityinfo.usermethods.pass.forbidden")
		}
		kept.StartsAt, kept.Once = tx.Now(), wanted.Once
		kept.ExpiresAt = tx.Now().Add(time.Duration(wanted.Minutes) * time.Minute)
		if err := accounts.KeepPass(ctx, tx, p.ID, kept); err != nil {
			return err
		}
		if err := f.Passes.ForgetPassTries(ctx, tx, p.ID); err != nil {
			return err
		}
		row := entry
		row.Tenant, row.Target = p.home.ID, p.target()
		row.Details = audit.Details{"minutes": fmt.Sprint(wanted.Minutes), "once": fmt.Sprint(wanted.Once)}
		if err := audit.Record(ctx, tx, who, row); err != nil {
			return err
		}
		return f.tell(ctx, tx, who, p, &passTexts, []accounts.Method{{ID: kept.MethodID, Type: accounts.AccessPass}})
	})
	if err != nil {
		return "", err
	}
	return text, nil
}
