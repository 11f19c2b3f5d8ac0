package signin

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

// Entering is what the password step brings.
type Entering struct {
	Flow     Flow
	Cookie   string // the browser's, as it came
	Password string
	Language string // in use: kept on accounts that have not chosen
	Stays    bool   // signed in, for longer than a day
}

// Entered is a new session: the browser's new cookie, and where to go on. Or a
// second step is asked first, and there is no session yet.
type Entered struct {
	Cookie    string
	ReturnURL string
	Second    bool
	Stays     time.Duration // for how long they stay signed in, who asked for it; 0 where they do not
	StaysNot  bool          // they asked, and their organization does not let them
	Code      bool          // a recovery code was used
}

// Enter takes the password of a sign-in, and then the gate, where no second step
// is asked. who carries where the request comes from.
func (f *Feature) Enter(ctx context.Context, who actor.Actor, in Entering) (Entered, error) {
	out, err := f.enter(ctx, who, in)
	if !out.Second {
		f.told(err)
	}
	return out, err
}

func (f *Feature) told(err error) {
	if f.Told != nil {
		f.Told(result(err))
	}
}

// result is how a sign-in ended, without whose it was.
func result(err error) string {
	if err == nil {
		return "done"
	}
	if why, ok := fault.Of(err); ok {
		return why.Code
	}
	return "failed"
}

func (f *Feature) enter(ctx context.Context, who actor.Actor, in Entering) (Entered, error) {
	if in.Password == "" {
		return Entered{}, fault.New(fault.Invalid, "password_missing", "signin.password.missing")
	}
	account, _, err := accounts.ByName(ctx, f.DB, in.Flow.Name)
	if err != nil {
		return Entered{}, fmt.Errorf("sign-in: %w", err)
	}
	browser, err := f.known(ctx, in.Flow.browser, account.ID)
	if err != nil {
		return Entered{}, err
	}
	version, err := f.compare(ctx, who, account.ID, in.Flow.Name, browser, in.Password)
	if err != nil {
		return Entered{}, f.refuseEntry(ctx, who, in.Flow, account.ID, how(accounts.PasswordMethod, accounts.Factor{}), err)
	}
	second, err := f.asksSecond(ctx, f.DB, account.ID)
	if err != nil {
		return Entered{}, fmt.Errorf("sign-in: %w", err)
	}
	if second {
		in.Flow.stays = in.Stays
		return f.toSecond(ctx, who, in.Flow, account.ID, version)
	}
	who = actor.Actor{Kind: actor.Person, AccountID: account.ID, Name: account.Name, Address: who.Address, Agent: who.Agent}
	return f.finish(ctx, who, in.Flow, minting{Version: version, Browser: in.Flow.browser, Cookie: in.Cookie, Language: in.Language, Stays: in.Stays})
}

// finish takes the last step of a sign-in: everything was proved, the gate is
// asked.
func (f *Feature) finish(ctx context.Context, who actor.Actor, fl Flow, m minting) (Entered, error) {
	browser, err := f.known(ctx, fl.browser, who.AccountID)
	if err != nil {
		return Entered{}, err
	}
	strange, err := f.strange(ctx, who.AccountID, browser)
	if err != nil {
		return Entered{}, err
	}
	var out Entered
	entry := audit.Entry{Act: "session.start", Target: who.AccountID, Account: who.AccountID, Details: m.how()}
	m.Entry = &entry
	err = f.DB.Tx(ctx, func(tx *db.Tx) (err error) {
		if out, err = f.through(ctx, tx, who, fl, m); err != nil || !strange {
			return err
		}
		return f.notify(ctx, tx, who, entry.Other)
	})
	if err != nil {
		return Entered{}, audit.Refused(ctx, f.DB, atHome(who, entry), entry, fmt.Errorf("sign-in: %w", err))
	}
	return out, nil
}

