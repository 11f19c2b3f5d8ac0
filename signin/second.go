package signin

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
	"sojourn/internal/id"
)

// Seconds knows the second factors of accounts. A code is compared first, which
// counts wrong ones, and used up in the transaction of the act it allows. flow
// names the flow: a code that was sent is good in its own only.
type Seconds interface {
	// Factors lists what an account can take the second step with, the default
	// first. It is empty where no second step is asked.
	Factors(ctx context.Context, c db.Conn, accountID string) ([]accounts.Factor, error)
	Send(ctx context.Context, accountID, factorID, flow string) error
	Compare(ctx context.Context, accountID, factorID, flow, code string) (accounts.SecondProof, error)
	Spend(ctx context.Context, tx *db.Tx, p accounts.SecondProof) error
}

// Factors lists what the second step of a flow can be taken with.
func (f *Feature) Factors(ctx context.Context, fl Flow) ([]accounts.Factor, error) {
	list, err := f.Seconds.Factors(ctx, f.DB, fl.account)
	if err != nil {
		return nil, fmt.Errorf("second step: %w", err)
	}
	return list, nil
}

// alone says whether the account of a flow has no organization that could help.
func (f *Feature) alone(ctx context.Context, fl Flow) (bool, error) {
	account, _, err := accounts.Get(ctx, f.DB, fl.account)
	if err != nil {
		return false, fmt.Errorf("second step: %w", err)
	}
	return account.HomeUserID == "", nil
}

// asksSecond says whether an account has a second factor.
func (f *Feature) asksSecond(ctx context.Context, c db.Conn, accountID string) (bool, error) {
	list, err := f.Seconds.Factors(ctx, c, accountID)
	return len(list) > 0, err
}

// secondTaken is the gate's: an account that has a second factor by now is not let
// in without, whichever way it came.
func (f *Feature) secondTaken(ctx context.Context, tx *db.Tx, accountID string, taken bool) error {
	if taken {
		return nil
	}
	wants, err := f.asksSecond(ctx, tx, accountID)
	if err == nil && wants {
		err = over()
	}
	return err
}

// toSecond takes a sign-in whose password was right to its second step. The log
// says so at once: whoever knows the password may never come to the second.
func (f *Feature) toSecond(ctx context.Context, who actor.Actor, fl Flow, accountID string, version int) (Entered, error) {
	s, err := standingOf(ctx, f.DB, accountID)
	if err != nil {
		return Entered{}, fmt.Errorf("sign-in: %w", err)
	}
	nobody := actor.SystemActor() // half a proof is none
	nobody.Address, nobody.Agent = who.Address, who.Agent
	err = f.DB.Tx(ctx, func(tx *db.Tx) error {
		on, err := advanceFlow(ctx, tx, fl, accountID, version, tx.Now())
		if err == nil && !on {
			err = over()
		}
		if err != nil {
			return err
		}
		return audit.Record(ctx, tx, nobody, audit.Entry{Tenant: s.HomeTenant, Act: "session.password", Target: s.target()})
	})
	if err != nil {
		return Entered{}, fmt.Errorf("sign-in: %w", err)
	}
	return Entered{Second: true}, nil
}

// Second is what the second step brings.
type Second struct {
	Flow     Flow
	Cookie   string // the browser's, as it came
	Factor   string // id of the method chosen
	Code     string
	Language string
}

// EnterSecond takes the second step of a sign-in, and then the gate.
func (f *Feature) EnterSecond(ctx context.Context, who actor.Actor, in Second) (Entered, error) {
	out, err := f.enterSecond(ctx, who, in)
	f.told(err)
	return out, err
}

func (f *Feature) enterSecond(ctx context.Context, who actor.Actor, in Second) (Entered, error) {
	factor, err := f.factor(ctx, in)
	if err != nil {
		return Entered{}, err
	}
	proof, err := f.compareSecond(ctx, who, in)
	if err != nil {
		return Entered{}, f.refuseEntry(ctx, who, in.Flow, in.Flow.account, how(accounts.PasswordMethod, factor), err)
	}
	account, _, err := accounts.Get(ctx, f.DB, in.Flow.account)
	if err != nil {
		return Entered{}, fmt.Errorf("sign-in: %w", err)
	}
	who = actor.Actor{Kind: actor.Person, AccountID: account.ID, Name: account.Name, Address: who.Address, Agent: who.Agent}
	return f.finish(ctx, who, in.Flow, minting{
		Version: in.Flow.version, Second: &proof, Browser: in.Flow.browser, Cookie: in.Cookie, Language: in.Language, Stays: in.Flow.stays,
	})
}

