package securityinfo

import (
	"context"
	"fmt"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
	"sojourn/policies"
)

// MayChange asks whoever has a second factor for a fresh proof before they change
// the password: the old password alone is weaker than what is changed.
func (f *Feature) MayChange(ctx context.Context, who actor.Actor) error {
	list, err := accounts.MethodsOf(ctx, f.DB, who.AccountID)
	if err != nil {
		return fmt.Errorf("change password: %w", err)
	}
	if !accounts.HasSecondStep(list) {
		return nil
	}
	return Fresh(who, f.DB.Now())
}

// MinLength is how long a new password of the asker must be, in characters.
func (f *Feature) MinLength(ctx context.Context, who actor.Actor) (int, error) {
	d, err := demandOf(ctx, f.DB, who.AccountID)
	if err != nil {
		return 0, fmt.Errorf("change password: %w", err)
	}
	return d.length(), nil
}

// demandOf is what the organization of an account demands of its password.
func demandOf(ctx context.Context, c db.Conn, accountID string) (demand, error) {
	asked, err := policies.Of(ctx, c, accountID)
	return demand{Beside: asked.Second(), Banned: asked.Passwords.Banned}, err
}

// demanded is demandOf, read by itself.
func (f *Feature) demanded(ctx context.Context, accountID string) (demand, error) {
	return demandOf(ctx, f.DB, accountID)
}

// Change replaces a person's own password. The old one, typed again, is the
// proof; a wrong one counts like a wrong sign-in. All other sessions end.
func (f *Feature) Change(ctx context.Context, who actor.Actor, current, fresh string) error {
	h, found, err := holderOf(ctx, f.DB, who.AccountID)
	if err != nil {
		return fmt.Errorf("change password: %w", err)
	}
	if !found || who.Kind != actor.Person {
		return fault.Missing()
	}
	if err := f.MayChange(ctx, who); err != nil {
		return err
	}
	entry := audit.Entry{Tenant: h.Tenant, Act: "password.change", Target: h.target()}
	by := who // a tenant never learns an account's id
	if h.Tenant != "" {
		by = who.In(h.Tenant, h.HomeUser)
	}
	demand, err := demandOf(ctx, f.DB, who.AccountID)
	if err != nil {
		return fmt.Errorf("change password: %w", err)
	}
	if err := changeable(current, fresh, demand, h); err != nil {
		return err
	}
	try, err := f.Tries.Enter(who.Address)
	if err != nil {
		return fmt.Errorf("change password: %w", err)
	}
	version, err := f.Verify(ctx, who.AccountID, "", who.BrowserID, current)
	defer try.Done(fault.Is(err, "wrong_password"))
	if err != nil {
		return f.refusedTry(ctx, by, entry, err)
	}
	hashed, err := f.Hasher.Hash(ctx, fresh)
	if err != nil {
		return fmt.Errorf("change password: %w", err)
	}
	err = f.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := f.replace(ctx, tx, who.AccountID, version, hashed, who.SessionID); err != nil {
			return err
		}
		if err := f.tellChanged(ctx, tx, h, version+1, false); err != nil {
			return err
		}
		return audit.Record(ctx, tx, by, entry)
	})
	if err != nil {
		return audit.Refused(ctx, f.DB, by, entry, fmt.Errorf("change password: %w", err))
	}
	return nil
}

// changeable says whether what was typed can be compared and taken at all.
func changeable(current, fresh string, d demand, h holder) error {
	var missing error
	if current == "" {
		missing = fault.New(fault.Invalid, "password_missing", "securityinfo.change.current.missing")
	}
	chosen := suitable(fresh, d, h.Name, h.Organization, h.Address)
	if chosen == nil && normal(current) == normal(fresh) {
		chosen = fault.New(fault.Invalid, "password_same", "securityinfo.refused.same")
	}
	return gather("current", missing, "new", chosen)
}

// refusedTry audits a wrong password and says it under its field.
func (f *Feature) refusedTry(ctx context.Context, who actor.Actor, entry audit.Entry, err error) error {
	wrong, ok := fault.Of(err)
	if !ok || wrong.Kind == fault.Unavailable {
		return err
	}
	if wrong.Kind == fault.Invalid {
		row := fault.New(fault.Forbidden, wrong.Code, wrong.Key)
		if failed := audit.Refused(ctx, f.DB, who, entry, row); failed != error(row) {
			return failed
		}
	}
	return fault.New(wrong.Kind, wrong.Code, wrong.Key, wrong.Args...).Field("current", wrong.Key, wrong.Args...)
}
