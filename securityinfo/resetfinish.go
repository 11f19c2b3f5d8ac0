package securityinfo

import (
	"context"
	"fmt"

	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
)

// MayFinish is whose password is to be set, and how long it has to be at least.
func (f *Feature) MayFinish(ctx context.Context, secret, browser string) (address string, least int, err error) {
	r, h, err := f.finishing(ctx, secret, browser)
	if err != nil {
		return "", 0, err
	}
	d, err := f.demanded(ctx, r.account)
	return h.Address, d.length(), err
}

// finishing is a reset of which everything was proved, and whose it is.
func (f *Feature) finishing(ctx context.Context, secret, browser string) (Reset, holder, error) {
	r, err := f.Reset(ctx, secret, browser)
	if err != nil {
		return r, holder{}, err
	}
	h, found, err := holderOf(ctx, f.DB, r.account)
	if err != nil {
		return r, holder{}, fmt.Errorf("finish reset: %w", err)
	}
	if !r.Proved() || !found {
		return r, holder{}, resetOver()
	}
	return r, h, nil
}

// FinishReset sets the new password and ends every session. No second factor is
// removed, and it is asked for at the next sign-in as ever. What was proved must still
// be enough, and the password the one that was forgotten.
func (f *Feature) FinishReset(ctx context.Context, who actor.Actor, secret, browser, password string) error {
	r, h, err := f.finishing(ctx, secret, browser)
	if err != nil {
		return err
	}
	demand, err := f.demanded(ctx, r.account)
	if err != nil {
		return fmt.Errorf("finish reset: %w", err)
	}
	if err := gather("new", suitable(password, demand, h.Name, h.Organization, h.Address)); err != nil {
		return err
	}
	hashed, err := f.hash(ctx, who, password)
	if err != nil {
		return fmt.Errorf("finish reset: %w", err)
	}
	by := actor.Actor{Kind: actor.Person, AccountID: r.account, Name: h.Name, Address: who.Address, Agent: who.Agent}
	if h.Tenant != "" { // a tenant never learns an account's id
		by = by.In(h.Tenant, h.HomeUser)
	}
	entry := audit.Entry{
		Tenant: h.Tenant, Act: "password.reset", Target: h.target(), Account: h.Account, Private: audit.Details{"method": joined(r.proved)},
	}
	err = f.DB.Tx(ctx, func(tx *db.Tx) error {
		burnt, err := burnReset(ctx, tx, r)
		if err != nil {
			return err
		}
		c, err := f.claimant(ctx, tx, r.account)
		if err != nil {
			return err
		}
		if !burnt || !c.through(r.proved) {
			return resetOver()
		}
		if err := f.replace(ctx, tx, r.account, r.version, hashed, ""); err != nil {
			return err
		}
		if err := f.tellReset(ctx, tx, by, h, c, r); err != nil {
			return err
		}
		return audit.Record(ctx, tx, by, entry)
	})
	if err != nil {
		return audit.Refused(ctx, f.DB, by, entry, fmt.Errorf("finish reset: %w", err))
	}
	return nil
}
