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
	"sojourn/policies"
)

// alteration is a change of how somebody proves who they are.
type alteration struct {
	Entry  audit.Entry
	Method accounts.Method // that was added, removed or chosen
	Words  *texts          // of the letter about it
	Old    string          // an address that was told of so far, and is told this too
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
		asked, err := policies.Of(ctx, tx, who.AccountID)
		if err != nil {
			return err
		}
		m := a.Method
		if err := a.suits(asked, list, m); err != nil {
			return err
		}
		if err := do(tx, list, &m); err != nil {
			return err
		}
		if a.Entry.Act == "method.add" && m.Type.IsSecond() {
			if err := f.armed(ctx, tx, who, list, m); err != nil {
				return err
			}
		}
		row := a.Entry
		row.Other, row.Details = m.ID, audit.Details{"method": string(m.Type)}
		if err := audit.Record(ctx, tx, who, row); err != nil {
			return err
		}
		return f.tellAltered(ctx, tx, who, h, a, m)
	})
	if err != nil {
		a.Entry.Other = a.Method.ID
		return audit.Refused(ctx, f.DB, who, a.Entry, err)
	}
	return nil
}

// armed is what a new second factor means for sessions: this one has shown it, and
// where it is the first, a proof by the password alone is too weak from now on.
func (f *Feature) armed(ctx context.Context, tx *db.Tx, who actor.Actor, before []accounts.Method, m accounts.Method) error {
	if err := f.Registering.Took(ctx, tx, who, m.Type); err != nil {
		return err
	}
	if accounts.HasSecondStep(before) {
		return nil
	}
	return f.Sessions.Unprove(ctx, tx, who.AccountID, who.SessionID)
}

// suits says whether the organization of a person lets them change a method so.
func (a alteration) suits(asked policies.Asked, list []accounts.Method, m accounts.Method) error {
	switch a.Entry.Act {
	case "method.add", "method.change":
		return allowed(asked, m.Type)
	case "method.remove":
		for _, one := range list {
			if one.ID == m.ID {
				return mayRemove(asked, list, one)
			}
		}
	}
	return nil
}

// mayBegin asks what every set-up asks before it begins: a fresh proof, and that the
// organization allows the method.
func (f *Feature) mayBegin(ctx context.Context, tx *db.Tx, who actor.Actor, t accounts.MethodType) error {
	if err := Fresh(who, tx.Now()); err != nil {
		return err
	}
	asked, err := policies.Of(ctx, tx, who.AccountID)
	if err != nil {
		return err
	}
	return allowed(asked, t)
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
