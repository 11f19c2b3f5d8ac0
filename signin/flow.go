package signin

import (
	"context"
	"encoding/hex"
	"fmt"

	"sojourn/internal/actor"
	"sojourn/internal/fault"
	"sojourn/internal/id"
	"sojourn/internal/web"
	"sojourn/policies"
)

// Flow is a sign-in, or a fresh proof, on its way. What an earlier step fixed is
// read from here, never from what a page posts.
type Flow struct {
	Name      string
	ReturnURL string

	hash    []byte
	browser string
	purpose purpose
	step    step
	account string // whose password was right; "" before
	version int    // of that password
	session string // of a proof or an entrance: the one it is for
	tenant  string // of an entrance: where it leads
	stays   bool   // signed in, for longer than a day
}

// id names a flow to others, without what opens it.
func (fl Flow) id() string { return hex.EncodeToString(fl.hash) }

// over is the answer for a flow that is unknown, another browser's, too old or
// through: start again.
func over() error { return fault.New(fault.Gone, "flow_over", "signin.flow.over") }

// Begin fixes the name of a sign-in in this browser. who carries where the request
// comes from. The answer, and what comes
// next, is the same for every name.
func (f *Feature) Begin(ctx context.Context, who actor.Actor, browser, typed, returnURL string) (secret string, err error) {
	name, err := signinName(typed)
	if err != nil {
		return "", err
	}
	try, err := f.Begun.Enter(who.Address)
	if err != nil {
		return "", err
	}
	defer try.Done(false)
	secret = f.IDs.Secret()
	now := f.DB.Now()
	fl := Flow{Name: name, ReturnURL: web.LocalPath(returnURL), hash: id.Hash(secret), browser: browser, purpose: toSignIn, step: stepPassword}
	if err := insertFlow(ctx, f.DB, fl, now, now.Add(flowLife)); err != nil {
		return "", fmt.Errorf("begin sign-in: %w", err)
	}
	return secret, nil
}

// Flow reads the flow that stands at the password in this browser.
func (f *Feature) Flow(ctx context.Context, secret, browser string) (Flow, error) {
	return f.flowAt(ctx, secret, browser, toSignIn, stepPassword)
}

// SecondFlow reads the sign-in that stands at the second step in this browser.
func (f *Feature) SecondFlow(ctx context.Context, secret, browser string) (Flow, error) {
	return f.flowAt(ctx, secret, browser, toSignIn, stepSecond)
}

// ProofFlow reads the proof that stands at the second step in this session.
func (f *Feature) ProofFlow(ctx context.Context, secret string, who actor.Actor) (Flow, error) {
	fl, err := f.flowAt(ctx, secret, who.BrowserID, toProve, stepSecond)
	if err == nil && (fl.session != who.SessionID || fl.account != who.AccountID) {
		return Flow{}, over()
	}
	return fl, err
}

func (f *Feature) flowAt(ctx context.Context, secret, browser string, p purpose, at step) (Flow, error) {
	fl, found, err := openFlow(ctx, f.DB, id.Hash(secret), browser, p, at, f.DB.Now())
	if err != nil {
		return Flow{}, fmt.Errorf("sign-in: %w", err)
	}
	if !found || secret == "" {
		return Flow{}, over()
	}
	return fl, nil
}

// StayDays is for how many days whoever signs in may stay signed in, 0 where that
// is not offered: as the organization of the name's domain says, whoever has it.
func (f *Feature) StayDays(ctx context.Context, fl Flow) (int, error) {
	p, err := policies.AtDomain(ctx, f.DB, fl.Name)
	if err != nil {
		return 0, fmt.Errorf("sign-in: %w", err)
	}
	return p.Sessions.Stay, nil
}
