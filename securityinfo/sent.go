package securityinfo

import (
	"context"
	"crypto/rand"
	"fmt"
	"math/big"
	"net/url"

	"sojourn/accounts"
	"sojourn/internal/caps"
	"sojourn/internal/db"
	"sojourn/internal/fault"
	"sojourn/internal/outbox"
	"sojourn/internal/phone"
)

// Send sends a code to a telephone of an account, for one flow. The codes before it
// are over; the wrong tries are not forgotten. Where too much was sent already it
// says the same and sends nothing.
func (f *Feature) Send(ctx context.Context, accountID, factorID, flow string) error {
	methodID, way := accounts.PartFactor(factorID)
	if err := f.mayStillTry(ctx, accountID, methodID, sentWords); err != nil {
		return err
	}
	err := f.DB.Tx(ctx, func(tx *db.Tx) error {
		m, found, err := accounts.MethodBy(ctx, tx, accountID, methodID)
		if err != nil {
			return err
		}
		if !found || !m.Type.IsPhone() {
			return fault.New(fault.Conflict, "factor_gone", "securityinfo.second.gone")
		}
		return f.sendCode(ctx, tx, accountID, accounts.Phone{MethodID: m.ID, Type: m.Type, Number: m.Number, Extension: m.Extension, Way: way}, flow)
	})
	if err != nil {
		return fmt.Errorf("send code: %w", err)
	}
	return nil
}

// mayStillTry refuses to send a code that nobody may type.
func (f *Feature) mayStillTry(ctx context.Context, accountID, methodID string, w words) error {
	counter, err := f.secondCounter(ctx, accountID, methodID)
	if err != nil {
		return err
	}
	seen, err := triesOf(ctx, f.DB, counter)
	if err != nil {
		return fmt.Errorf("send code: %w", err)
	}
	if seen.Count < w.most() {
		return nil
	}
	return seen.allow(f.DB.Now(), w)
}

// sendCode makes a code for a telephone and sends it, in the transaction of the
// act.
func (f *Feature) sendCode(ctx context.Context, tx *db.Tx, accountID string, p accounts.Phone, madeFor string) error {
	n, err := phone.Of(p.Number)
	if err != nil {
		return err
	}
	n.Extension = p.Extension
	if f.reach().takes(p.Type, n, p.Way) != nil {
		return fault.New(fault.Conflict, "cannot_send", "securityinfo.sent.cannot")
	}
	h, found, err := holderOf(ctx, tx, accountID)
	if err != nil || !found {
		return err
	}
	_, within, err := caps.Count(ctx, tx, f.PhoneCaps.All(p.Number, h.Tenant)...)
	if err != nil || !within {
		return err
	}
	id, code, err := f.newCode(ctx, tx, accountID, p.MethodID, madeFor)
	if err != nil {
		return err
	}
	return f.tellCode(ctx, tx, h, p, id, code)
}

// newCode makes a code that is to be sent, in place of the one before it.
func (f *Feature) newCode(ctx context.Context, tx *db.Tx, accountID, methodID, madeFor string) (id, code string, err error) {
	drawn, err := rand.Int(rand.Reader, big.NewInt(sentCodes))
	if err != nil {
		return "", "", err
	}
	made, code := accounts.SentCode{ID: f.IDs.Random()}, sentCode(drawn.Int64())
	made.MAC = f.codeMAC(made.ID, methodID, madeFor, code)
	return made.ID, code, accounts.KeepSentCode(ctx, tx, accountID, methodID, made, tx.Now().Add(sentLife))
}

// codeMAC binds a code to the method it was sent for, and to the flow or set-up.
func (f *Feature) codeMAC(id, methodID, madeFor, code string) []byte {
	return f.Box.CodeMAC("sent code", id, methodID, madeFor, code)
}

// compareSent looks a code up that was sent.
func (f *Feature) compareSent(ctx context.Context, p *accounts.SecondProof, madeFor, typed string) (func() (bool, error), error) {
	code, err := sixDigits(typed, "securityinfo.sent.digits")
	if err != nil {
		return nil, err
	}
	return func() (bool, error) {
		made, found, err := accounts.SentCodeOf(ctx, f.DB, p.AccountID, p.Factor.MethodID(), f.DB.Now())
		if err != nil || !found {
			return false, err
		}
		p.Code = made.ID
		return f.Box.IsCodeMAC(made.MAC, "sent code", made.ID, p.Factor.MethodID(), madeFor, code), nil
	}, nil
}

// sentSpent: the code was right, and has been used or followed by another since.
func sentSpent() error { return fault.New(fault.Conflict, "code_used", "securityinfo.sent.used") }

// tellCode brings a code to its person, in their language.
func (f *Feature) tellCode(ctx context.Context, tx *db.Tx, h holder, p accounts.Phone, id, code string) error {
	l, until := f.Words.Match("", h.Language), tx.Now().Add(sentLife)
	if p.Way == accounts.ByCall {
		return f.Outbox.PutCall(ctx, tx, outbox.Call{
			Dedupe: "code:" + id, Tenant: h.Tenant, Account: h.Account, To: p.Number, Extension: p.Extension,
			Spoken: l.T("securityinfo.sent.call", "code", code), Language: l.Lang(), ExpiresAt: until,
		})
	}
	text := l.T("securityinfo.sent.text", "code", code, "minutes", int(sentLife.Minutes()))
	if at, err := url.Parse(f.BaseURL); err == nil { // by this line phones offer the code at this address, and at no other
		text += "\n\n@" + at.Hostname() + " #" + code
	}
	return f.Outbox.PutText(ctx, tx, outbox.Text{
		Dedupe: "code:" + id, Tenant: h.Tenant, Account: h.Account, To: p.Number, Text: text, Language: l.Lang(), ExpiresAt: until,
	})
}

// reach is asked anew each time: what goes out depends on the operator.
func (f *Feature) reach() reach {
	r := reach{Countries: f.Countries}
	if f.Delivers != nil {
		r.Texts, r.Calls = f.Delivers(outbox.ByText), f.Delivers(outbox.ByVoice)
	}
	return r
}

func (f *Feature) waysOf(m accounts.Method) []accounts.Way { return f.reach().waysTo(m) }
