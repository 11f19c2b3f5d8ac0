package signin

import (
	"context"
	"fmt"
	"strings"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
	"sojourn/internal/web"
)

// Passkeys asks passkeys and holds their answers against what was asked. A question
// is good for one answer, where and for what it was asked. Of an answer that is
// refused the proof names the account, if that is known.
type Passkeys interface {
	Passkeys() bool // whether this portal can have any
	AskPasskey(ctx context.Context, a accounts.Asking) (options []byte, err error)
	ComparePasskey(ctx context.Context, a accounts.Asking, sent string) (accounts.PasskeyProof, error)
	SpendPasskey(ctx context.Context, tx *db.Tx, p accounts.PasskeyProof) error
}

// HasPasskeys says whether passkeys are asked here at all.
func (f *Feature) HasPasskeys() bool { return f.Passkeys != nil && f.Passkeys.Passkeys() }

// AskPasskey asks whichever passkey the browser has: no name is known, and none is
// told.
func (f *Feature) AskPasskey(ctx context.Context, who actor.Actor, browser string) ([]byte, error) {
	return f.ask(ctx, who, accounts.Asking{Purpose: accounts.ToSignIn, Bound: browser})
}

// AskSecond asks one of the passkeys of an account, for a flow that stands at its
// second step.
func (f *Feature) AskSecond(ctx context.Context, who actor.Actor, fl Flow) ([]byte, error) {
	return f.ask(ctx, who, accounts.Asking{Purpose: accounts.ToTakeSecond, Bound: fl.id(), Account: fl.account})
}

// AskProof asks one of the passkeys of the asker for a fresh proof.
func (f *Feature) AskProof(ctx context.Context, who actor.Actor) ([]byte, error) {
	return f.ask(ctx, who, proving(who))
}

func proving(who actor.Actor) accounts.Asking {
	return accounts.Asking{Purpose: accounts.ToProveAfresh, Bound: who.SessionID, Account: who.AccountID}
}

func (f *Feature) ask(ctx context.Context, who actor.Actor, a accounts.Asking) ([]byte, error) {
	if !f.HasPasskeys() {
		return nil, fault.Missing()
	}
	try, err := f.Asked.Enter(who.Address)
	if err != nil {
		return nil, err
	}
	defer try.Done(false)
	return f.Passkeys.AskPasskey(ctx, a)
}

// Answering is what a passkey brings to the entrance: who it is, and both steps.
type Answering struct {
	Browser   string // that was asked
	Cookie    string // the browser's, as it came
	Sent      string // the question's secret, a full stop, the answer
	Language  string
	ReturnURL string
	Stays     bool // signed in, for longer than a day
}

// EnterPasskey signs in with a passkey, and then the gate. who carries where the
// request comes from.
func (f *Feature) EnterPasskey(ctx context.Context, who actor.Actor, in Answering) (Entered, error) {
	out, err := f.enterPasskey(ctx, who, in)
	f.told(err)
	return out, err
}

func (f *Feature) enterPasskey(ctx context.Context, who actor.Actor, in Answering) (Entered, error) {
	fl := Flow{ReturnURL: web.LocalPath(in.ReturnURL), browser: in.Browser, purpose: toSignIn}
	proof, err := f.comparePasskey(ctx, who, accounts.Asking{Purpose: accounts.ToSignIn, Bound: in.Browser}, in.Sent)
	if err != nil {
		return Entered{}, f.refuseEntry(ctx, who, fl, proof.AccountID, how(accounts.Passkey, accounts.Factor{}), err)
	}
	account, _, err := accounts.Get(ctx, f.DB, proof.AccountID)
	if err != nil {
		return Entered{}, fmt.Errorf("sign-in: %w", err)
	}
	who = actor.Actor{Kind: actor.Person, AccountID: account.ID, Name: account.Name, Address: who.Address, Agent: who.Agent}
	return f.finish(ctx, who, fl, minting{Passkey: &proof, Browser: in.Browser, Cookie: in.Cookie, Language: in.Language, Stays: in.Stays})
}

// comparePasskey asks whether an answer is right, if the source of the request has
// not had too many tries.
func (f *Feature) comparePasskey(ctx context.Context, who actor.Actor, a accounts.Asking, sent string) (proof accounts.PasskeyProof, err error) {
	if !f.HasPasskeys() {
		return proof, fault.Missing()
	}
	if strings.TrimSpace(sent) == "" {
		return proof, fault.New(fault.Invalid, "passkey_missing", "signin.passkey.missing")
	}
	try, err := f.Tries.Enter(who.Address)
	if err != nil {
		return proof, err
	}
	defer func() { try.Done(fault.Is(err, "passkey_wrong")) }()
	return f.Passkeys.ComparePasskey(ctx, a, sent)
}

// ProvePasskey takes a fresh proof by a passkey alone: it proves both steps. The
// browser gets a new cookie.
func (f *Feature) ProvePasskey(ctx context.Context, who actor.Actor, cookie, sent string) (fresh string, err error) {
	s, err := standingOf(ctx, f.DB, who.AccountID)
	if err != nil {
		return "", fmt.Errorf("prove: %w", err)
	}
	entry := audit.Entry{
		Tenant: s.HomeTenant, Act: "session.prove", Target: s.target(), Other: who.SessionID, Account: who.AccountID,
		Private: audit.Details{"method": string(accounts.Passkey)},
	}
	proof, err := f.comparePasskey(ctx, who, proving(who), sent)
	if wrong, ok := fault.Of(err); ok && wrong.Kind == fault.Invalid && wrong.Code != "passkey_missing" {
		return "", auditWrong(ctx, f.DB, atHome(who, entry), entry, err, wrong)
	}
	if err != nil {
		return "", err
	}
	return f.proved(ctx, who, cookie, accounts.Passkey, entry, func(tx *db.Tx) error {
		if !proof.Verified || proof.AccountID != who.AccountID {
			return over()
		}
		return f.Passkeys.SpendPasskey(ctx, tx, proof)
	})
}

// provers are what a fresh proof can be begun with.
type provers struct{ Password, Passkey, Pass bool }

func (f *Feature) provers(ctx context.Context, who actor.Actor) (provers, error) {
	_, password, err := accounts.PasswordOf(ctx, f.DB, who.AccountID)
	if err != nil {
		return provers{}, fmt.Errorf("prove: %w", err)
	}
	pass, has, err := accounts.PassOf(ctx, f.DB, who.AccountID, f.DB.Now())
	if err != nil {
		return provers{}, fmt.Errorf("prove: %w", err)
	}
	by := provers{Password: password, Pass: has && !pass.Once}
	if !f.HasPasskeys() {
		return by, nil
	}
	keys, err := accounts.KeysOf(ctx, f.DB, who.AccountID)
	if err != nil {
		return provers{}, fmt.Errorf("prove: %w", err)
	}
	by.Passkey = len(keys) > 0
	return by, nil
}
