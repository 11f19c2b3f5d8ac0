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
	"sojourn/policies"
)

// Due says whether an account has to set something up before anything else is open
// to it, or is asked to when it suits.
func (f *Feature) Due(ctx context.Context, c db.Conn, accountID string) (must, ask bool, err error) {
	m, err := f.missing(ctx, c, accountID)
	return m.Must(), m.Any() && !m.Must(), err
}

// Missing is what the asker is to set up, and what they have.
func (f *Feature) Missing(ctx context.Context, who actor.Actor) (Missing, error) {
	return f.missing(ctx, f.DB, who.AccountID)
}

// next is what is wise to do after a change of the asker's methods. entering is the
// organization for which a method was added, if one was.
func (f *Feature) next(ctx context.Context, who actor.Actor, entering string) (n next, err error) {
	if n.Info, err = f.Info(ctx, who); err != nil {
		return n, err
	}
	m, err := f.Missing(ctx, who)
	if err != nil {
		return n, err
	}
	c, err := f.claimant(ctx, f.DB, who.AccountID)
	if err != nil {
		return n, fmt.Errorf("security info: %w", err)
	}
	n.Enters = n.open(entering)
	n.Asks, n.Stuck, n.Needs = asksKey(m), n.HasPassword && c.barred() == "few", c.need()-c.different()
	return n, nil
}

func (f *Feature) missing(ctx context.Context, c db.Conn, accountID string) (Missing, error) {
	a, err := policies.Of(ctx, c, accountID)
	if err != nil {
		return Missing{}, err
	}
	list, err := accounts.MethodsOf(ctx, c, accountID)
	if err != nil {
		return Missing{}, fmt.Errorf("registration: %w", err)
	}
	said, err := answeredOf(ctx, c, accountID)
	if err != nil {
		return Missing{}, fmt.Errorf("registration: %w", err)
	}
	can := f.addable()
	if tokens, err := accounts.HasTokens(ctx, c, a.Tenant); err != nil {
		return Missing{}, fmt.Errorf("registration: %w", err)
	} else if tokens {
		can = append(can, accounts.HardwareToken)
	}
	return missing(a, list, said, can, f.DB.Now()), nil
}

// addable are the methods that people can add by themselves here.
func (f *Feature) addable() []accounts.MethodType {
	list := append([]accounts.MethodType{accounts.Authenticator, accounts.Email, accounts.Questions}, f.reach().kinds()...)
	if f.Passkeys() {
		list = append(list, accounts.Passkey)
	}
	return list
}

// Skip puts off what the asker may put off, and says where they go on.
func (f *Feature) Skip(ctx context.Context, who actor.Actor) (resume string, err error) {
	return f.answer(ctx, who, "registration.skip", func(tx *db.Tx, m Missing, said answered) (answered, error) {
		if m.Must() {
			return said, fault.New(fault.Forbidden, "must_register", "securityinfo.register.must")
		}
		if !m.Any() { // else what is asleep could be put off for ever
			return said, nil
		}
		a, err := policies.Of(ctx, tx, who.AccountID)
		if err != nil {
			return said, err
		}
		said.QuietUntil = tx.Now().Add(quiet)
		if m.Campaign {
			said.Skipped++
			said.QuietUntil = tx.Now().Add(time.Duration(a.Campaign.Snooze) * 24 * time.Hour)
		}
		return said, nil
	})
}

// Confirm is the asker's word that their methods are right, and says where they go
// on.
func (f *Feature) Confirm(ctx context.Context, who actor.Actor) (resume string, err error) {
	return f.answer(ctx, who, "registration.confirm", func(tx *db.Tx, m Missing, said answered) (answered, error) {
		if m.Must() {
			return said, fault.New(fault.Forbidden, "must_register", "securityinfo.register.must")
		}
		said.Confirmed = tx.Now()
		return said, nil
	})
}

func (f *Feature) answer(ctx context.Context, who actor.Actor, act string, decide func(*db.Tx, Missing, answered) (answered, error)) (resume string, err error) {
	h, err := f.person(ctx, f.DB, who)
	if err != nil {
		return "", err
	}
	entry := audit.Entry{Tenant: h.Tenant, Act: act, Target: h.target(), Account: who.AccountID}
	by := who
	if h.Tenant != "" {
		by = who.In(h.Tenant, h.HomeUser)
	}
	err = f.DB.Tx(ctx, func(tx *db.Tx) error {
		m, err := f.missing(ctx, tx, who.AccountID)
		if err != nil {
			return err
		}
		said, err := answeredOf(ctx, tx, who.AccountID)
		if err != nil {
			return err
		}
		if said, err = decide(tx, m, said); err != nil {
			return err
		}
		if err := saveAnswered(ctx, tx, who.AccountID, said); err != nil {
			return err
		}
		if resume, err = f.Registering.GoOn(ctx, tx, who); err != nil {
			return err
		}
		return audit.Record(ctx, tx, by, entry)
	})
	if err != nil {
		return "", audit.Refused(ctx, f.DB, by, entry, fmt.Errorf("registration: %w", err))
	}
	return resume, nil
}
