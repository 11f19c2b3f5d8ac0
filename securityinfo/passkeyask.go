package securityinfo

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/fault"
	"sojourn/internal/id"
	"sojourn/internal/passkey"
)

// Passkeys says whether this portal can have any.
func (f *Feature) Passkeys() bool { return f.Keys != nil }

// asked is a question as it goes to the browser: what comes back is the ceremony, a
// full stop and the answer.
type asked struct {
	Ceremony  string          `json:"ceremony"`
	PublicKey json.RawMessage `json:"publicKey"`
}

// AskPasskey asks a passkey: whichever the browser has, to sign in, else one of the
// account's. The answer is good once, for what it was asked, within five minutes.
func (f *Feature) AskPasskey(ctx context.Context, a accounts.Asking) ([]byte, error) {
	if f.Keys == nil {
		return nil, noKeys()
	}
	if a.Account == "" {
		q, err := f.Keys.Anybody()
		if err != nil {
			return nil, err
		}
		return f.keepQuestion(ctx, a, q)
	}
	o, err := f.keyOwner(ctx, f.DB, a.Account)
	if err != nil {
		return nil, fmt.Errorf("ask a passkey: %w", err)
	}
	if len(o.Keys) == 0 { // deleted meanwhile
		return nil, fault.New(fault.Conflict, "factor_gone", "securityinfo.second.gone")
	}
	q, err := f.Keys.Ask(o, a.Purpose == accounts.ToProveAfresh)
	if err != nil {
		return nil, err
	}
	return f.keepQuestion(ctx, a, q)
}

// AskForPasskey asks the browser for a new passkey of the asker, or for a security
// key.
func (f *Feature) AskForPasskey(ctx context.Context, who actor.Actor, portable bool, name string) ([]byte, error) {
	if f.Keys == nil {
		return nil, noKeys()
	}
	if _, err := keyName(name); err != nil {
		return nil, err
	}
	h, err := f.person(ctx, f.DB, who)
	if err != nil {
		return nil, err
	}
	err = f.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := f.mayBegin(ctx, tx, who, accounts.Passkey); err != nil {
			return err
		}
		list, err := accounts.MethodsOf(ctx, tx, who.AccountID)
		if err != nil {
			return err
		}
		return mayAddKey(list)
	})
	if err != nil {
		return nil, fmt.Errorf("ask for a passkey: %w", err)
	}
	random := make([]byte, passkey.HandleSize)
	rand.Read(random)
	handle, err := accounts.HandleOf(ctx, f.DB, h.Account, random)
	if err != nil {
		return nil, fmt.Errorf("ask for a passkey: %w", err)
	}
	keys, err := accounts.KeysOf(ctx, f.DB, h.Account)
	if err != nil {
		return nil, fmt.Errorf("ask for a passkey: %w", err)
	}
	q, err := f.Keys.Create(ownerOf(h, handle, keys), portable)
	if err != nil {
		return nil, err
	}
	return f.keepQuestion(ctx, adding(who), q)
}

// adding is what a new passkey is asked for: by one session, for one account.
func adding(who actor.Actor) accounts.Asking {
	return accounts.Asking{Purpose: accounts.ToAddPasskey, Bound: who.SessionID, Account: who.AccountID}
}

// keyOwner is an account with its passkeys.
func (f *Feature) keyOwner(ctx context.Context, c db.Conn, accountID string) (passkey.Owner, error) {
	h, found, err := holderOf(ctx, c, accountID)
	if err != nil || !found {
		return passkey.Owner{}, err
	}
	handle, _, err := accounts.KeyHandle(ctx, c, accountID)
	if err != nil {
		return passkey.Owner{}, err
	}
	keys, err := accounts.KeysOf(ctx, c, accountID)
	return ownerOf(h, handle, keys), err
}

func (f *Feature) keepQuestion(ctx context.Context, a accounts.Asking, q passkey.Question) ([]byte, error) {
	secret, now := f.IDs.Secret(), f.DB.Now()
	if err := insertCeremony(ctx, f.DB, id.Hash(secret), a, q.Kept, now, now.Add(passkey.Life)); err != nil {
		return nil, fmt.Errorf("ask a passkey: %w", err)
	}
	out, err := json.Marshal(asked{Ceremony: secret, PublicKey: q.Options})
	if err != nil {
		return nil, fmt.Errorf("ask a passkey: %w", err)
	}
	return out, nil
}
