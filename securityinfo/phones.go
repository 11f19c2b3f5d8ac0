package securityinfo

import (
	"context"
	"fmt"
	"strings"
	"time"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
	"sojourn/internal/outbox"
	"sojourn/internal/phone"
)

// setUp is what the code of a telephone that is being set up is made for: it opens
// no flow.
const setUp = "set-up"

// Reach is what a page offers when a telephone is added.
type Reach struct {
	Ways      []accounts.Way
	Countries phone.Countries
	Home      string // the country to begin with
}

// PhoneReach says how telephones of a type can be reached; types that cannot be
// are not there.
func (f *Feature) PhoneReach(ctx context.Context, who actor.Actor, kind accounts.MethodType) (Reach, error) {
	h, err := f.person(ctx, f.DB, who)
	if err != nil {
		return Reach{}, err
	}
	if err := Fresh(who, f.DB.Now()); err != nil {
		return Reach{}, err
	}
	r := Reach{Ways: f.reach().waysFor(kind), Countries: f.Countries}
	if len(r.Ways) == 0 {
		return Reach{}, fault.Missing()
	}
	if r.Home = f.Countries[0]; f.Countries.Has(h.Region) {
		r.Home = h.Region
	}
	return r, nil
}

// BeginPhone notes a telephone that is to be added, or to take the place of the one
// of its type, and sends a code there. It waits, for as long as SetUpTime, until the
// code proves that its person has it. Nothing has changed until then, so nobody is
// told.
func (f *Feature) BeginPhone(ctx context.Context, who actor.Actor, in PhoneForm) error {
	if _, err := f.person(ctx, f.DB, who); err != nil {
		return err
	}
	if strings.TrimSpace(in.Number) == "" {
		return noNumber("securityinfo.phones.number.missing")
	}
	n, way, err := in.number(f.reach())
	if err != nil {
		return err
	}
	if err := f.mayStillTry(ctx, who.AccountID, setUpOf(in.Type), setUpWords); err != nil {
		return err
	}
	p := accounts.Phone{MethodID: f.IDs.Random(), Type: in.Type, Number: n.E164, Extension: n.Extension, Way: way}
	err = f.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := f.mayBegin(ctx, tx, who, in.Type); err != nil {
			return err
		}
		list, err := accounts.MethodsOf(ctx, tx, who.AccountID)
		if err != nil {
			return err
		}
		if err := anotherThan(list, in.Type, n); err != nil {
			return err
		}
		if err := accounts.WaitForPhone(ctx, tx, who.AccountID, p); err != nil {
			return err
		}
		return f.sendCode(ctx, tx, who.AccountID, p, setUp)
	})
	if err != nil {
		return fmt.Errorf("begin phone: %w", err)
	}
	return nil
}

// setUpOf is under which name the wrong tries at setting up telephones of a type
// count: sending again, or beginning again with another number, forgets none.
func setUpOf(kind accounts.MethodType) string { return setUp + "-" + string(kind) }

// PhoneSetUp is a telephone that waits for the code that was sent to it.
type PhoneSetUp struct {
	MethodID string
	Number   phone.Number
	Way      accounts.Way
}

// SettingUpPhone reads what the asker is setting up.
func (f *Feature) SettingUpPhone(ctx context.Context, who actor.Actor, kind accounts.MethodType) (PhoneSetUp, error) {
	p, err := f.waitingPhone(ctx, f.DB, who, kind)
	if err != nil {
		return PhoneSetUp{}, err
	}
	n, err := phone.Of(p.Number)
	if err != nil {
		return PhoneSetUp{}, fmt.Errorf("set up phone: %w", err)
	}
	n.Extension = p.Extension
	return PhoneSetUp{MethodID: p.MethodID, Number: n, Way: p.Way}, nil
}

func (f *Feature) waitingPhone(ctx context.Context, c db.Conn, who actor.Actor, kind accounts.MethodType) (accounts.Phone, error) {
	if _, err := f.person(ctx, c, who); err != nil {
		return accounts.Phone{}, err
	}
	if err := Fresh(who, c.Now()); err != nil {
		return accounts.Phone{}, err
	}
	p, found, err := accounts.WaitingPhone(ctx, c, who.AccountID, kind, c.Now().Add(-SetUpTime))
	if err != nil {
		return accounts.Phone{}, fmt.Errorf("set up phone: %w", err)
	}
	if !found {
		return accounts.Phone{}, setUpOver()
	}
	return p, nil
}

