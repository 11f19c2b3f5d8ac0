package signin

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"sojourn/accounts"
	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
	"sojourn/internal/id"
)

// strange says whether a sign-in is to be told by mail: it comes from a browser
// that the account has not used before, as far back as sessions are known. The
// first sign-in ever is not told. There is nothing to compare it with, and that
// the password was set, which comes right before, was told by mail already.
func (f *Feature) strange(ctx context.Context, accountID, knownBrowser string) (bool, error) {
	if knownBrowser != "" {
		return false, nil
	}
	a, _, err := accounts.Get(ctx, f.DB, accountID)
	if err != nil {
		return false, fmt.Errorf("sign-in: %w", err)
	}
	before, err := signedInBefore(ctx, f.DB, cmp.Or(a.HomeUserID, accountID))
	if err != nil {
		return false, fmt.Errorf("sign-in: %w", err)
	}
	return before, nil
}

// notify mails that somebody signed in from a new browser, with a link for whom
// that was not: one sign-in, one mail, never capped.
func (f *Feature) notify(ctx context.Context, tx *db.Tx, who actor.Actor, sessionID string) error {
	to, err := accounts.MailAddress(ctx, tx, who.AccountID)
	if err != nil || to == "" {
		return err
	}
	secret := f.IDs.Secret()
	if err := insertNotice(ctx, tx, f.IDs.New(), id.Hash(secret), who.AccountID, sessionID, "", tx.Now().Add(noticeLife)); err != nil {
		return err
	}
	return f.tellStrange(ctx, tx, who, to, sessionID, f.Base.String()+"/not-me/"+secret)
}

// Notice is a sign-in that somebody was mailed about, as the link in the mail
// shows it.
type Notice struct {
	At      time.Time
	Address string
	Agent   string // User-Agent
	UsedAt  time.Time

	Account      string // whose, never shown
	Organization string // home organization, which alone gives a new password; "" without one
	Contact      string // a mail address there, or ""
	MailedTo     string // where a link for a new password goes

	id, session, home string
}

// Notice reads what a link is about and changes nothing. Unknown and expired
// ones are answered alike; one that was used says what was done.
func (f *Feature) Notice(ctx context.Context, token string) (Notice, error) {
	n, found, err := noticeOf(ctx, f.DB, id.Hash(token), f.DB.Now())
	if err != nil {
		return Notice{}, fmt.Errorf("notice: %w", err)
	}
	if !found {
		return Notice{}, noticeOver()
	}
	if n.home == "" {
		n.MailedTo, err = accounts.MailAddress(ctx, f.DB, n.Account)
	} else {
		var t directory.Tenant
		t, _, err = directory.TenantBy(ctx, f.DB, n.home)
		n.Organization, n.Contact = t.Name, cmp.Or(t.TechnicalContact, t.PrivacyContact)
	}
	if err != nil {
		return Notice{}, fmt.Errorf("notice: %w", err)
	}
	return n, nil
}

func noticeOver() error { return fault.New(fault.Gone, "link_dead", "signin.notice.gone.title") }

// DisownByLink is Disown by the link in a mail, for whoever has lost the way in:
// the link proves the mailbox. It works once. Who has no home organization is
// mailed a link for a new password; of others the home decides, as always. who
// carries where the request comes from.
func (f *Feature) DisownByLink(ctx context.Context, who actor.Actor, token string) (accountID string, err error) {
	err = f.DB.Tx(ctx, func(tx *db.Tx) error {
		account, session, method, found, err := burnNotice(ctx, tx, id.Hash(token))
		if err != nil {
			return err
		}
		if !found {
			return noticeOver()
		}
		s, err := standingOf(ctx, tx, account)
		if err != nil {
			return err
		}
		accountID = account
		if browser, err := browserOf(ctx, tx, session, account); err != nil {
			return err
		} else if _, err := disown(ctx, tx, browser, account); err != nil {
			return err
		}
		by := actor.Actor{Kind: actor.Person, AccountID: account, Address: who.Address, Agent: who.Agent}
		entry := audit.Entry{Tenant: s.HomeTenant, Act: "session.disown", Target: s.target(), Other: session}
		if err := audit.Record(ctx, tx, atHome(by, entry), entry); err != nil {
			return err
		}
		if err := takeBack(ctx, tx, by, s, method); err != nil || s.HomeUser != "" || !s.Active {
			return err
		}
		return f.mailReset(ctx, tx, account)
	})
	if err != nil {
		return "", fmt.Errorf("disown by link: %w", err)
	}
	return accountID, nil
}

// takeBack removes a method that somebody else had added: it would keep the person
// out of what they are about to make safe.
func takeBack(ctx context.Context, tx *db.Tx, by actor.Actor, s standing, methodID string) error {
	if methodID == "" {
		return nil
	}
	m, found, err := accounts.MethodBy(ctx, tx, s.Account, methodID)
	if err == nil && !found {
		return takeBackBound(ctx, tx, by, s.Account, methodID)
	}
	if err != nil {
		return err
	}
	if _, err := accounts.Forget(ctx, tx, s.Account, methodID); err != nil {
		return err
	}
	entry := audit.Entry{Tenant: s.HomeTenant, Act: "method.remove", Target: s.target(), Other: methodID, Details: audit.Details{"method": string(m.Type)}}
	return audit.Record(ctx, tx, atHome(by, entry), entry)
}

func (f *Feature) mailReset(ctx context.Context, tx *db.Tx, accountID string) error {
	to, err := accounts.MailAddress(ctx, tx, accountID)
	if err != nil || to == "" {
		return err
	}
	a, _, err := accounts.Get(ctx, tx, accountID)
	if err != nil {
		return err
	}
	_, err = f.Resets.PasswordLink(ctx, tx, accountID, "", to, a.Language)
	return err
}
