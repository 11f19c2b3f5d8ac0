package securityinfo

import (
	"context"
	"errors"
	"fmt"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
	"sojourn/internal/passkey"
)

// AddPasskey takes the passkey that a browser made for the asker into use, under a
// name. sent is the answer to AskForPasskey.
func (f *Feature) AddPasskey(ctx context.Context, who actor.Actor, portable bool, sent, name string) (Confirmed, error) {
	name, nameErr := keyName(name)
	if err := gather("name", nameErr); err != nil {
		return Confirmed{}, err
	}
	key, err := f.madeKey(ctx, who, sent)
	if err != nil {
		return Confirmed{}, f.addRefused(ctx, who, err)
	}
	key.MethodID, key.Portable = f.IDs.Random(), portable
	var out Confirmed
	err = f.alter(ctx, who, alteration{
		Entry:  audit.Entry{Act: "method.add"},
		Method: accounts.Method{ID: key.MethodID, Type: accounts.Passkey, Name: name, Portable: portable},
		Words:  &addedTexts,
	}, func(tx *db.Tx, list []accounts.Method, _ *accounts.Method) error {
		out.First = !accounts.HasSecondStep(list)
		if err := mayAddKey(list); err != nil {
			return err
		}
		kept, err := accounts.KeepKey(ctx, tx, key, name)
		if err == nil && !kept {
			err = fault.New(fault.Conflict, "passkey_known", "securityinfo.passkeys.known")
		}
		return err
	})
	if err != nil {
		return Confirmed{}, fmt.Errorf("add passkey: %w", err)
	}
	return out, nil
}

// madeKey checks what the browser made.
func (f *Feature) madeKey(ctx context.Context, who actor.Actor, sent string) (accounts.Key, error) {
	if f.Keys == nil {
		return accounts.Key{}, noKeys()
	}
	if err := Fresh(who, f.DB.Now()); err != nil {
		return accounts.Key{}, err
	}
	if sent == "" {
		return accounts.Key{}, keyMissing()
	}
	kept, answer, err := f.takeQuestion(ctx, adding(who), sent)
	if err != nil {
		return accounts.Key{}, err
	}
	owner, err := f.keyOwner(ctx, f.DB, who.AccountID)
	if err != nil {
		return accounts.Key{}, fmt.Errorf("add passkey: %w", err)
	}
	made, err := f.Keys.Created(owner, kept, answer)
	switch {
	case errors.Is(err, passkey.ErrUnverified):
		return accounts.Key{}, fault.New(fault.Invalid, "passkey_unverified", "securityinfo.passkeys.add.unverified")
	case errors.Is(err, passkey.ErrWrong):
		f.log().Info("a new passkey was refused", "reason", err)
		return accounts.Key{}, fault.New(fault.Invalid, "passkey_wrong", "securityinfo.passkeys.add.wrong")
	case err != nil:
		return accounts.Key{}, fmt.Errorf("add passkey: %w", err)
	}
	return keyOf(accounts.Key{AccountID: who.AccountID}, made), nil
}

// addRefused writes down that a browser sent something that is no passkey of this
// portal: forms filled in wrongly are not written down, but this is none.
func (f *Feature) addRefused(ctx context.Context, who actor.Actor, err error) error {
	why, ok := fault.Of(err)
	if !ok || why.Kind != fault.Invalid || why.Code == "passkey_missing" {
		return err
	}
	h, readErr := f.person(ctx, f.DB, who)
	if readErr != nil {
		return readErr
	}
	entry := audit.Entry{Tenant: h.Tenant, Act: "method.add", Target: h.target(), Details: audit.Details{"method": string(accounts.Passkey)}}
	if h.Tenant != "" {
		who = who.In(h.Tenant, h.HomeUser)
	}
	row := fault.New(fault.Forbidden, why.Code, why.Key)
	if failed := audit.Refused(ctx, f.DB, who, entry, row); failed != error(row) {
		return fmt.Errorf("audit a refused passkey: %w", failed)
	}
	return err
}

// RemovePasskey deletes a passkey of the asker. What the device or the security key
// holds stays there, and opens nothing any more.
func (f *Feature) RemovePasskey(ctx context.Context, who actor.Actor, methodID string) error {
	err := f.alter(ctx, who, alteration{
		Entry: audit.Entry{Act: "method.remove"}, Method: accounts.Method{ID: methodID}, Words: &removedTexts,
	}, func(tx *db.Tx, list []accounts.Method, m *accounts.Method) error {
		for _, one := range list {
			if one.ID == methodID && one.Type == accounts.Passkey {
				*m = one
			}
		}
		if m.Type != accounts.Passkey {
			return fault.Missing()
		}
		_, has, err := accounts.PasswordOf(ctx, tx, who.AccountID)
		if err != nil {
			return err
		}
		if err := mayRemoveKey(list, methodID, has); err != nil {
			return err
		}
		_, err = accounts.Forget(ctx, tx, who.AccountID, methodID)
		return err
	})
	if err != nil {
		return fmt.Errorf("remove passkey: %w", err)
	}
	return nil
}

// NamePasskey gives a passkey of the asker another name. That changes nothing about
// how they sign in, so nobody is told.
func (f *Feature) NamePasskey(ctx context.Context, who actor.Actor, methodID, typed string) error {
	h, err := f.person(ctx, f.DB, who)
	if err != nil {
		return err
	}
	name, nameErr := keyName(typed)
	if err := gather("name", nameErr); err != nil {
		return err
	}
	entry := audit.Entry{Tenant: h.Tenant, Act: "method.name", Target: h.target(), Other: methodID, Details: audit.Details{"method": string(accounts.Passkey)}}
	if h.Tenant != "" {
		who = who.In(h.Tenant, h.HomeUser)
	}
	err = f.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := Fresh(who, tx.Now()); err != nil {
			return err
		}
		named, err := accounts.NameKey(ctx, tx, who.AccountID, methodID, name)
		if err == nil && !named {
			err = fault.Missing()
		}
		if err != nil {
			return err
		}
		return audit.Record(ctx, tx, who, entry)
	})
	if err != nil {
		return audit.Refused(ctx, f.DB, who, entry, fmt.Errorf("name passkey: %w", err))
	}
	return nil
}
