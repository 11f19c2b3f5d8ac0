package securityinfo

import (
	"context"
	"fmt"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
)

// MailLink sends a person without a home organization a new link to set a
// password. Nobody is given it to read: whoever holds it holds the account.
func (f *Feature) MailLink(ctx context.Context, who actor.Actor, accountID string) error {
	err := f.DB.Tx(ctx, func(tx *db.Tx) error {
		if who.Kind != actor.Operator {
			return fault.Missing()
		}
		account, found, err := accounts.Get(ctx, tx, accountID)
		if err != nil {
			return err
		}
		if !found || account.HomeUserID != "" {
			return fault.Missing()
		}
		to, err := accounts.MailAddress(ctx, tx, accountID)
		if err != nil {
			return err
		}
		if to == "" {
			return fault.Missing()
		}
		if _, err := f.PasswordLink(ctx, tx, accountID, "", to, account.Language); err != nil {
			return err
		}
		return audit.Record(ctx, tx, who, audit.Entry{Act: "account.link", Target: accountID})
	})
	if err != nil {
		return fmt.Errorf("mail link: %w", err)
	}
	return nil
}
