package securityinfo

import (
	"context"
	"fmt"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
	"sojourn/internal/id"
)

// Redeem sets the password that a link is for and burns the link. All sessions
// of the account end, and all its other links die. name is asked of who gets an
// account by an invitation, and ignored otherwise. who carries where the request
// comes from; that it acts for the account is what the link proves.
func (f *Feature) Redeem(ctx context.Context, who actor.Actor, token, name, password, language string) (Welcome, error) {
	w, l, err := f.look(ctx, f.DB, token)
	if err != nil || w.SignIn {
		return w, err
	}
	demand, err := demandOf(ctx, f.DB, l.Account)
	if err != nil {
		return w, fmt.Errorf("redeem link: %w", err)
	}
	if w.Purpose == InvitationLink {
		w.Name, err = accounts.PersonName(name)
	}
	if err := gather("name", err, "new", suitable(password, demand, w.Name, w.Organization, w.Address)); err != nil {
		return w, err
	}
	hashed, err := f.hash(ctx, who, password)
	if err != nil {
		return w, fmt.Errorf("redeem link: %w", err)
	}
	by := actor.Actor{Kind: actor.Person, AccountID: l.Account, Name: w.Name, Address: who.Address, Agent: who.Agent}
	err = f.DB.Tx(ctx, func(tx *db.Tx) error {
		burnt, found, err := burnLink(ctx, tx, id.Hash(token))
		if err != nil {
			return err
		}
		if !found || burnt.ID != l.ID {
			return gone()
		}
		now, err := welcome(ctx, tx, burnt)
		if err != nil {
			return err
		}
		if now.SignIn { // the address got an account meanwhile
			return fault.New(fault.Conflict, "has_account", "securityinfo.waiting.title")
		}
		if burnt.Purpose == InvitationLink {
			return f.join(ctx, tx, by, w, hashed, language)
		}
		return f.setByLink(ctx, tx, by, burnt, hashed)
	})
	if fault.Is(err, "has_account") {
		w.SignIn = true
		return w, nil
	}
	if err != nil {
		return w, fmt.Errorf("redeem link: %w", err)
	}
	return w, nil
}

// hash hashes a new password, if the source of the request has not had too many
// hashed.
func (f *Feature) hash(ctx context.Context, who actor.Actor, password string) (accounts.Password, error) {
	try, err := f.Tries.Enter(who.Address)
	if err != nil {
		return accounts.Password{}, err
	}
	defer try.Done(false)
	return f.Hasher.Hash(ctx, password)
}

func (f *Feature) setByLink(ctx context.Context, tx *db.Tx, by actor.Actor, l link, hashed accounts.Password) error {
	old, has, err := accounts.PasswordOf(ctx, tx, l.Account)
	if err != nil {
		return err
	}
	if err := f.replace(ctx, tx, l.Account, old.Version, hashed, ""); err != nil {
		return err
	}
	h, _, err := holderOf(ctx, tx, l.Account)
	if err != nil {
		return err
	}
	if err := audit.Record(ctx, tx, by.In(h.Tenant, h.HomeUser), audit.Entry{Tenant: h.Tenant, Act: "password.set", Target: h.target(), Other: l.ID}); err != nil {
		return err
	}
	return f.tellChanged(ctx, tx, h, old.Version+1, !has)
}

// replace stores a new hash at the version it was decided on, and ends what the
// old password opened: links, and all sessions but one.
func (f *Feature) replace(ctx context.Context, tx *db.Tx, accountID string, seen int, hashed accounts.Password, exceptSession string) error {
	ok, err := accounts.SetPassword(ctx, tx, f.IDs, accountID, seen, hashed)
	if err != nil {
		return err
	}
	if !ok {
		return fault.New(fault.Conflict, "password_changed", "securityinfo.change.conflict.title")
	}
	if err := f.KillPasswordLinks(ctx, tx, accountID); err != nil {
		return err
	}
	return f.Sessions.EndAll(ctx, tx, accountID, exceptSession, "password_changed")
}

// join makes the account of an invited mailbox: the link came by it, so the
// address is theirs.
func (f *Feature) join(ctx context.Context, tx *db.Tx, by actor.Actor, w Welcome, hashed accounts.Password, language string) error {
	a, err := accounts.Create(ctx, tx, f.IDs, accounts.New{
		Name: w.Name, Address: w.Address, Type: accounts.Mailbox, Issuer: accounts.MailIssuer, Language: language,
	})
	if err != nil {
		return err
	}
	if err := f.replace(ctx, tx, a.ID, 0, hashed, ""); err != nil {
		return err
	}
	by.AccountID = a.ID
	return audit.Record(ctx, tx, by, audit.Entry{Act: "account.create", Target: a.ID})
}

// gather joins the faults of several inputs into one, so that all are told at
// once; an error that is no fault wins.
func gather(pairs ...any) error {
	all := fault.New(fault.Invalid, "invalid", "securityinfo.invalid.title")
	for i := 0; i+1 < len(pairs); i += 2 {
		err, _ := pairs[i+1].(error)
		if err == nil {
			continue
		}
		f, ok := fault.Of(err)
		if !ok {
			return err
		}
		all.Field(pairs[i].(string), f.Key, f.Args...)
	}
	return all.ErrOrNil()
}
