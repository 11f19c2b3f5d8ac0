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

// Proved is a fresh proof: the browser's new cookie. Or a second step is asked first:
// then Flow is its secret.
type Proved struct {
	Cookie string
	Flow   string
	Code   bool // a recovery code was used
}

// Prove takes a fresh proof: the password typed again in a session that stands.
// Whoever has a second factor takes that step too.
func (f *Feature) Prove(ctx context.Context, who actor.Actor, cookie, password, returnURL string) (Proved, error) {
	if password == "" {
		return Proved{}, fault.New(fault.Invalid, "password_missing", "signin.password.missing")
	}
	s, err := standingOf(ctx, f.DB, who.AccountID)
	if err != nil {
		return Proved{}, fmt.Errorf("prove: %w", err)
	}
	entry := audit.Entry{Tenant: s.HomeTenant, Act: "session.prove", Target: s.target(), Other: who.SessionID}
	version, err := f.compare(ctx, who, who.AccountID, "", who.BrowserID, password)
	if wrong, ok := fault.Of(err); ok && wrong.Kind == fault.Invalid {
		return Proved{}, auditWrong(ctx, f.DB, atHome(who, entry), entry, err, wrong)
	}
	if err != nil {
		return Proved{}, err
	}
	second, err := f.asksSecond(ctx, f.DB, who.AccountID)
	if err == nil && second {
		secret, err := f.toProveSecond(ctx, who, version, returnURL)
		return Proved{Flow: secret}, err
	}
	if err != nil {
		return Proved{}, fmt.Errorf("prove: %w", err)
	}
	fresh, err := f.proved(ctx, who, cookie, "", entry, func(tx *db.Tx) error {
		if err := f.secondTaken(ctx, tx, who.AccountID, false); err != nil {
			return err
		}
		return sameVersion(ctx, tx, who.AccountID, version)
	})
	return Proved{Cookie: fresh}, err
}

// proved notes a proof in the session, in the transaction that uses up what was
// proved with. second is the second factor that was taken, "" for none.
func (f *Feature) proved(ctx context.Context, who actor.Actor, cookie string, second accounts.MethodType, entry audit.Entry, use func(*db.Tx) error) (fresh string, err error) {
	err = f.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := use(tx); err != nil {
			return err
		}
		fresh = f.IDs.Secret()
		ok, err := renameBrowser(ctx, tx, who.BrowserID, id.Hash(cookie), id.Hash(fresh), who.SessionID)
		if err != nil {
			return err
		}
		proved, err := proveSession(ctx, tx, who.SessionID, who.BrowserID, who.AccountID, second)
		if err != nil {
			return err
		}
		if !ok || !proved { // signed out, or proved in another tab
			return fault.New(fault.SignedOut, "signed_out", "ui.error.signedOut.title")
		}
		return audit.Record(ctx, tx, atHome(who, entry), entry)
	})
	if err != nil {
		return "", audit.Refused(ctx, f.DB, atHome(who, entry), entry, fmt.Errorf("prove: %w", err))
	}
	return fresh, nil
}
