package securityinfo

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/id"
)

// Purpose is what a one-time link is good for; it is good for nothing else.
type Purpose string

const (
	SetupLink      Purpose = "setup"      // the first organization
	PasswordLink   Purpose = "password"   // a first or new password of an account
	InvitationLink Purpose = "invitation" // a first password for an invited mailbox
)

// LinkFor says what a link is made for.
type LinkFor struct {
	Purpose  Purpose
	Account  string // password: whose
	User     string // invitation: the user that waits to be accepted
	Tenant   string // who has it made; "" for nobody
	Address  string // the mailbox it goes to; "" when it is printed
	Language string
}

var errLink = errors.New("new link: the purpose lacks what it needs")

// NewLink makes a one-time link and kills every older one for the same thing. It
// is given once and stored as a hash. The caller brings it to the person.
func (f *Feature) NewLink(ctx context.Context, tx *db.Tx, who actor.Actor, l LinkFor) (url string, err error) {
	made, err := f.newLink(ctx, tx, l)
	if err != nil {
		return "", err
	}
	target := cmp.Or(l.User, l.Account, made.id)
	return made.url, audit.Record(ctx, tx, who, audit.Entry{Tenant: l.Tenant, Act: "link.create", Target: target, Other: made.id})
}

// made is a new link; its secret is in the URL only.
type made struct {
	id, url string
	first   bool // nothing is replaced by what it sets
	expires time.Time
}

func (f *Feature) newLink(ctx context.Context, tx *db.Tx, l LinkFor) (made, error) {
	if l.Purpose == PasswordLink && l.Account == "" || l.Purpose == InvitationLink && (l.User == "" || l.Address == "") {
		return made{}, errLink
	}
	if err := killLinks(ctx, tx, l); err != nil {
		return made{}, fmt.Errorf("new link: %w", err)
	}
	_, has, err := accounts.PasswordOf(ctx, tx, l.Account)
	if err != nil {
		return made{}, fmt.Errorf("new link: %w", err)
	}
	secret, linkID, expires := f.IDs.Secret(), f.IDs.New(), tx.Now().Add(lifetime(l.Purpose, !has))
	err = insertLink(ctx, tx, link{
		ID: linkID, Purpose: l.Purpose, Account: l.Account, Tenant: l.Tenant, User: l.User,
		Address: accounts.Fold(l.Address), Expires: expires,
	}, id.Hash(secret), l.Language)
	if err != nil {
		return made{}, fmt.Errorf("new link: %w", err)
	}
	path := "/welcome/"
	if l.Purpose == SetupLink {
		path = "/setup/"
	}
	return made{id: linkID, url: f.BaseURL + path + secret, first: !has, expires: expires}, nil
}

// lifetime is how long a link is good: not long where it replaces a password, since
// whoever reads the letter takes the account over.
func lifetime(p Purpose, first bool) time.Duration {
	switch {
	case p == InvitationLink:
		return 30 * 24 * time.Hour
	case p == PasswordLink && first:
		return 7 * 24 * time.Hour
	}
	return time.Hour
}

// PasswordLink makes a link with which somebody sets a first or new password,
// and mails it where there is an address. The caller's act is what is audited.
func (f *Feature) PasswordLink(ctx context.Context, tx *db.Tx, accountID, tenantID, address, language string) (url string, err error) {
	made, err := f.newLink(ctx, tx, LinkFor{Purpose: PasswordLink, Account: accountID, Tenant: tenantID, Address: address, Language: language})
	if err != nil || address == "" {
		return made.url, err
	}
	return made.url, f.mailLink(ctx, tx, accountID, tenantID, address, language, made)
}

// KillPasswordLinks ends every link with which somebody could set the password of an
// account, and takes back the letter that has not gone out: the mailbox it is for, or the
// password it was to replace, is another by now. The caller's act is what is audited.
func (f *Feature) KillPasswordLinks(ctx context.Context, tx *db.Tx, accountID string) error {
	if err := killLinks(ctx, tx, LinkFor{Purpose: PasswordLink, Account: accountID}); err != nil {
		return fmt.Errorf("kill password links: %w", err)
	}
	if err := f.Outbox.ForgetTopic(ctx, tx, linkTopic(accountID)); err != nil {
		return fmt.Errorf("kill password links: %w", err)
	}
	return nil
}

// linkTopic is the topic of the letter with the password link of an account.
func linkTopic(accountID string) string { return "link:" + accountID }

// EnsureSetupLink makes the link that sets up an empty portal; needed is false
// where there is an organization already. Older set-up links die.
func (f *Feature) EnsureSetupLink(ctx context.Context) (url string, needed bool, err error) {
	err = f.DB.Tx(ctx, func(tx *db.Tx) error {
		url, needed = "", false
		exists, err := anyTenant(ctx, tx)
		if err != nil || exists {
			return err
		}
		needed = true
		url, err = f.NewLink(ctx, tx, actor.SystemActor(), LinkFor{Purpose: SetupLink})
		return err
	})
	if err != nil {
		return "", false, fmt.Errorf("setup link: %w", err)
	}
	return url, needed, nil
}
