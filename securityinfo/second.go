package securityinfo

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"sojourn/accounts"
	"sojourn/internal/db"
	"sojourn/internal/fault"
	"sojourn/policies"
)

// Factors lists what an account can take the second step with, the default first
// and recovery codes last. Where there is nothing but recovery codes it is empty.
func (f *Feature) Factors(ctx context.Context, c db.Conn, accountID string) ([]accounts.Factor, error) {
	list, err := accounts.MethodsOf(ctx, c, accountID)
	if err != nil {
		return nil, fmt.Errorf("second factors: %w", err)
	}
	if !accounts.HasSecondStep(list) {
		return nil, nil
	}
	asked, err := policies.Of(ctx, c, accountID)
	if err != nil {
		return nil, fmt.Errorf("second factors: %w", err)
	}
	return accounts.Factors(askable(asked, list), f.waysOf), nil
}

// Compare says whether a code is right for a factor of an account, and counts a
// wrong one: for the account and the factor, whatever flow or session it is typed
// in. A code that was sent is right in the flow it was sent for, and nowhere else.
// It uses nothing up.
func (f *Feature) Compare(ctx context.Context, accountID, factorID, flow, code string) (accounts.SecondProof, error) {
	none := accounts.SecondProof{}
	if strings.TrimSpace(code) == "" {
		return none, fault.New(fault.Invalid, "code_missing", "securityinfo.second.missing")
	}
	list, err := f.Factors(ctx, f.DB, accountID)
	if err != nil {
		return none, err
	}
	p := accounts.SecondProof{AccountID: accountID}
	for _, one := range list {
		if one.ID == factorID {
			p.Factor = one
		}
	}
	if p.Factor.Type == accounts.Passkey { // nobody guesses a signature: nothing is counted
		return f.compareKey(ctx, p, flow, code)
	}
	var right func() (bool, error)
	var spent bool
	w := secondWords
	switch {
	case p.Factor.Type.ShowsCodes():
		right, err = f.compareStep(ctx, &p, &spent, code)
	case p.Factor.Type == accounts.RecoveryCodes:
		right, err = f.comparePrinted(ctx, &p, &spent, code)
	case p.Factor.Sent():
		w = sentWords
		right, err = f.compareSent(ctx, &p, flow, code)
	default:
		return none, fault.New(fault.Conflict, "factor_gone", "securityinfo.second.gone")
	}
	if err != nil {
		return none, err
	}
	if err := f.counted(ctx, p, w, &spent, right); err != nil {
		return none, err
	}
	return p, nil
}

// counted compares a code, if its method has not had too many wrong ones.
func (f *Feature) counted(ctx context.Context, p accounts.SecondProof, w words, spent *bool, right func() (bool, error)) error {
	counter, err := f.secondCounter(ctx, p.AccountID, p.Factor.MethodID())
	if err != nil {
		return err
	}
	ok, n, err := f.try(ctx, counter, w, right)
	switch {
	case err != nil:
		return fmt.Errorf("compare code: %w", err)
	case *spent:
		return spentCode()
	case !ok:
		return wrong(n, w)
	}
	return nil
}

// spentCode: the code was right once.
func spentCode() error { return fault.New(fault.Conflict, "code_used", "securityinfo.second.used") }

// secondCounter counts wrong codes of one method. A new password starts afresh:
// it cannot be set without a link or a proof. Where the account's own methods do not
// stand in the way of a new password, as with one that is being set up or is bound to an
// organization, it changes nothing.
func (f *Feature) secondCounter(ctx context.Context, accountID, methodID string) (string, error) {
	if strings.HasPrefix(methodID, setUp) || strings.HasPrefix(methodID, boundTo) {
		return "second:" + accountID + ":" + methodID, nil
	}
	password, _, err := accounts.PasswordOf(ctx, f.DB, accountID)
	if err != nil {
		return "", fmt.Errorf("compare code: %w", err)
	}
	return "second:" + accountID + ":" + methodID + ":" + strconv.Itoa(password.Version), nil
}

func (f *Feature) compareStep(ctx context.Context, p *accounts.SecondProof, spent *bool, typed string) (func() (bool, error), error) {
	code, err := appCode(typed)
	if err != nil {
		return nil, err
	}
	return func() (found bool, err error) {
		s, there, err := f.seedOf(ctx, f.DB, p.AccountID, p.Factor.Type, p.Factor.ID)
		if err != nil || !there {
			return false, err
		}
		m, err := f.makerOf(s)
		if err != nil {
			f.log().Error("codes cannot be compared", "account", p.AccountID, "type", p.Factor.Type, "error", err)
			return false, nil // a person is told no more than that it is wrong
		}
		p.Step, found, *spent, err = m.match(code, f.DB.Now(), s.Step)
		return found, err
	}, nil
}

func (f *Feature) comparePrinted(ctx context.Context, p *accounts.SecondProof, spent *bool, typed string) (func() (bool, error), error) {
	code, err := printedCode(typed)
	if err != nil {
		return nil, err
	}
	return func() (bool, error) {
		salt, there, err := accounts.CodesSalt(ctx, f.DB, p.AccountID, p.Factor.ID)
		if err != nil || !there {
			return false, err
		}
		if p.Hash, err = f.Hasher.Salted(ctx, salt, code); err != nil {
			return false, err
		}
		used, found, err := accounts.CodeUsed(ctx, f.DB, p.Factor.ID, p.Hash)
		*spent = found && used
		return found && !used, err
	}, nil
}

// Spend uses a proof up, in the transaction of the act that it allows: of many at
// once, one does.
func (f *Feature) Spend(ctx context.Context, tx *db.Tx, p accounts.SecondProof) error {
	var spent bool
	var err error
	switch {
	case p.Factor.Type.ShowsCodes():
		spent, err = spendStep(ctx, tx, p.Factor.Type, p.AccountID, p.Factor.ID, p.Step)
	case p.Factor.Type == accounts.RecoveryCodes:
		spent, err = accounts.SpendCode(ctx, tx, p.AccountID, p.Factor.ID, p.Hash)
	case p.Passkey != nil:
		return f.SpendPasskey(ctx, tx, *p.Passkey)
	case p.Factor.Sent():
		spent, err = accounts.SpendSentCode(ctx, tx, p.AccountID, p.Factor.MethodID(), p.Code)
	default:
		err = errors.New("a proof of nothing")
	}
	switch {
	case err != nil:
		return fmt.Errorf("spend code: %w", err)
	case !spent && p.Factor.Sent():
		return sentSpent()
	case !spent:
		return spentCode()
	case p.Factor.Type == accounts.RecoveryCodes:
		return f.tellSpent(ctx, tx, p)
	}
	return nil
}

const seedPurpose = "authenticator seed"

func (f *Feature) openSeed(s accounts.Seed) ([]byte, error) {
	if s.TokenID != "" {
		return f.Box.Open(tokenPurpose, s.Tenant, s.TokenID, s.Sealed)
	}
	return f.Box.Open(seedPurpose, s.Tenant, s.MethodID, s.Sealed)
}
