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

// Entering is what the password step brings.
type Entering struct {
	Flow     Flow
	Cookie   string // the browser's, as it came
	Password string
	Language string // in use: kept on accounts that have not chosen
}

// Entered is a new session: the browser's new cookie, and where to go on.
type Entered struct {
	Cookie    string
	ReturnURL string
}

// Enter takes the last step of a sign-in: the password, then the gate. who
// carries where the request comes from.
func (f *Feature) Enter(ctx context.Context, who actor.Actor, in Entering) (Entered, error) {
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
	version, err := f.Passwords.Verify(ctx, account.ID, in.Flow.Name, browser, in.Password)
	if err != nil {
		return Entered{}, f.refuseEntry(ctx, who, in.Flow, account.ID, err)
	}
	who = actor.Actor{Kind: actor.Person, AccountID: account.ID, Name: account.Name, Address: who.Address, Agent: who.Agent}
	var out Entered
	entry := audit.Entry{Act: "session.start", Target: account.ID}
	err = f.DB.Tx(ctx, func(tx *db.Tx) error {
		burnt, err := burnFlow(ctx, tx, in.Flow, account.ID)
		if err != nil {
			return err
		}
		if !burnt {
			return over()
		}
		named, _, err := accounts.ByName(ctx, tx, in.Flow.Name)
		if err != nil {
			return err
		}
		if named.ID != account.ID { // the name changed hands meanwhile
			return over()
		}
		out, err = f.mint(ctx, tx, who, minting{Version: version, Browser: in.Flow.browser, Cookie: in.Cookie, Language: in.Language, Entry: &entry})
		if err != nil {
			return err
		}
		out.ReturnURL = in.Flow.ReturnURL
		return f.noteSelected(ctx, tx, account.ID, in.Flow.ReturnURL)
	})
	if err != nil {
		return Entered{}, audit.Refused(ctx, f.DB, who, entry, fmt.Errorf("sign-in: %w", err))
	}
	return out, nil
}

// known is the id of the browser if the account has been signed in there before.
func (f *Feature) known(ctx context.Context, browser, accountID string) (string, error) {
	yes, err := knownBrowser(ctx, f.DB, browser, accountID)
	if err != nil {
		return "", fmt.Errorf("sign-in: %w", err)
	}
	if !yes {
		return "", nil
	}
	return browser, nil
}

// refuseEntry audits a wrong password where its owner can see it. A name that
// nobody has costs a write as well, so that time tells nothing. Tries that were
// not even compared leave no row: a stranger could fill the log with them.
func (f *Feature) refuseEntry(ctx context.Context, who actor.Actor, fl Flow, accountID string, err error) error {
	wrong, ok := fault.Of(err)
	if !ok || wrong.Kind != fault.Invalid {
		return err
	}
	s, readErr := standingOf(ctx, f.DB, accountID)
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
	entry := audit.Entry{Tenant: s.HomeTenant, Act: "session.start", Target: s.target()}
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
