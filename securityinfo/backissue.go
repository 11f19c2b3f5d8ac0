package securityinfo

import (
	"context"
	"fmt"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/db"
)

// IssueEmail gives an account an address to get back in by that nobody has proved.
// Only the operator may: codes go there.
func (f *Feature) IssueEmail(ctx context.Context, who actor.Actor, accountID, typed string) error {
	own, err := f.ownAddresses(ctx, f.DB, accountID)
	if err != nil {
		return fmt.Errorf("issue email: %w", err)
	}
	address, err := anotherAddress(typed, own, "")
	if err != nil {
		return err
	}
	err = f.issue(ctx, who, accountID, accounts.Email, func(tx *db.Tx, methodID string, _ []accounts.Method) error {
		e := accounts.EmailSetUp{MethodID: methodID, Address: address}
		if err := accounts.WaitForEmail(ctx, tx, accountID, e); err != nil {
			return err
		}
		_, err := accounts.KeepEmail(ctx, tx, accountID, e, tx.Now())
		return err
	})
	if err != nil {
		return fmt.Errorf("issue email: %w", err)
	}
	return nil
}

// IssueAnswers gives an account answers to security questions that are known already.
// Only the operator may.
func (f *Feature) IssueAnswers(ctx context.Context, who actor.Actor, accountID string, picks []Pick) error {
	answers, err := picked(picks, len(picks))
	if err != nil {
		return err
	}
	fresh, err := f.newAnswers(ctx, answers)
	if err != nil {
		return fmt.Errorf("issue answers: %w", err)
	}
	err = f.issue(ctx, who, accountID, accounts.Questions, func(tx *db.Tx, methodID string, _ []accounts.Method) error {
		fresh.MethodID = methodID
		return accounts.KeepAnswers(ctx, tx, accountID, fresh)
	})
	if err != nil {
		return fmt.Errorf("issue answers: %w", err)
	}
	return nil
}
