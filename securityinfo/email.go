package securityinfo

import (
	"context"
	"fmt"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
	"sojourn/internal/outbox"
)

// mails says whether mail goes out.
func (f *Feature) mails() bool { return f.Delivers == nil || f.Delivers(outbox.ByMail) }

// Email is the asker's address to get back in by, the zero Method if there is none.
func (f *Feature) Email(ctx context.Context, who actor.Actor) (accounts.Method, error) {
	if _, err := f.mayHelp(ctx, f.DB, who, accounts.Email); err != nil {
		return accounts.Method{}, err
	}
	if !f.mails() {
		return accounts.Method{}, fault.Missing()
	}
	if err := Fresh(who, f.DB.Now()); err != nil {
		return accounts.Method{}, err
	}
	list, err := accounts.MethodsOf(ctx, f.DB, who.AccountID)
	if err != nil {
		return accounts.Method{}, fmt.Errorf("email: %w", err)
	}
	return of(list, accounts.Email), nil
}

// BeginEmail notes an address that is to be added, or to take the place of the one
// there is, and sends a code there. It waits, for as long as SetUpTime, until the code
// proves that its person reads it. Nothing has changed until then, so nobody is told.
func (f *Feature) BeginEmail(ctx context.Context, who actor.Actor, typed string) error {
	now, err := f.Email(ctx, who)
	if err != nil {
		return err
	}
	own, err := f.ownAddresses(ctx, f.DB, who.AccountID)
	if err != nil {
		return fmt.Errorf("begin email: %w", err)
	}
	address, err := anotherAddress(typed, own, now.Address)
	if err != nil {
		return err
	}
	if err := f.mayStillTry(ctx, who.AccountID, setUpOf(accounts.Email), setUpWords); err != nil {
		return err
	}
	try, err := f.Tries.Enter(who.Address) // a letter goes to whoever is named
	if err != nil {
		return err
	}
	defer try.Done(false)
	e := accounts.EmailSetUp{MethodID: f.IDs.Random(), Address: address}
	err = f.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := Fresh(who, tx.Now()); err != nil {
			return err
		}
		if err := accounts.WaitForEmail(ctx, tx, who.AccountID, e); err != nil {
			return err
		}
		return f.mailSetUp(ctx, tx, who.AccountID, e)
	})
	if err != nil {
		return fmt.Errorf("begin email: %w", err)
	}
	return nil
}

// ownAddresses are those that an account signs in with.
func (f *Feature) ownAddresses(ctx context.Context, c db.Conn, accountID string) (out []string, err error) {
	h, _, err := holderOf(ctx, c, accountID)
	if err != nil {
		return nil, err
	}
	list, err := accounts.IdentitiesOf(ctx, c, accountID)
	for _, one := range list {
		out = append(out, one.Address)
	}
	return append(out, h.Address), err
}

func (f *Feature) mailSetUp(ctx context.Context, tx *db.Tx, accountID string, e accounts.EmailSetUp) error {
	h, found, err := holderOf(ctx, tx, accountID)
	if err != nil || !found {
		return err
	}
	_, err = f.mailCode(ctx, tx, h, mailed{MethodID: e.MethodID, Address: e.Address, MadeFor: setUp, Words: &verifyTexts})
	return err
}

// SettingUpEmail reads what the asker is setting up.
func (f *Feature) SettingUpEmail(ctx context.Context, who actor.Actor) (accounts.EmailSetUp, error) {
	return f.waitingEmail(ctx, f.DB, who)
}

func (f *Feature) waitingEmail(ctx context.Context, c db.Conn, who actor.Actor) (accounts.EmailSetUp, error) {
	if _, err := f.mayHelp(ctx, c, who, accounts.Email); err != nil {
		return accounts.EmailSetUp{}, err
	}
	if err := Fresh(who, c.Now()); err != nil {
		return accounts.EmailSetUp{}, err
	}
	e, found, err := accounts.WaitingEmail(ctx, c, who.AccountID, c.Now().Add(-SetUpTime))
	if err != nil {
		return accounts.EmailSetUp{}, fmt.Errorf("set up email: %w", err)
	}
	if !found {
		return accounts.EmailSetUp{}, setUpOver()
	}
	return e, nil
}

// SendEmailAgain sends another code to the address that is being set up.
func (f *Feature) SendEmailAgain(ctx context.Context, who actor.Actor) error {
	if err := f.mayStillTry(ctx, who.AccountID, setUpOf(accounts.Email), setUpWords); err != nil {
		return err
	}
	try, err := f.Tries.Enter(who.Address)
	if err != nil {
		return err
	}
	defer try.Done(false)
	return f.DB.Tx(ctx, func(tx *db.Tx) error {
		e, err := f.waitingEmail(ctx, tx, who)
		if err != nil {
			return err
		}
		return f.mailSetUp(ctx, tx, who.AccountID, e)
	})
}

// ConfirmEmail takes an address into use whose code was typed, in place of the one
// there was. The code is used up.
func (f *Feature) ConfirmEmail(ctx context.Context, who actor.Actor, methodID, typed string) (Confirmed, error) {
	e, err := f.waitingEmail(ctx, f.DB, who)
	if err == nil && e.MethodID != methodID {
		err = setUpOver()
	}
	if err != nil {
		return Confirmed{}, err
	}
	codeID, err := f.firstSent(ctx, who, accounts.Phone{MethodID: e.MethodID, Type: accounts.Email}, typed)
	if err := gather("code", err); err != nil {
		return Confirmed{}, err
	}
	list, err := accounts.MethodsOf(ctx, f.DB, who.AccountID)
	if err != nil {
		return Confirmed{}, fmt.Errorf("confirm email: %w", err)
	}
	old := of(list, accounts.Email)
	out := Confirmed{Replaced: old.ID != ""}
	m := accounts.Method{ID: methodID, Type: accounts.Email, Name: accounts.MaskedAddress(e.Address), Address: e.Address}
	a := alteration{Entry: audit.Entry{Act: "method.add"}, Method: m, Words: &addedTexts}
	if out.Replaced {
		a.Entry.Act, a.Words, a.Old = "method.change", &addressTexts, old.Address
	}
	err = f.alter(ctx, who, a, func(tx *db.Tx, list []accounts.Method, _ *accounts.Method) error {
		spent, err := accounts.SpendSentCode(ctx, tx, who.AccountID, methodID, codeID)
		if err != nil {
			return err
		}
		kept, err := accounts.KeepEmail(ctx, tx, who.AccountID, e, tx.Now().Add(-SetUpTime))
		if err == nil && (!spent || !kept || of(list, accounts.Email).ID != old.ID) {
			err = setUpOver()
		}
		return err
	})
	if err != nil {
		return Confirmed{}, fmt.Errorf("confirm email: %w", err)
	}
	return out, nil
}

// Deleting is the method that the asker is about to delete, for the page that asks.
func (f *Feature) Deleting(ctx context.Context, who actor.Actor, kind accounts.MethodType) (accounts.Method, error) {
	list, err := accounts.MethodsOf(ctx, f.DB, who.AccountID)
	if err != nil {
		return accounts.Method{}, fmt.Errorf("security info: %w", err)
	}
	m := of(list, kind)
	if m.ID == "" {
		return m, fault.Missing()
	}
	return m, Fresh(who, f.DB.Now())
}
