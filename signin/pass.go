package signin

import (
	"context"
	"fmt"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
)

// Passes knows the temporary access passes of accounts. account "" is nobody: then
// name counts, at the same cost.
type Passes interface {
	ComparePass(ctx context.Context, account, name, browser, typed string) (accounts.PassProof, error)
	SpendPass(ctx context.Context, tx *db.Tx, p accounts.PassProof) error
}

// EnterPass signs in with a temporary access pass in the place of the password, and
// of the second step: an administrator has seen who gets it. Then the gate.
func (f *Feature) EnterPass(ctx context.Context, who actor.Actor, in Entering) (Entered, error) {
	out, err := f.enterPass(ctx, who, in)
	f.told(err)
	return out, err
}

func (f *Feature) enterPass(ctx context.Context, who actor.Actor, in Entering) (Entered, error) {
	account, _, err := accounts.ByName(ctx, f.DB, in.Flow.Name)
	if err != nil {
		return Entered{}, fmt.Errorf("sign-in: %w", err)
	}
	browser, err := f.known(ctx, in.Flow.browser, account.ID)
	if err != nil {
		return Entered{}, err
	}
	proof, err := f.comparePass(ctx, who, account.ID, in.Flow.Name, browser, in.Password)
	if err != nil {
		return Entered{}, f.refuseEntry(ctx, who, in.Flow, account.ID, how(accounts.AccessPass, accounts.Factor{}), err)
	}
	who = actor.Actor{Kind: actor.Person, AccountID: account.ID, Name: account.Name, Address: who.Address, Agent: who.Agent}
	return f.finish(ctx, who, in.Flow, minting{Pass: &proof, Browser: in.Flow.browser, Cookie: in.Cookie, Language: in.Language})
}

// notePass writes down that a pass was used, beside the sign-in that it allowed: who
// gave it can see so.
func notePass(ctx context.Context, tx *db.Tx, who actor.Actor, m minting) error {
	if m.Pass == nil {
		return nil
	}
	row := audit.Entry{Tenant: m.Entry.Tenant, Act: "pass.use", Target: m.Entry.Target, Other: m.Pass.MethodID}
	return audit.Record(ctx, tx, atHome(who, row), row)
}

// comparePass asks whether a pass is right, if the source of the request has not had
// too many tries.
func (f *Feature) comparePass(ctx context.Context, who actor.Actor, accountID, name, browser, typed string) (proof accounts.PassProof, err error) {
	try, err := f.Tries.Enter(who.Address)
	if err != nil {
		return proof, err
	}
	defer func() { try.Done(fault.Is(err, "wrong_pass")) }()
	return f.Passes.ComparePass(ctx, accountID, name, browser, typed)
}

// ProvePass takes a fresh proof by a pass that is good more than once. The browser
// gets a new cookie.
func (f *Feature) ProvePass(ctx context.Context, who actor.Actor, cookie, typed string) (fresh string, err error) {
	s, err := standingOf(ctx, f.DB, who.AccountID)
	if err != nil {
		return "", fmt.Errorf("prove: %w", err)
	}
	entry := audit.Entry{
		Tenant: s.HomeTenant, Act: "session.prove", Target: s.target(), Other: who.SessionID, Account: who.AccountID,
		Private: audit.Details{"method": string(accounts.AccessPass)},
	}
	proof, err := f.comparePass(ctx, who, who.AccountID, who.AccountID, who.BrowserID, typed)
	if wrong, ok := fault.Of(err); ok && wrong.Kind == fault.Invalid {
		return "", auditWrong(ctx, f.DB, atHome(who, entry), entry, err, wrong)
	}
	if err != nil {
		return "", err
	}
	return f.proved(ctx, who, cookie, accounts.AccessPass, entry, func(tx *db.Tx) error { return f.Passes.SpendPass(ctx, tx, proof) })
}