// through ends the flow and lets its person in, in one transaction.
func (f *Feature) through(ctx context.Context, tx *db.Tx, who actor.Actor, fl Flow, m minting) (Entered, error) {
	if m.Second != nil {
		if err := f.Seconds.Spend(ctx, tx, *m.Second); err != nil {
			return Entered{}, err
		}
	}
	if m.Passkey == nil { // whose answer was taken for good when it was compared
		if err := endFlow(ctx, tx, fl, who.AccountID); err != nil {
			return Entered{}, err
		}
	}
	chosen, err := selected(ctx, tx, who.AccountID, fl.ReturnURL)
	if err != nil {
		return Entered{}, err
	}
	m.Entry.Private, m.ReturnURL = private(chosen), fl.ReturnURL
	out, err := f.mint(ctx, tx, who, m)
	if err != nil {
		return Entered{}, err
	}
	if err := notePass(ctx, tx, who, m); err != nil {
		return Entered{}, err
	}
	return out, f.noteSelected(ctx, tx, who, chosen, m.Entry.Tenant)
}

// endFlow burns a flow, whose name must still be its person's.
func endFlow(ctx context.Context, tx *db.Tx, fl Flow, accountID string) error {
	burnt, err := burnFlow(ctx, tx, fl, accountID)
	if err != nil {
		return err
	}
	named, _, err := accounts.ByName(ctx, tx, fl.Name)
	if err != nil {
		return err
	}
	if !burnt || named.ID != accountID { // the name changed hands meanwhile
		return over()
	}
	return nil
}

// compare asks for the password's version, if the source of the request has not
// had too many tries.
func (f *Feature) compare(ctx context.Context, who actor.Actor, accountID, name, browser, password string) (version int, err error) {
	try, err := f.Tries.Enter(who.Address)
	if err != nil {
		return 0, err
	}
	defer func() { try.Done(fault.Is(err, "wrong_password")) }()
	return f.Passwords.Verify(ctx, accountID, name, browser, password)
}

// Knows says whether an account has been signed in before in a browser that its person
// has not disowned.
func (f *Feature) Knows(ctx context.Context, browser, accountID string) (bool, error) {
	yes, err := knownBrowser(ctx, f.DB, browser, accountID)
	if err != nil {
		return false, fmt.Errorf("known browser: %w", err)
	}
	return yes, nil
}

// known is the id of the browser if the account has been signed in there before.
func (f *Feature) known(ctx context.Context, browser, accountID string) (string, error) {
	if yes, err := f.Knows(ctx, browser, accountID); err != nil || !yes {
		return "", err
	}
	return browser, nil
}

// refuseEntry audits a wrong password or code where its owner can see it. A name that
// nobody has costs a write as well, so that time tells nothing. Tries that were
// not even compared leave no row: a stranger could fill the log with them.
func (f *Feature) refuseEntry(ctx context.Context, who actor.Actor, fl Flow, accountID string, with audit.Details, err error) error {
	wrong, ok := fault.Of(err)
	if !ok || wrong.Kind != fault.Invalid && wrong.Code != "code_used" {
		return err
	}
	s, readErr := standingOf(ctx, f.DB, accountID)
	if readErr != nil {
		return fmt.Errorf("sign-in: %w", readErr)
	}
	chosen, readErr := selected(ctx, f.DB, accountID, fl.ReturnURL)
	if readErr != nil {
		return fmt.Errorf("sign-in: %w", readErr)
	}
	if s.Account == "" {
		if writeErr := f.DB.Tx(ctx, func(tx *db.Tx) error { return touchFlow(ctx, tx, fl) }); writeErr != nil {
			return fmt.Errorf("sign-in: %w", writeErr)
		}
		return err
	}
	nobody := actor.SystemActor() // whoever typed it has proved nothing
	nobody.Address, nobody.Agent = who.Address, who.Agent
	entry := audit.Entry{Tenant: s.HomeTenant, Act: "session.start", Target: s.target(), Account: accountID, Details: with, Private: private(chosen)}
	return auditWrong(ctx, f.DB, nobody, entry, err, wrong)
}

// auditWrong writes the row of a wrong password and gives err back.
func auditWrong(ctx context.Context, d *db.DB, who actor.Actor, entry audit.Entry, err error, wrong *fault.Fault) error {
	row := fault.New(fault.Forbidden, wrong.Code, wrong.Key)
	if failed := audit.Refused(ctx, d, who, entry, row); failed != error(row) {
		return fmt.Errorf("audit a refused sign-in: %w", failed)
	}
	return err
}
