package usermethods

import (
	"context"
	"slices"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/securityinfo"
)

// Gives adds methods that nobody has proved, in the transaction of an act.
type Gives interface {
	PhoneOffer() (securityinfo.Reach, []accounts.MethodType)
	GivePhone(ctx context.Context, tx *db.Tx, accountID string, in securityinfo.PhoneForm, seen string) (old, fresh accounts.Method, first bool, err error)
	GiveEmail(ctx context.Context, tx *db.Tx, accountID, typed, seen string) (old, fresh accounts.Method, err error)
}

// GivePhone adds a telephone to a member: codes go there from now on. seen is the one
// of its type that the administrator has been told is replaced, "" for none.
func (f *Feature) GivePhone(ctx context.Context, who actor.Actor, tenantID, userID string, in securityinfo.PhoneForm, seen string) error {
	entry := audit.Entry{Tenant: tenantID, Act: "method.add", Target: userID}
	return f.on(ctx, who, entry, func(tx *db.Tx, p person) error {
		before, err := f.addressesOf(ctx, tx, p)
		if err != nil {
			return err
		}
		old, fresh, first, err := f.Gives.GivePhone(ctx, tx, p.ID, in, seen)
		if err != nil {
			return err
		}
		if first { // a proof by the password alone was enough until now
			if err := f.Sessions.Unprove(ctx, tx, p.ID, ""); err != nil {
				return err
			}
		}
		return f.given(ctx, tx, who, p, before, old, fresh)
	})
}

// GiveEmail adds an address to a member, to get back in by. seen is as for GivePhone.
func (f *Feature) GiveEmail(ctx context.Context, who actor.Actor, tenantID, userID, typed, seen string) error {
	entry := audit.Entry{Tenant: tenantID, Act: "method.add", Target: userID}
	return f.on(ctx, who, entry, func(tx *db.Tx, p person) error {
		before, err := f.addressesOf(ctx, tx, p)
		if err != nil {
			return err
		}
		old, fresh, err := f.Gives.GiveEmail(ctx, tx, p.ID, typed, seen)
		if err != nil {
			return err
		}
		return f.given(ctx, tx, who, p, before, old, fresh)
	})
}

// given records what was added and tells its person, wherever they can be reached
// before and after.
func (f *Feature) given(ctx context.Context, tx *db.Tx, who actor.Actor, p person, to []string, old, fresh accounts.Method) error {
	row := audit.Entry{Tenant: p.home.ID, Act: "method.add", Target: p.target(), Other: fresh.ID, Details: audit.Details{"method": string(fresh.Type)}}
	if old.ID != "" {
		row.Act = "method.change"
	}
	if err := audit.Record(ctx, tx, who, row); err != nil {
		return err
	}
	if fresh.Address != "" && !slices.Contains(to, fresh.Address) {
		to = append(to, fresh.Address)
	}
	what, told := &givenTexts, []accounts.Method{fresh}
	if old.ID != "" {
		what, told = &replacedTexts, append(told, old)
	}
	for _, one := range to {
		if err := f.tellAt(ctx, tx, who, p, one, what, told); err != nil {
			return err
		}
	}
	return nil
}

// addressesOf are those that a person is known to read.
func (f *Feature) addressesOf(ctx context.Context, tx *db.Tx, p person) (out []string, err error) {
	to, err := accounts.MailAddress(ctx, tx, p.ID)
	if err != nil {
		return nil, err
	}
	if to != "" {
		out = append(out, to)
	}
	list, err := accounts.MethodsOf(ctx, tx, p.ID)
	for _, m := range list {
		if m.Address != "" && !slices.Contains(out, m.Address) {
			out = append(out, m.Address)
		}
	}
	return out, err
}
