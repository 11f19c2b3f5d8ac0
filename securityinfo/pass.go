package securityinfo

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"

	"sojourn/accounts"
	"sojourn/internal/db"
	"sojourn/internal/fault"
	"sojourn/internal/id"
	"sojourn/policies"
)

// NewPass makes a pass of so many characters: what is shown once, and what is kept.
func (f *Feature) NewPass(ctx context.Context, length int) (text string, kept accounts.Pass, err error) {
	random := make([]byte, min(max(length, MinPass), MaxPass))
	rand.Read(random)
	text = passText(random)
	hashed, err := f.Hasher.Hash(ctx, text)
	if err != nil {
		return "", accounts.Pass{}, fmt.Errorf("temporary access pass: %w", err)
	}
	return text, accounts.Pass{MethodID: f.IDs.Random(), Hash: hashed.Hash, Pepper: hashed.Pepper}, nil
}

// ComparePass says whether a pass is right, and counts a wrong one: for each browser in
// which the account has been signed in by itself, for all others together. account "" is
// nobody: then name counts in its stead, at the same cost. browser is "" for those in
// which the account has not been signed in.
func (f *Feature) ComparePass(ctx context.Context, account, name, browser, typed string) (accounts.PassProof, error) {
	none := accounts.PassProof{}
	text, err := typedPass(typed)
	if err != nil {
		return none, err
	}
	p, found, err := accounts.PassOf(ctx, f.DB, account, f.DB.Now())
	if err != nil {
		return none, fmt.Errorf("compare pass: %w", err)
	}
	asked, err := policies.Of(ctx, f.DB, account)
	if err != nil {
		return none, fmt.Errorf("compare pass: %w", err)
	}
	stored := accounts.Password{Hash: p.Hash, Pepper: p.Pepper} // nobody's where there is none
	ok, n, err := f.try(ctx, passCounter(account, name, browser), passWords, func() (bool, error) {
		right, err := f.Hasher.Verify(ctx, text, stored)
		return right && found && asked.Allows(accounts.AccessPass), err
	})
	switch {
	case err != nil:
		return none, fmt.Errorf("compare pass: %w", err)
	case !ok:
		return none, wrong(n, passWords)
	}
	return accounts.PassProof{AccountID: account, MethodID: p.MethodID, Until: p.ExpiresAt}, nil
}

// passCounter counts wrong passes: of an account whether it has one or not, so that
// counting does not tell, and of nobody by the name that was typed.
func passCounter(account, name, browser string) string {
	switch {
	case account == "":
		return "pass:" + hex.EncodeToString(id.Hash(accounts.Fold(name)))
	case browser == "":
		return "pass:" + account
	}
	return "pass:" + account + ":" + browser
}

// ForgetPassTries lets the tries of an account begin afresh, in the transaction that
// gives it a new pass.
func (f *Feature) ForgetPassTries(ctx context.Context, tx *db.Tx, accountID string) error {
	own := passCounter(accountID, "", "")
	if err := first(clearTries(ctx, tx, own), clearTriesIn(ctx, tx, accountID, own+":")); err != nil {
		return fmt.Errorf("temporary access pass: %w", err)
	}
	return nil
}

// SpendPass uses a pass, in the transaction of the act that it allows.
func (f *Feature) SpendPass(ctx context.Context, tx *db.Tx, p accounts.PassProof) error {
	spent, err := accounts.SpendPass(ctx, tx, p.AccountID, p.MethodID)
	if err != nil {
		return fmt.Errorf("spend pass: %w", err)
	}
	if !spent {
		return fault.New(fault.Conflict, "pass_used", "securityinfo.pass.used")
	}
	return nil
}
