package signin

import (
	"context"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
	"sojourn/internal/id"
	"sojourn/policies"
)

// minting is what a session is made of.
type minting struct {
	Version  int // of the password that was found right
	Second   *accounts.SecondProof
	Passkey  *accounts.PasskeyProof // in the place of password and second step
	Pass     *accounts.PassProof    // in the place of both, for as long as it is good
	Browser  string                 // that the flow is bound to
	Cookie   string                 // that this browser sent
	Language string
	Stays    bool
	// ReturnURL is where the person goes on.
	ReturnURL string
	Entry     *audit.Entry // of the act, completed here
}

// how is what was proved with, as the log tells it.
func (m minting) how() audit.Details {
	switch {
	case m.Passkey != nil:
		return how(accounts.Passkey, accounts.Factor{})
	case m.Pass != nil:
		return how(accounts.AccessPass, accounts.Factor{})
	case m.Second != nil:
		return how(accounts.PasswordMethod, m.Second.Factor)
	}
	return how(accounts.PasswordMethod, accounts.Factor{})
}

func (m minting) second() accounts.MethodType {
	switch {
	case m.Passkey != nil:
		return accounts.Passkey
	case m.Pass != nil:
		return accounts.AccessPass
	case m.Second != nil:
		return m.Second.Factor.Type
	}
	return ""
}

// mint makes a session. Nothing else does: whatever a person proved, the account
// and its home are asked here, in the transaction that lets them in, and whoever
// has a second factor has taken the step. The browser gets a new cookie; its older
// session of the same account ends.
func (f *Feature) mint(ctx context.Context, tx *db.Tx, who actor.Actor, m minting) (Entered, error) {
	s, err := standingOf(ctx, tx, who.AccountID)
	if err != nil {
		return Entered{}, err
	}
	m.Entry.Tenant, m.Entry.Target = s.HomeTenant, s.target()
	if err := admit(s); err != nil {
		return Entered{}, err
	}
	if err := f.stillGood(ctx, tx, who.AccountID, m); err != nil {
		return Entered{}, err
	}
	if err := f.secondTaken(ctx, tx, who.AccountID, m.second() != ""); err != nil {
		return Entered{}, err
	}
	cookie, session := f.IDs.Secret(), f.IDs.Random()
	browser, err := f.rotate(ctx, tx, m, cookie, session)
	if err != nil {
		return Entered{}, err
	}
	if err := endInBrowser(ctx, tx, browser, who.AccountID); err != nil {
		return Entered{}, err
	}
	o := opening{ID: session, Browser: browser, Account: who.AccountID, Second: m.second(), Resume: m.ReturnURL}
	refused, err := f.furnish(ctx, tx, &o, m.Stays)
	if err != nil {
		return Entered{}, err
	}
	if m.Pass != nil { // what a pass opened ends with it
		o.Lasts = min(o.Lasts, m.Pass.Until.Sub(tx.Now()))
	}
	if err := insertSession(ctx, tx, o); err != nil {
		return Entered{}, err
	}
	if err := f.greet(ctx, tx, s, m.Language); err != nil {
		return Entered{}, err
	}
	m.Entry.Other = session
	out := Entered{Cookie: cookie, ReturnURL: m.ReturnURL, StaysNot: refused, Code: m.second() == accounts.RecoveryCodes}
	if o.Stays {
		out.Stays = o.Lasts
	}
	if o.Registers != nothingDue {
		out.ReturnURL = RegisterPath
	}
	return out, audit.Record(ctx, tx, atHome(who, *m.Entry), *m.Entry)
}

// furnish gives a session the life that its person's organization allows, and what
// they have to set up before it opens anything. refused says that they asked to stay
// signed in where nobody does.
func (f *Feature) furnish(ctx context.Context, tx *db.Tx, o *opening, stays bool) (refused bool, err error) {
	asked, err := policies.Of(ctx, tx, o.Account)
	if err != nil {
		return false, err
	}
	o.life = lives(asked.Sessions, stays)
	refused = stays && !o.Stays
	must, ask, err := f.Registrations.Due(ctx, tx, o.Account)
	switch {
	case must: // and nobody stays so
		o.Registers, o.life = mustSetUp, lives(asked.Sessions, false)
	case ask:
		o.Registers = isAsked
	}
	return refused, err
}

// stillGood: what was proved with stands at this moment. A passkey is used up here:
// one that was deleted meanwhile lets nobody in.
func (f *Feature) stillGood(ctx context.Context, tx *db.Tx, accountID string, m minting) error {
	if m.Pass != nil {
		return f.Passes.SpendPass(ctx, tx, *m.Pass)
	}
	if m.Passkey == nil {
		return sameVersion(ctx, tx, accountID, m.Version)
	}
	if !m.Passkey.Verified || m.Passkey.AccountID != accountID {
		return over()
	}
	return f.Passkeys.SpendPasskey(ctx, tx, *m.Passkey)
}

// sameVersion: a password changed after it was compared opens nothing.
func sameVersion(ctx context.Context, tx *db.Tx, accountID string, version int) error {
	p, found, err := accounts.PasswordOf(ctx, tx, accountID)
	if err != nil {
		return err
	}
	if !found || p.Version != version {
		return fault.New(fault.Conflict, "password_changed", "signin.refused.changed")
	}
	return nil
}

// rotate gives the browser a new cookie and makes the session its current one.
// A browser that is not yet known gets its row now.
func (f *Feature) rotate(ctx context.Context, tx *db.Tx, m minting, cookie, session string) (string, error) {
	if m.Browser == Unnamed(m.Cookie) {
		browser := f.IDs.Random()
		return browser, insertBrowser(ctx, tx, browser, id.Hash(cookie), session)
	}
	ok, err := renameBrowser(ctx, tx, m.Browser, id.Hash(m.Cookie), id.Hash(cookie), session)
	if err != nil {
		return "", err
	}
	if !ok { // somebody signed in here between the steps
		return "", over()
	}
	return m.Browser, nil
}

// greet keeps the language of who has not chosen one, and that the home was used.
func (f *Feature) greet(ctx context.Context, tx *db.Tx, s standing, language string) error {
	a, _, err := accounts.Get(ctx, tx, s.Account)
	if err != nil {
		return err
	}
	if a.Language == "" && language != "" {
		if err := accounts.ChooseLanguage(ctx, tx, s.Account, language); err != nil {
			return err
		}
	}
	if s.HomeUser == "" {
		return nil
	}
	return f.Uses.Used(ctx, tx, s.HomeTenant, s.HomeUser)
}