// SendAgain sends another code to the telephone that is being set up.
func (f *Feature) SendAgain(ctx context.Context, who actor.Actor, kind accounts.MethodType) error {
	if err := f.mayStillTry(ctx, who.AccountID, setUpOf(kind), setUpWords); err != nil {
		return err
	}
	return f.DB.Tx(ctx, func(tx *db.Tx) error {
		p, err := f.waitingPhone(ctx, tx, who, kind)
		if err != nil {
			return err
		}
		return f.sendCode(ctx, tx, who.AccountID, p, setUp)
	})
}

// ConfirmPhone takes a telephone into use whose code was typed, in place of the one
// of its type there was before. The code is used up.
func (f *Feature) ConfirmPhone(ctx context.Context, who actor.Actor, kind accounts.MethodType, methodID, typed string) (Confirmed, error) {
	p, err := f.waitingPhone(ctx, f.DB, who, kind)
	if err == nil && p.MethodID != methodID {
		err = setUpOver()
	}
	if err != nil {
		return Confirmed{}, err
	}
	codeID, err := f.firstSent(ctx, who, p, typed)
	if err := gather("code", err); err != nil {
		return Confirmed{}, err
	}
	list, err := accounts.MethodsOf(ctx, f.DB, who.AccountID)
	if err != nil {
		return Confirmed{}, fmt.Errorf("confirm phone: %w", err)
	}
	out := Confirmed{First: !accounts.HasSecondStep(list), Replaced: has(list, kind)}
	a := alteration{Entry: audit.Entry{Act: "method.add"}, Method: accounts.Method{ID: methodID, Type: kind, Name: phone.Masked(p.Number)}, Words: &addedTexts}
	if out.Replaced {
		a.Entry.Act, a.Words = "method.change", &numberTexts
	}
	err = f.alter(ctx, who, a, func(tx *db.Tx, list []accounts.Method, _ *accounts.Method) error {
		spent, err := accounts.SpendSentCode(ctx, tx, who.AccountID, methodID, codeID)
		if err != nil {
			return err
		}
		_, kept, err := accounts.KeepPhone(ctx, tx, who.AccountID, p, tx.Now().Add(-SetUpTime))
		if err == nil && (!spent || !kept || has(list, kind) != out.Replaced) {
			err = setUpOver()
		}
		if err != nil {
			return err
		}
		return f.tellOldNumber(ctx, tx, who.AccountID, list, p)
	})
	if err != nil {
		return Confirmed{}, fmt.Errorf("confirm phone: %w", err)
	}
	return out, nil
}

func has(list []accounts.Method, kind accounts.MethodType) bool {
	for _, m := range list {
		if m.Type == kind {
			return true
		}
	}
	return false
}

// firstSent compares the code that was sent to a telephone that waits. Wrong ones
// count, as they do at sign-in.
func (f *Feature) firstSent(ctx context.Context, who actor.Actor, p accounts.Phone, typed string) (codeID string, err error) {
	if strings.TrimSpace(typed) == "" {
		return "", fault.New(fault.Invalid, "code_missing", "securityinfo.second.missing")
	}
	proof := accounts.SecondProof{AccountID: who.AccountID, Factor: accounts.Factor{ID: accounts.FactorID(p.MethodID, p.Way), Type: p.Type, Way: p.Way}}
	right, err := f.compareSent(ctx, &proof, setUp, typed)
	if err != nil {
		return "", err
	}
	counter, err := f.secondCounter(ctx, who.AccountID, setUpOf(p.Type))
	if err != nil {
		return "", err
	}
	ok, n, err := f.try(ctx, counter, setUpWords, right)
	if err == nil && !ok {
		err = wrong(n, setUpWords)
	}
	return proof.Code, err
}

// tellOldNumber tells the telephone that another took the place of, where a text can
// reach it: whoever has it may be who should know. Like every notice it is not capped.
func (f *Feature) tellOldNumber(ctx context.Context, tx *db.Tx, accountID string, before []accounts.Method, fresh accounts.Phone) error {
	for _, old := range before {
		if old.Type != fresh.Type || old.Number == fresh.Number {
			continue
		}
		n, err := phone.Of(old.Number)
		if err != nil || f.reach().takes(accounts.MobilePhone, n, accounts.ByText) != nil {
			return nil // a telephone at a desk, or one that nothing goes out to any more
		}
		h, found, err := holderOf(ctx, tx, accountID)
		if err != nil || !found {
			return err
		}
		l := f.Words.Match("", h.Language)
		return f.Outbox.PutText(ctx, tx, outbox.Text{
			Dedupe: "old-number:" + fresh.MethodID, Tenant: h.Tenant, Account: h.Account, To: old.Number, Language: l.Lang(),
			Text: l.T("securityinfo.sent.replaced"), ExpiresAt: tx.Now().Add(24 * time.Hour),
		})
	}
	return nil
}
