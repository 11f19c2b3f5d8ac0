package signin

import (
	"context"
	"fmt"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/i18n"
)

// ChooseLanguage keeps a person's choice on the account, so that letters follow
// it. Who is not signed in has only the browser to keep it.
func (f *Feature) ChooseLanguage(ctx context.Context, who actor.Actor, l *i18n.Locale) error {
	if who.AccountID == "" {
		return nil
	}
	if err := accounts.ChooseLanguage(ctx, f.DB, who.AccountID, l.Lang()); err != nil {
		return fmt.Errorf("choose language: %w", err)
	}
	return nil
}
