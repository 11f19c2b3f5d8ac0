package securityinfo

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

// Issue gives an account an authenticator whose seed is known already. Only the
// operator may: whoever knows a seed makes its codes.
func (f *Feature) Issue(ctx context.Context, who actor.Actor, accountID, name string, seed []byte) error {
	err := f.issue(ctx, who, accountID, accounts.Authenticator, func(tx *db.Tx, methodID string, list []accounts.Method) error {
		if err := mayAdd(list); err != nil {
			return err
		}
		if err := accounts.WaitFor(ctx, tx, accountID, accounts.Seed{MethodID: methodID, Sealed: f.sealSeed("", methodID, seed)}); err != nil {
			return err
		}
		_, err := accounts.Activate(ctx, tx, accountID, methodID, name, 0, tx.Now())
		return err
	})
	if err != nil {
		return fmt.Errorf("issue authenticator: %w", err)
	}
	return nil
}

// IssuePhone gives an account a telephone whose number nobody has proved. Only the
// operator may: codes go there.
func (f *Feature) IssuePhone(ctx context.Context, who actor.Actor, accountID string, in PhoneForm) error {
	n, way, err := in.number(f.reach())
	if err != nil {
		return err
	}
	err = f.issue(ctx, who, accountID, in.Type, func(tx *db.Tx, methodID string, list []accounts.Method) error {
		if err := anotherThan(list, in.Type, n); err != nil {
			return err
		}
		p := accounts.Phone{MethodID: methodID, Type: in.Type, Number: n.E164, Extension: n.Extension, Way: way}
		if err := accounts.WaitForPhone(ctx, tx, accountID, p); err != nil {
			return err
		}
		_, _, err := accounts.KeepPhone(ctx, tx, accountID, p, tx.Now())
		return err
	})
	if err != nil {
		return fmt.Errorf("issue phone: %w", err)
	}
	return nil
}

// issue adds a method to somebody's account in the operator's name.
func (f *Feature) issue(ctx context.Context, who actor.Actor, accountID string, kind accounts.MethodType, add func(tx *db.Tx, methodID string, list []accounts.Method) error) error {
	if who.Kind != actor.Operator {
		return fault.Missing()
	}
	return f.DB.Tx(ctx, func(tx *db.Tx) error {
		h, found, err := holderOf(ctx, tx, accountID)
		if err != nil {
			return err
		}
		if !found {
			return fault.Missing()
		}
		list, err := accounts.MethodsOf(ctx, tx, accountID)
		if err != nil {
			return err
		}
		methodID := f.IDs.Random()
		if err := add(tx, methodID, list); err != nil {
			return err
		}
		return audit.Record(ctx, tx, who, audit.Entry{
			Tenant: h.Tenant, Act: "method.add", Target: h.target(), Other: methodID, Details: audit.Details{"method": string(kind)},
		})
	})
}

// CodeNow is what an authenticator with this seed shows, and for how long yet.
func CodeNow(seed []byte, now time.Time) (code string, left time.Duration, err error) {
	step := stepAt(now)
	code, err = codeAt(seed, step)
	return code, time.Unix((step+1)*codePeriod, 0).Sub(now), err
}

// KeyOf is a seed as it is typed into an app.
func KeyOf(seed []byte) string { return InFours(seedText.EncodeToString(seed), " ") }

// SeedOf reads a key as it is typed into an app.
func SeedOf(key string) ([]byte, error) { return seedText.DecodeString(plain(key)) }
