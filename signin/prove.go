package signin

import (
	"context"
	"fmt"

	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
	"sojourn/internal/id"
)

// Prove takes a fresh proof: the password typed again in a session that stands.
// The browser gets a new cookie.
func (f *Feature) Prove(ctx context.Context, who actor.Actor, cookie, password string) (fresh string, err error) {
	if password == "" {
		return "", fault.New(fault.Invalid, "password_missing", "signin.password.missing")
	}
	s, err := standingOf(ctx, f.DB, who.AccountID)
	if err != nil {
		return "", fmt.Errorf("prove: %w", err)
	}
	entry := audit.Entry{Tenant: s.HomeTenant, Act: "session.prove", Target: s.target(), Other: who.SessionID}
	version, err := f.compare(ctx, who, who.AccountID, "", who.BrowserID, password)
	if wrong, ok := fault.Of(err); ok && wrong.Kind == fault.Invalid {
		return "", auditWrong(ctx, f.DB, who, entry, err, wrong)
	}
	if err != nil {
		return "", err
	}
	err = f.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := sameVersion(ctx, tx, who.AccountID, version); err != nil {
			return err
		}
		fresh = f.IDs.Secret()
		ok, err := renameBrowser(ctx, tx, who.BrowserID, id.Hash(cookie), id.Hash(fresh), who.SessionID)
		if err != nil {
			return err
		}
		proved, err := proveSession(ctx, tx, who.SessionID, who.BrowserID, who.AccountID)
		if err != nil {
			return err
		}
		if !ok || !proved { // signed out, or proved in another tab
			return fault.New(fault.SignedOut, "signed_out", "ui.error.signedOut.title")
		}
		return audit.Record(ctx, tx, who, entry)
	})
	if err != nil {
		return "", audit.Refused(ctx, f.DB, who, entry, fmt.Errorf("prove: %w", err))
	}
	return fresh, nil
}
