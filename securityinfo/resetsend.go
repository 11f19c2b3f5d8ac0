package securityinfo

import (
	"context"
	"fmt"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/caps"
	"sojourn/internal/db"
	"sojourn/internal/fault"
)

// SendReset has a code sent to the place that somebody named, where that is one of the
// account's. Whether it is, whether the account may get back in by it, and whether too
// much was sent there already, is not told: who owns the place reads it there.
func (f *Feature) SendReset(ctx context.Context, who actor.Actor, secret, browser string, w ResetWay, typed string) error {
	r, err := f.resetAt(ctx, secret, browser, w)
	if err != nil {
		return err
	}
	if !w.Sent() {
		return resetOver()
	}
	named, err := resetPlace(w, typed, f.Countries)
	if err != nil {
		return err
	}
	try, err := f.Tries.Enter(who.Address)
	if err != nil {
		return err
	}
	defer try.Done(false)
	locked, err := f.resetLocked(ctx, r, w.Type())
	if err != nil {
		return err
	}
	err = f.DB.Tx(ctx, func(tx *db.Tx) error {
		on, err := noteSending(ctx, tx, r, w, named)
		if err == nil && !on {
			err = resetOver()
		}
		if err != nil {
			return err
		}
		c, err := f.claimant(ctx, tx, r.account)
		if err != nil {
			return err
		}
		return f.sendTo(ctx, tx, r, c, w, named, locked)
	})
	if err != nil {
		return fmt.Errorf("send reset: %w", err)
	}
	return nil
}

// sendTo sends a code, or the reason why none would help, to a place of the claimant.
// To any other it sends nothing.
func (f *Feature) sendTo(ctx context.Context, tx *db.Tx, r Reset, c claimant, w ResetWay, named string, locked bool) error {
	m, found := c.place(w, named)
	h, there, err := holderOf(ctx, tx, c.ID)
	if err != nil || !found || !there || c.Version != r.version {
		return err
	}
	if !r.near {
		if _, within, err := caps.Count(ctx, tx, caps.ByStrangers(named)); err != nil || !within {
			return err
		}
	}
	why := c.barred()
	switch {
	case why == "" && locked && r.near:
		why = "locked"
	case why == "" && locked:
		why = "lockedHere"
	case why == "" && !c.can(w.Type()):
		why = "method"
	}
	if why != "" {
		return f.tellWhy(ctx, tx, h, c, w, m, why)
	}
	if w == ByEmail {
		_, err = f.mailCode(ctx, tx, h, mailed{MethodID: r.codeID(), Address: m.Address, MadeFor: r.madeFor(w, named), Words: &resetCodeTexts})
		return err
	}
	p := accounts.Phone{MethodID: r.codeID(), Type: m.Type, Number: m.Number, Extension: m.Extension, Way: w.phone()}
	err = f.sendCode(ctx, tx, c.ID, p, r.madeFor(w, named))
	if fault.Is(err, "cannot_send") { // a country that was taken off the list, say
		return nil
	}
	return err
}
