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
	"sojourn/policies"
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
	url, err := f.NoticeLink(ctx, tx, who.AccountID, sessionID, "", to)
	if err != nil {
		return err
	}
	return f.tellStrange(ctx, tx, who, to, sessionID, url)
}

// Notice is a sign-in, or a method added in one, that somebody was mailed about, as the
// link in the mail shows it.
type Notice struct {
	At      time.Time
	Address string
	Agent   string // User-Agent
	UsedAt  time.Time

	Account      string // whose, never shown
	Organization string // home organization, which alone gives a new password; "" without one
	Contact      string // a mail address there, or ""
	MailedTo     string // where a link for a new password goes
	Addition

	id, session, home string
}

// Addition is the method that a notice is about.
type Addition struct {
	Added    bool            // there is one: it is no sign-in that is told
	Method   accounts.Method // as it stands; the zero Method: it is gone
	Provable bool            // the account had a password then, with which it can be taken away
	Changed  bool            // another one of its sort made room for it
	TakenAt  time.Time       // it was taken away by this link
	Second   bool            // the account asks for a second step now
	Two      bool            // it takes two methods to get back into it

	was    accounts.Password
	method string // its id
}

// Removable says whether the link can still take the method away, with the password.
func (n Notice) Removable() bool {
	return n.Added && !n.UsedAt.IsZero() && n.TakenAt.IsZero() && n.Method.ID != "" && n.Method.Reported.IsZero()
}

// Taken says whether nobody can use the method any more because of this link, or of
// another about the same method.
func (n Notice) Taken() bool { return !n.TakenAt.IsZero() || !n.Method.Reported.IsZero() }

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
	if n.Added {
		if err := f.asItStands(ctx, &n); err != nil {
			return Notice{}, fmt.Errorf("notice: %w", err)
		}
	}
	switch helps := cmp.Or(n.Method.Tenant, n.home); {
	case helps != "":
		var t directory.Tenant
		t, _, err = directory.TenantBy(ctx, f.DB, helps)
		n.Organization, n.Contact = t.Name, cmp.Or(t.TechnicalContact, t.PrivacyContact)
	case !n.Added:
		n.MailedTo, err = accounts.MailAddress(ctx, f.DB, n.Account)
	}
	if err != nil {
		return Notice{}, fmt.Errorf("notice: %w", err)
	}
	return n, nil
}

func noticeOver() error { return fault.New(fault.Gone, "link_dead", "signin.notice.gone.title") }

// asItStands reads what has become of the method that a notice is about, and what its
// account asks for.
func (f *Feature) asItStands(ctx context.Context, n *Notice) (err error) {
	if n.Method, err = methodAdded(ctx, f.DB, n.Account, n.method); err != nil {
		return err
	}
	if n.Second, err = f.asksSecond(ctx, f.DB, n.Account); err != nil {
		return err
	}
	asked, err := policies.Of(ctx, f.DB, n.Account)
	n.Two = asked.ResetNumber(n.Second) > 1
	return err
}

// methodAdded finds a method of an account, bound to an organization or not; the zero
// Method: it is gone. What is bound where its person has left is not.
func methodAdded(ctx context.Context, c db.Conn, accountID, methodID string) (accounts.Method, error) {
	m, found, err := accounts.MethodBy(ctx, c, accountID, methodID)
	if err != nil || found {
		return m, err
	}
	m, _, err = accounts.BoundBy(ctx, c, accountID, methodID)
	return m, err
}

// Disowned is what the link of a notice has done.
type Disowned struct {
	Account string
	Added   bool // it was about a method, so everything ended
}

// DisownByLink is Disown by the link in a mail, for whoever has lost the way in:
// the link proves the mailbox, and nothing else, so it ends sessions and takes nothing
// away. It works once. About a sign-in, who has no home organization is mailed a link
// for a new password; of others the home decides, as always. About a method everything
// that is open ends, and no such link goes out: whoever reads the mailbox would have
// the half of what the method is to keep them from. who carries where the request
// comes from.
func (f *Feature) DisownByLink(ctx context.Context, who actor.Actor, token string) (out Disowned, err error) {
	err = f.DB.Tx(ctx, func(tx *db.Tx) error {
		b, found, err := burnNotice(ctx, tx, id.Hash(token))
		if err != nil {
			return err
		}
		if !found {
			return noticeOver()
		}
		out = Disowned{Account: b.account, Added: b.method != ""}
		s, err := f.endDisowned(ctx, tx, who, b)
		if err != nil || out.Added || s.HomeUser != "" || !s.Active {
			return err
		}
		return f.mailReset(ctx, tx, b.account)
	})
	if err != nil {
		return Disowned{}, fmt.Errorf("disown by link: %w", err)
	}
	return out, nil
}

// burnt is what a notice is about that was used up.
type burnt struct{ account, session, method string }

// endDisowned ends what the browser of a notice has open, which is known no more; of a
// notice about a method everything that is open anywhere.
func (f *Feature) endDisowned(ctx context.Context, tx *db.Tx, who actor.Actor, b burnt) (standing, error) {
	s, err := standingOf(ctx, tx, b.account)
	if err != nil {
		return s, err
	}
	browser, err := browserOf(ctx, tx, b.session, b.account)
	if err != nil {
		return s, err
	}
	if _, err := disown(ctx, tx, browser, b.account); err != nil {
		return s, err
	}
	if b.method != "" {
		if _, err := endAll(ctx, tx, b.account, "", "signed_out_everywhere"); err != nil {
			return s, err
		}
	}
	entry := audit.Entry{Tenant: s.HomeTenant, Act: "session.disown", Target: s.target(), Other: b.session}
	return s, audit.Record(ctx, tx, atHome(reader(who, b.account), entry), entry)
}

// reader is the person of an account, as the link of a letter to them shows it.
func reader(who actor.Actor, accountID string) actor.Actor {
	return actor.Actor{Kind: actor.Person, AccountID: accountID, Address: who.Address, Agent: who.Agent}
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
