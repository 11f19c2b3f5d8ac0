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

// BeginToken notes which token of their organization somebody has in hand. It waits,
// for as long as SetUpTime, until a code proves that; nothing has changed until then,
// so nobody is told, and the token stays free.
func (f *Feature) BeginToken(ctx context.Context, who actor.Actor, typed string) error {
	h, err := f.person(ctx, f.DB, who)
	if err != nil {
		return err
	}
	serial, err := SerialNumber(typed)
	if err != nil {
		return err
	}
	asked, err := policies.Of(ctx, f.DB, who.AccountID)
	if err != nil {
		return fmt.Errorf("begin token: %w", err)
	}
	var t accounts.Token
	counter, err := f.secondCounter(ctx, who.AccountID, setUpOf(accounts.HardwareToken)+"-serial")
	if err != nil {
		return err
	}
	ok, n, err := f.try(ctx, counter, setUpWords, func() (found bool, err error) {
		t, found, err = accounts.TokenOfSerial(ctx, f.DB, h.Tenant, serial)
		return found && mayTake(t, h.HomeUser, asked.Administrator), err
	})
	if err != nil {
		return fmt.Errorf("begin token: %w", err)
	}
	if !ok {
		if n >= setUpTries {
			return wrong(n, setUpWords)
		}
		return noToken(asked.Administrator)
	}
	err = f.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := f.mayBegin(ctx, tx, who, accounts.HardwareToken); err != nil {
			return err
		}
		list, err := accounts.MethodsOf(ctx, tx, who.AccountID)
		if err != nil {
			return err
		}
		if err := mayAdd(list); err != nil {
			return err
		}
		return accounts.WaitForToken(ctx, tx, who.AccountID, accounts.TokenSetUp{MethodID: f.IDs.Random(), TokenID: t.ID})
	})
	if err != nil {
		return fmt.Errorf("begin token: %w", err)
	}
	return nil
}

// SettingUpToken reads what the asker is taking into use.
func (f *Feature) SettingUpToken(ctx context.Context, who actor.Actor) (accounts.TokenSetUp, error) {
	if _, err := f.person(ctx, f.DB, who); err != nil {
		return accounts.TokenSetUp{}, err
	}
	if err := Fresh(who, f.DB.Now()); err != nil {
		return accounts.TokenSetUp{}, err
	}
	s, found, err := accounts.WaitingToken(ctx, f.DB, who.AccountID, f.DB.Now().Add(-SetUpTime))
	if err != nil {
		return s, fmt.Errorf("set up token: %w", err)
	}
	if !found {
		return s, setUpOver()
	}
	return s, nil
}

// NameToken keeps what somebody calls the token they are taking into use.
func (f *Feature) NameToken(ctx context.Context, who actor.Actor, methodID, typed string) error {
	if _, err := f.person(ctx, f.DB, who); err != nil {
		return err
	}
	name, err := methodName(typed)
	if err := gather("name", err); err != nil {
		return err
	}
	return f.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := Fresh(who, tx.Now()); err != nil {
			return err
		}
		kept, err := accounts.NameWaitingToken(ctx, tx, who.AccountID, methodID, name, tx.Now().Add(-SetUpTime))
		if err == nil && !kept {
			err = setUpOver()
		}
		return err
	})
}

// ConfirmToken takes the token that methodID waits for into use. The code shows that
// the asker has it in hand; its step of time is spent.
func (f *Feature) ConfirmToken(ctx context.Context, who actor.Actor, methodID, typed string) (Confirmed, error) {
	s, err := f.SettingUpToken(ctx, who)
	if err == nil && s.MethodID != methodID {
		err = setUpOver()
	}
	if err != nil {
		return Confirmed{}, err
	}
	h, err := f.person(ctx, f.DB, who)
	if err != nil {
		return Confirmed{}, err
	}
	step, err := f.firstShown(ctx, who, methodID, typed)
	if err := gather("code", err); err != nil {
		return Confirmed{}, err
	}
	var out Confirmed
	err = f.alter(ctx, who, alteration{
		Entry:  audit.Entry{Act: "method.add"},
		Method: accounts.Method{ID: methodID, Type: accounts.HardwareToken, Name: s.Name, Serial: s.Serial},
		Words:  &addedTexts,
	}, func(tx *db.Tx, list []accounts.Method, _ *accounts.Method) error {
		out.First = !accounts.HasSecondStep(list)
		if err := mayAdd(list); err != nil {
			return err
		}
		if err := stillFree(ctx, tx, who, h, s.TokenID); err != nil {
			return err
		}
		taken, err := accounts.ActivateToken(ctx, tx, who.AccountID, h.HomeUser, s, step, tx.Now().Add(-SetUpTime))
		if err == nil && !taken {
			err = setUpOver()
		}
		if err != nil {
			return err
		}
		err = audit.Record(ctx, tx, who.In(h.Tenant, h.HomeUser), audit.Entry{Tenant: h.Tenant, Act: "token.activate", Target: s.TokenID, Other: h.HomeUser})
		if err != nil || !out.First {
			return err
		}
		return f.Sessions.Unprove(ctx, tx, who.AccountID, who.SessionID) // a proof by the password alone was enough until now
	})
	if err != nil {
		return Confirmed{}, fmt.Errorf("confirm token: %w", err)
	}
	return out, nil
}

// stillFree holds a token that is taken into use against what has happened since it was
// begun: it may be somebody's, or its owner may have been given a role.
func stillFree(ctx context.Context, tx *db.Tx, who actor.Actor, h holder, tokenID string) error {
	t, found, err := accounts.TokenBy(ctx, tx, h.Tenant, tokenID)
	if err != nil {
		return err
	}
	asked, err := policies.Of(ctx, tx, who.AccountID)
	if err == nil && (!found || !mayTake(t, h.HomeUser, asked.Administrator)) {
		err = setUpOver()
	}
	return err
}

// firstShown finds the step of the first code of a token. Wrong ones count, whichever
// token they are for: whoever guesses has no more tries by beginning again.
func (f *Feature) firstShown(ctx context.Context, who actor.Actor, methodID, typed string) (step int64, err error) {
	if plain(typed) == "" {
		return 0, fault.New(fault.Invalid, "code_missing", "securityinfo.second.missing")
	}
	code, err := appCode(typed)
	if err != nil {
		return 0, err
	}
	counter, err := f.secondCounter(ctx, who.AccountID, setUpOf(accounts.HardwareToken))
	if err != nil {
		return 0, err
	}
	spent := false
	ok, n, err := f.try(ctx, counter, setUpWords, func() (found bool, err error) {
		s, there, err := f.seedOf(ctx, f.DB, who.AccountID, accounts.HardwareToken, methodID)
		if err != nil || !there {
			return false, err
		}
		m, err := f.makerOf(s)
		if err != nil {
			f.log().Error("codes cannot be compared", "account", who.AccountID, "type", accounts.HardwareToken, "error", err)
			return false, nil
		}
		step, found, spent, err = m.match(code, f.DB.Now(), s.Step)
		return found, err
	})
	switch {
	case err != nil:
		return 0, err
	case spent:
		return 0, fault.New(fault.Invalid, "code_used", "securityinfo.second.used")
	case !ok && n >= setUpTries:
		return 0, wrong(n, setUpWords)
	case !ok:
		return 0, fault.New(fault.Invalid, "wrong_code", "securityinfo.token.wrong")
	}
	return step, nil
}

// SealToken seals the seed of a token for the inventory of an organization.
func (f *Feature) SealToken(tenantID, tokenID string, seed []byte) []byte {
	return f.Box.Seal(tokenPurpose, tenantID, tokenID, seed)
}