// factor is the one that the code is said to be from, which must be the account's.
func (f *Feature) factor(ctx context.Context, in Second) (accounts.Factor, error) {
	factor, err := f.factorOf(ctx, in.Flow, in.Factor)
	if err == nil && strings.TrimSpace(in.Code) == "" {
		key := "signin.second.missing"
		if factor.Type == accounts.Passkey {
			key = "signin.passkey.missing"
		}
		err = fault.New(fault.Invalid, "code_missing", key)
	}
	return factor, err
}

func (f *Feature) factorOf(ctx context.Context, fl Flow, factorID string) (accounts.Factor, error) {
	list, err := f.Factors(ctx, fl)
	if err != nil {
		return accounts.Factor{}, err
	}
	at := slices.IndexFunc(list, func(x accounts.Factor) bool { return x.ID == factorID })
	if at < 0 { // deleted meanwhile, or somebody else's
		return accounts.Factor{}, fault.New(fault.Invalid, "no_such_method", "signin.second.gone")
	}
	return list[at], nil
}

// SendCode sends the code of a factor, for a flow that stands at its second step.
// Too much sent from one source waits, like tries.
func (f *Feature) SendCode(ctx context.Context, who actor.Actor, fl Flow, factorID string) error {
	factor, err := f.factorOf(ctx, fl, factorID)
	if err == nil && !factor.Sent() {
		err = fault.New(fault.Invalid, "no_such_method", "signin.second.gone")
	}
	if err != nil {
		return err
	}
	try, err := f.Tries.Enter(who.Address)
	if err != nil {
		return err
	}
	defer try.Done(false)
	if err := f.Seconds.Send(ctx, fl.account, factor.ID, fl.id()); err != nil {
		return fmt.Errorf("second step: %w", err)
	}
	return nil
}

// compareSecond asks whether the code is right, if the source of the request has
// not had too many tries.
func (f *Feature) compareSecond(ctx context.Context, who actor.Actor, in Second) (proof accounts.SecondProof, err error) {
	try, err := f.Tries.Enter(who.Address)
	if err != nil {
		return proof, err
	}
	defer func() { try.Done(fault.Is(err, "wrong_code")) }()
	return f.Seconds.Compare(ctx, in.Flow.account, in.Factor, in.Flow.id(), in.Code)
}

// toProveSecond begins the second step of a fresh proof: the password was right.
func (f *Feature) toProveSecond(ctx context.Context, who actor.Actor, version int, returnURL string) (secret string, err error) {
	secret = f.IDs.Secret()
	now := f.DB.Now()
	fl := Flow{
		ReturnURL: returnURL, hash: id.Hash(secret), browser: who.BrowserID, purpose: toProve, step: stepSecond,
		account: who.AccountID, version: version, session: who.SessionID,
	}
	return secret, insertFlow(ctx, f.DB.Writer(), fl, now, now.Add(flowLife))
}

// ProveSecond takes the second step of a fresh proof. The browser gets a new
// cookie.
func (f *Feature) ProveSecond(ctx context.Context, who actor.Actor, in Second) (Proved, error) {
	factor, err := f.factor(ctx, in)
	if err != nil {
		return Proved{}, err
	}
	s, err := standingOf(ctx, f.DB, who.AccountID)
	if err != nil {
		return Proved{}, fmt.Errorf("prove: %w", err)
	}
	entry := audit.Entry{
		Tenant: s.HomeTenant, Act: "session.prove", Target: s.target(), Other: who.SessionID, Account: who.AccountID,
		Private: audit.Details{"method": passwordUsed + "+" + string(factor.Type)},
	}
	proof, err := f.compareSecond(ctx, who, in)
	if wrong, ok := fault.Of(err); ok && (wrong.Kind == fault.Invalid || wrong.Code == "code_used") {
		return Proved{}, auditWrong(ctx, f.DB, atHome(who, entry), entry, err, wrong)
	}
	if err != nil {
		return Proved{}, err
	}
	fresh, err := f.proved(ctx, who, in.Cookie, factor.Type, entry, func(tx *db.Tx) error {
		if err := f.Seconds.Spend(ctx, tx, proof); err != nil {
			return err
		}
		burnt, err := burnFlow(ctx, tx, in.Flow, who.AccountID)
		if err == nil && !burnt {
			err = over()
		}
		if err != nil {
			return err
		}
		return sameVersion(ctx, tx, who.AccountID, in.Flow.version)
	})
	return Proved{Cookie: fresh, Code: factor.Type == accounts.RecoveryCodes}, err
}
