package usermethods

import (
	"context"
	"fmt"

	"sojourn/accounts"
	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
	"sojourn/securityinfo"
)

// person is whose methods are changed, with the home that owns the account.
type person struct {
	accounts.Account
	home   directory.Tenant // zero for an account of its own
	userID string           // in the home
}

// target is what the audit log calls them.
func (p person) target() string {
	if p.userID != "" {
		return p.userID
	}
	return p.ID
}

// on is the way of every verb on a member: the right and the rank of this moment,
// whose account it is, a fresh proof, the change with its row and its letter, all
// or nothing.
func (f *Feature) on(ctx context.Context, who actor.Actor, entry audit.Entry, verb func(tx *db.Tx, p person) error) error {
	return f.onAny(ctx, who, entry, mayChange, verb)
}

// onAny is on, for people whom may lets it be.
func (f *Feature) onAny(ctx context.Context, who actor.Actor, entry audit.Entry, may func(home, self bool, name string) error, verb func(tx *db.Tx, p person) error) error {
	err := f.DB.Tx(ctx, func(tx *db.Tx) error {
		t, u, err := directory.AdmitOn(ctx, tx, who, entry.Tenant, entry.Target, directory.ManageMethods)
		if err != nil {
			return err
		}
		home, err := directory.OwnsAccount(ctx, tx, u)
		if err != nil {
			return err
		}
		if err := may(home, isSelf(who, u), u.DisplayName); err != nil {
			return err
		}
		if who.Kind == actor.Administrator {
			if err := securityinfo.Fresh(who, tx.Now()); err != nil {
				return err
			}
		}
		account, found, err := accounts.Get(ctx, tx, u.AccountID)
		if err != nil {
			return err
		}
		if !found {
			return fault.Missing()
		}
		return verb(tx, person{Account: account, home: t, userID: u.ID})
	})
	if err != nil {
		return audit.Refused(ctx, f.DB, who, entry, fmt.Errorf("%s: %w", entry.Act, err))
	}
	return nil
}

func isSelf(who actor.Actor, u directory.User) bool {
	return who.Kind == actor.Administrator && who.AccountID == u.AccountID
}
