package signin

import (
	"context"
	"fmt"
	"slices"
	"time"

	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
	"sojourn/internal/id"
)

// AccountHere is an account that is signed in in a browser, or was until its
// session went idle.
type AccountHere struct {
	Session  string
	Account  string
	Name     string
	Address  string
	SeenAt   time.Time
	SignedIn bool
}

// AccountsHere lists the accounts of a browser, the last used first.
func (f *Feature) AccountsHere(ctx context.Context, browser string) ([]AccountHere, error) {
	list, err := accountsHere(ctx, f.DB, browser, f.DB.Now())
	if err != nil {
		return nil, fmt.Errorf("accounts of a browser: %w", err)
	}
	return list, nil
}

// here finds the account of one session among those of a browser.
func here(ctx context.Context, c db.Conn, browser, session string) (AccountHere, error) {
	list, err := accountsHere(ctx, c, browser, c.Now())
	if err != nil {
		return AccountHere{}, err
	}
	at := slices.IndexFunc(list, func(a AccountHere) bool { return a.Session == session })
	if at < 0 {
		return AccountHere{}, fault.Missing()
	}
	return list[at], nil
}

// as is the actor who uses an account of the browser that who sits at.
func (a AccountHere) as(who actor.Actor, browser string) actor.Actor {
	return actor.Actor{
		Kind: actor.Person, AccountID: a.Account, SessionID: a.Session, BrowserID: browser, Name: a.Name, Address: who.Address, Agent: who.Agent,
	}
}

// Switch makes another account of a browser the current one. The gate is asked
// as at every request; the browser gets a new cookie.
func (f *Feature) Switch(ctx context.Context, who actor.Actor, browser, cookie, session string) (fresh string, err error) {
	to, err := here(ctx, f.DB, browser, session)
	if err != nil {
		return "", err
	}
	who = to.as(who, browser)
	entry := audit.Entry{Act: "session.switch", Target: to.Account, Other: session}
	err = f.DB.Tx(ctx, func(tx *db.Tx) error {
		s, err := standingOf(ctx, tx, to.Account)
		if err != nil {
			return err
		}
		entry.Tenant, entry.Target = s.HomeTenant, s.target()
		again, err := here(ctx, tx, browser, session)
		if err != nil {
			return err
		}
		if !again.SignedIn {
			return fault.New(fault.SignedOut, "signed_out", "ui.error.signedOut.title")
		}
		if err := admit(s); err != nil {
			return err
		}
		fresh = f.IDs.Secret()
		ok, err := renameBrowser(ctx, tx, browser, id.Hash(cookie), id.Hash(fresh), session)
		if err != nil {
			return err
		}
		if !ok { // switched in another tab meanwhile
			return fault.New(fault.Conflict, "switched_meanwhile", "signin.accounts.meanwhile")
		}
		return audit.Record(ctx, tx, atHome(who, entry), entry)
	})
	if err != nil {
		return "", audit.Refused(ctx, f.DB, atHome(who, entry), entry, fmt.Errorf("switch account: %w", err))
	}
	return fresh, nil
}

// SignOutOf ends one account's session in a browser.
func (f *Feature) SignOutOf(ctx context.Context, who actor.Actor, browser, session string) error {
	a, err := here(ctx, f.DB, browser, session)
	if err != nil {
		return err
	}
	return f.SignOut(ctx, a.as(who, browser))
}

// SignOutHere ends every session in a browser.
func (f *Feature) SignOutHere(ctx context.Context, who actor.Actor, browser string) error {
	err := f.DB.Tx(ctx, func(tx *db.Tx) error {
		list, err := endHere(ctx, tx, browser, "signed_out")
		if err != nil {
			return err
		}
		for _, a := range list {
			s, err := standingOf(ctx, tx, a.Account)
			if err != nil {
				return err
			}
			entry := audit.Entry{Tenant: s.HomeTenant, Act: "session.end", Target: s.target(), Other: a.Session}
			if err := audit.Record(ctx, tx, atHome(a.as(who, browser), entry), entry); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("sign out of all accounts: %w", err)
	}
	return nil
}
