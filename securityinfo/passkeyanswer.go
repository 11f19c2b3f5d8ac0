package securityinfo

import (
	"context"
	"errors"
	"fmt"

	"sojourn/accounts"
	"sojourn/internal/db"
	"sojourn/internal/id"
	"sojourn/internal/passkey"
	"sojourn/policies"
)

// ComparePasskey holds an answer against what was asked. The question is used up,
// whatever comes of it. Of an answer that is refused the proof names the account,
// where there is one, for the log. A passkey that nobody has is answered like one
// that is wrong, at the same cost.
func (f *Feature) ComparePasskey(ctx context.Context, a accounts.Asking, sent string) (accounts.PasskeyProof, error) {
	proof := accounts.PasskeyProof{AccountID: a.Account}
	if f.Keys == nil {
		return proof, noKeys()
	}
	if sent == "" {
		return proof, keyMissing()
	}
	kept, answer, err := f.takeQuestion(ctx, a, sent)
	if err != nil {
		return proof, err
	}
	got, err := passkey.Read(answer)
	if err != nil {
		return proof, f.keyRefused(ctx, proof, err)
	}
	key, found, err := accounts.KeyBy(ctx, f.DB, got.ID)
	if err != nil {
		return proof, fmt.Errorf("compare passkey: %w", err)
	}
	if found && (a.Account == "" || a.Account == key.AccountID) {
		proof.AccountID, proof.MethodID, proof.Seen = key.AccountID, key.MethodID, key.Count
	}
	owner, err := f.keyOwner(ctx, f.DB, proof.AccountID)
	if err != nil {
		return proof, fmt.Errorf("compare passkey: %w", err)
	}
	if proof.AccountID == "" {
		owner = passkey.Nobody(got)
	}
	right, err := f.Keys.Check(owner, kept, got)
	if err != nil {
		return proof, f.keyRefused(ctx, proof, err)
	}
	if a.Purpose != accounts.ToTakeSecond {
		if !right.Verified {
			return proof, keyUnverified()
		}
		if err := f.keyAllowed(ctx, proof.AccountID); err != nil {
			return proof, err
		}
	}
	if proof.MethodID == "" { // nobody's, and yet right: that cannot be
		return proof, keyWrong()
	}
	proof.Verified, proof.Next = right.Verified, keyOf(key, right.Credential)
	return proof, nil
}

// takeQuestion burns the question that an answer says it is for.
func (f *Feature) takeQuestion(ctx context.Context, a accounts.Asking, sent string) (kept, answer string, err error) {
	secret, answer, ok := partAnswer(sent)
	if !ok {
		return "", "", keyOver()
	}
	kept, found, err := takeCeremony(ctx, f.DB.Writer(), id.Hash(secret), a, f.DB.Now())
	if err != nil {
		return "", "", fmt.Errorf("compare passkey: %w", err)
	}
	if !found {
		return "", "", keyOver()
	}
	return kept, answer, nil
}

// keyAllowed: where an organization does not allow passkeys, none takes the place of
// a password.
func (f *Feature) keyAllowed(ctx context.Context, accountID string) error {
	asked, err := policies.Of(ctx, f.DB, accountID)
	if err != nil {
		return err
	}
	if !asked.Allows(accounts.Passkey) {
		return keyForbidden()
	}
	return nil
}

// keyRefused tells a person why, as far as it is theirs to know, and the owner of a
// passkey that may have been copied.
func (f *Feature) keyRefused(ctx context.Context, p accounts.PasskeyProof, err error) error {
	switch {
	case errors.Is(err, passkey.ErrCopied):
		f.log().Info("a passkey may have been copied", "account", p.AccountID, "method", p.MethodID)
		if err := f.DB.Tx(ctx, func(tx *db.Tx) error { return f.tellCopied(ctx, tx, p) }); err != nil {
			return fmt.Errorf("compare passkey: %w", err)
		}
		return keyCopied()
	case errors.Is(err, passkey.ErrUnverified):
		return keyUnverified()
	case errors.Is(err, passkey.ErrMoved):
		f.log().Info("a passkey says otherwise than before whether it can be backed up", "account", p.AccountID, "method", p.MethodID)
		return keyMoved()
	case errors.Is(err, passkey.ErrWrong):
		f.log().Info("a passkey was refused", "reason", err)
		return keyWrong()
	}
	return fmt.Errorf("compare passkey: %w", err)
}

// SpendPasskey uses a proof up, in the transaction of the act that it allows.
func (f *Feature) SpendPasskey(ctx context.Context, tx *db.Tx, p accounts.PasskeyProof) error {
	spent, err := accounts.SpendKey(ctx, tx, p)
	if err != nil {
		return fmt.Errorf("spend passkey: %w", err)
	}
	if !spent { // deleted meanwhile, or used elsewhere
		return keyOver()
	}
	return nil
}

// compareKey is Compare for the passkeys of an account: any of them will do.
func (f *Feature) compareKey(ctx context.Context, p accounts.SecondProof, flow, sent string) (accounts.SecondProof, error) {
	key, err := f.ComparePasskey(ctx, accounts.Asking{Purpose: accounts.ToTakeSecond, Bound: flow, Account: p.AccountID}, sent)
	if err != nil {
		return accounts.SecondProof{}, err
	}
	p.Factor.ID, p.Passkey = key.MethodID, &key
	return p, nil
}
