package securityinfo

import (
	"context"

	"sojourn/accounts"
	"sojourn/internal/db"
	"sojourn/internal/fault"
	"sojourn/internal/phone"
	"sojourn/policies"
)

// PhoneOffer is what a page offers on which an administrator adds a telephone, and the
// types of it.
func (f *Feature) PhoneOffer() (Reach, []accounts.MethodType) {
	r := Reach{Ways: []accounts.Way{}, Countries: f.Countries}
	for _, way := range []accounts.Way{accounts.ByText, accounts.ByCall} {
		if f.reach().carries(way) {
			r.Ways = append(r.Ways, way)
		}
	}
	if len(f.Countries) > 0 {
		r.Home = f.Countries[0]
	}
	return r, f.reach().kinds()
}

// GivePhone adds a telephone to an account in place of the one of its type, in the
// transaction of an act of somebody who may. seen is the one they know to be replaced.
func (f *Feature) GivePhone(ctx context.Context, tx *db.Tx, accountID string, in PhoneForm, seen string) (old, fresh accounts.Method, first bool, err error) {
	n, way, err := in.number(f.reach())
	if err != nil {
		return old, fresh, false, err
	}
	list, err := f.mayGive(ctx, tx, accountID, in.Type)
	if err != nil {
		return old, fresh, false, err
	}
	if err := anotherThan(list, in.Type, n); err != nil {
		return old, fresh, false, err
	}
	old = of(list, in.Type)
	if old.ID != seen {
		return old, fresh, false, replaces()
	}
	p := accounts.Phone{MethodID: f.IDs.Random(), Type: in.Type, Number: n.E164, Extension: n.Extension, Way: way}
	if err := accounts.WaitForPhone(ctx, tx, accountID, p); err != nil {
		return old, fresh, false, err
	}
	fresh = accounts.Method{ID: p.MethodID, Type: in.Type, Name: phone.Masked(n.E164)}
	_, _, err = accounts.KeepPhone(ctx, tx, accountID, p, tx.Now())
	return old, fresh, !accounts.HasSecondStep(list), err
}

// GiveEmail adds an address to get back in by, as GivePhone does.
func (f *Feature) GiveEmail(ctx context.Context, tx *db.Tx, accountID, typed, seen string) (old, fresh accounts.Method, err error) {
	list, err := f.mayGive(ctx, tx, accountID, accounts.Email)
	if err != nil {
		return old, fresh, err
	}
	own, err := f.ownAddresses(ctx, tx, accountID)
	if err != nil {
		return old, fresh, err
	}
	old = of(list, accounts.Email)
	address, err := anotherAddress(typed, own, old.Address)
	if err != nil {
		return old, fresh, err
	}
	if old.ID != seen {
		return old, fresh, replaces()
	}
	e := accounts.EmailSetUp{MethodID: f.IDs.Random(), Address: address}
	if err := accounts.WaitForEmail(ctx, tx, accountID, e); err != nil {
		return old, fresh, err
	}
	_, err = accounts.KeepEmail(ctx, tx, accountID, e, tx.Now())
	return old, accounts.Method{ID: e.MethodID, Type: accounts.Email, Name: accounts.MaskedAddress(address), Address: address}, err
}

// mayGive refuses what the organization of an account does not allow it.
func (f *Feature) mayGive(ctx context.Context, tx *db.Tx, accountID string, kind accounts.MethodType) ([]accounts.Method, error) {
	asked, err := policies.Of(ctx, tx, accountID)
	if err != nil {
		return nil, err
	}
	if err := allowed(asked, kind); err != nil {
		return nil, err
	}
	return accounts.MethodsOf(ctx, tx, accountID)
}

// replaces says what is to be said before something is replaced.
func replaces() error {
	return fault.New(fault.Invalid, "replaces", "securityinfo.usermethods.replaces").Field("seen", "securityinfo.usermethods.replaces")
}
