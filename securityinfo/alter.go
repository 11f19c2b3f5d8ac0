package securityinfo

import (
	"context"
	"fmt"
	"time"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
)

// alteration is a change of how somebody proves who they are.
type alteration struct {
	Entry  audit.Entry
	Method accounts.Method // that was added, removed or chosen
	Words  *texts          // of the letter about it
}

// alter is the way of every verb that changes methods: a fresh proof, the change,
// its row in the audit log and its letter, all or nothing. do gets the methods as
// they stand and fills in what it changed.
func (f *Feature) alter(ctx context.Context, who actor.Actor, a alteration, do func(*db.Tx, []accounts.Method, *accounts.Method) error) error {
	h, err := f.person(ctx, f.DB, who)
	if err != nil {
		return err
	}
	if err := Fresh(who, f.DB.Now()); err != nil {
		return err
	}
	a.Entry.Tenant, a.Entry.Target = h.Tenant, h.target()
	if h.Tenant != "" {
		who = who.In(h.Tenant, h.HomeUser)
	}
	err = f.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := Fresh(who, tx.Now()); err != nil {
			return err
		}
		list, err := accounts.MethodsOf(ctx, tx, who.AccountID)
		if err != nil {
			return err
		}
		m := a.Method
		if err := do(tx, list, &m); err != nil {
			return err
		}
		row := a.Entry
		row.Other, row.Details = m.ID, audit.Details{"method": string(m.Type)}
		if err := audit.Record(ctx, tx, who, row); err != nil {
			return err
		}
		return f.tellAltered(ctx, tx, who, h, a.Words, m)
	})
	if err != nil {
		a.Entry.Other = a.Method.ID
		return audit.Refused(ctx, f.DB, who, a.Entry, err)
	}
	return nil
}

// person is who acts on their own account.
func (f *Feature) person(ctx context.Context, c db.Conn, who actor.Actor) (holder, error) {
	h, found, err := holderOf(ctx, c, who.AccountID)
	if err != nil {
		return holder{}, fmt.Errorf("security info: %w", err)
	}
	if !found || who.Kind != actor.Person || h.State != accounts.Active {
		return holder{}, fault.Missing()
	}
	return h, nil
}

// Fresh asks for the proof of a moment ago that every change of methods needs.
func Fresh(who actor.Actor, now time.Time) error {
	if who.Proved(now) {
		return nil
	}
	return fault.New(fault.Proof, "proof_needed", "ui.error.proof.title")
}
