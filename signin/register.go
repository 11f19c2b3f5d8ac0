package signin

import (
	"context"
	"fmt"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
	"sojourn/internal/id"
)

// RegisterPath is where somebody sets up what their organization requires.
const RegisterPath = "/register"

// Registered opens a session in full, once nothing that must be set up is missing.
// The browser gets a new cookie: what the session is good for has changed.
func (f *Feature) Registered(ctx context.Context, who actor.Actor, cookie string) (Entered, error) {
	entry := audit.Entry{Act: "session.register", Other: who.SessionID, Account: who.AccountID}
	out := Entered{Cookie: f.IDs.Secret()}
	err := f.DB.Tx(ctx, func(tx *db.Tx) error {
		s, err := standingOf(ctx, tx, who.AccountID)
		if err != nil {
			return err
		}
		entry.Tenant, entry.Target = s.HomeTenant, s.target()
		if must, _, err := f.Registrations.Due(ctx, tx, who.AccountID); err != nil {
			return err
		} else if must {
			return fault.New(fault.Conflict, "must_register", "signin.register.missing")
		}
		wants, err := f.asksSecond(ctx, tx, who.AccountID)
		if err != nil {
			return err
		}
		opened := false
		if out.ReturnURL, opened, err = openInFull(ctx, tx, who, wants); err != nil {
			return err
		}
		if !opened { // what was set up was shown elsewhere: begin again, with it
			return fault.New(fault.SignedOut, "signed_out", "ui.error.signedOut.title")
		}
		named, err := renameBrowser(ctx, tx, who.BrowserID, id.Hash(cookie), id.Hash(out.Cookie), who.SessionID)
		if err == nil && !named { // done in another tab
			err = fault.New(fault.SignedOut, "signed_out", "ui.error.signedOut.title")
		}
		if err != nil {
			return err
		}
		return audit.Record(ctx, tx, atHome(who, entry), entry)
	})
	if err != nil {
		return Entered{}, audit.Refused(ctx, f.DB, atHome(who, entry), entry, fmt.Errorf("register: %w", err))
	}
	return out, nil
}

// GoOn ends what somebody was only asked to set up, in the transaction of their
// answer, and says where they go on.
func (f *Feature) GoOn(ctx context.Context, tx *db.Tx, who actor.Actor) (resume string, err error) {
	if resume, err = goOn(ctx, tx, who); err != nil {
		return "", fmt.Errorf("register: %w", err)
	}
	return resume, nil
}

// Took notes that a second factor was shown in a session, in the transaction that
// added it. Others of the account that wait for one to be set up end: they were begun
// with less.
func (f *Feature) Took(ctx context.Context, tx *db.Tx, who actor.Actor, second accounts.MethodType) error {
	if err := took(ctx, tx, who, second); err != nil {
		return fmt.Errorf("register: %w", err)
	}
	if err := endParked(ctx, tx, who.AccountID, who.SessionID); err != nil {
		return fmt.Errorf("register: %w", err)
	}
	return nil
}
