package securityinfo

import (
	"context"
	"fmt"
	"time"

	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/caps"
	"sojourn/internal/db"
)

// AskHelp brings the wish of somebody who cannot get back in to the administrators of
// the organization that the name belongs to, once a day for a person. Whether there is
// anybody of that name is not told.
func (f *Feature) AskHelp(ctx context.Context, who actor.Actor, secret, browser string) error {
	r, err := f.Reset(ctx, secret, browser)
	if err != nil {
		return err
	}
	if r.Helpdesk != "" || !r.Relays { // the page says who helps
		return resetOver()
	}
	try, err := f.Tries.Enter(who.Address)
	if err != nil {
		return err
	}
	defer try.Done(false)
	err = f.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := touchReset(ctx, tx, r); err != nil {
			return err
		}
		h, found, err := holderOf(ctx, tx, r.account)
		if err != nil || !found || h.Tenant == "" {
			return err
		}
		c, err := f.claimant(ctx, tx, r.account)
		if err != nil {
			return err
		}
		_, within, err := caps.Count(ctx, tx, caps.Cap{Counter: "reset-help:" + h.Account, Most: 1, Window: 24 * time.Hour}, caps.Cap{Counter: "reset-help-tenant:" + h.Tenant, Most: 20})
		if err != nil || !within {
			return err
		}
		role, err := whoHelps(ctx, tx, h, c)
		if err != nil {
			return err
		}
		if err := f.tellOfficials(ctx, tx, h, role, resetHelpTexts, f.resetFactsOf(tx, h)); err != nil {
			return err
		}
		nobody := actor.SystemActor()
		nobody.Address, nobody.Agent = who.Address, who.Agent
		return audit.Record(ctx, tx, nobody, audit.Entry{Tenant: h.Tenant, Act: "password.help", Target: h.target()})
	})
	if err != nil {
		return fmt.Errorf("ask for help: %w", err)
	}
	return nil
}

// whoHelps is the role of those who can help: nobody helps who has a higher role than
// theirs.
func whoHelps(ctx context.Context, tx *db.Tx, h holder, c claimant) (string, error) {
	const lower, higher = "UserAdministrator", "GlobalAdministrator"
	if c.Asked.Administrator {
		return higher, nil
	}
	list, err := officials(ctx, tx, h.Tenant, lower, 1)
	if err != nil || len(list) == 0 {
		return higher, err
	}
	return lower, nil
}
