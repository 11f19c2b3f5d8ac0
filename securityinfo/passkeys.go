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

// KeyName is what a new passkey is to be called: as it was typed, and what stood there
// before anything was.
type KeyName struct{ Typed, Suggested string }

// AddPasskey takes the passkey that a browser made for the asker into use, under a
// name. sent is the answer to AskForPasskey.
func (f *Feature) AddPasskey(ctx context.Context, who actor.Actor, portable bool, sent string, called KeyName) (Confirmed, error) {
	name, nameErr := keyName(called.Typed)
	if err := gather("name", nameErr); err != nil {
		return Confirmed{}, err
	}
	made, err := f.madeKey(ctx, who, sent)
	if err != nil {
		return Confirmed{}, f.addRefused(ctx, who, err)
	}
	key := keyOf(accounts.Key{AccountID: who.AccountID}, made)
	name = called.of(name, made.Keeper)
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
func (f *Feature) madeKey(ctx context.Context, who actor.Actor, sent string) (made passkey.Credential, err error) {
	if f.Keys == nil {
		return made, noKeys()
	}
	if err := Fresh(who, f.DB.Now()); err != nil {
		return made, err
	}
	if sent == "" {
		return made, keyMissing()
	}
	kept, answer, err := f.takeQuestion(ctx, adding(who), sent)
	if err != nil {
		return made, err
	}
	owner, err := f.keyOwner(ctx, f.DB, who.AccountID)
	if err != nil {
		return made, fmt.Errorf("add passkey: %w", err)
	}
	made, err = f.Keys.Created(owner, kept, answer)
	switch {
	case errors.Is(err, passkey.ErrUnverified):
		return made, fault.New(fault.Invalid, "passkey_unverified", "securityinfo.passkeys.add.unverified")
	case errors.Is(err, passkey.ErrWrong):
		f.log().Info("a new passkey was refused", "reason", err)
		return made, fault.New(fault.Invalid, "passkey_wrong", "securityinfo.passkeys.add.wrong")
	case err != nil:
		return made, fmt.Errorf("add passkey: %w", err)
	}
	return made, nil
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
