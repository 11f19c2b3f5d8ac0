package directory

import (
	"cmp"
	"context"
	"strings"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
)

// NewMember is a member to create.
type NewMember struct {
	Name       string
	SignInName string // before the @ of the principal name, or a whole one
	Mail       string // where letters and the first link go; may be empty at the command line
	Language   string
	Groups     []string // ids
	Roles      []Role
}

// CreateMember makes a member with an account that the tenant owns. The person
// sets the first password by a one-time link: mailed when there is an address,
// returned to the operator, who prints it.
func (f *Feature) CreateMember(ctx context.Context, who actor.Actor, tenantID string, n NewMember) (u User, link string, err error) {
	err = f.do(ctx, who, ManageUsers, audit.Entry{Tenant: tenantID, Act: "user.create"}, func(tx *db.Tx, a act) (err error) {
		if u, err = f.createMember(ctx, tx, a, n); err != nil {
			return err
		}
		if err := f.equip(ctx, tx, a, u, n.Groups, n.Roles); err != nil {
			return err
		}
		link, err = f.sendLink(ctx, tx, a, u)
		return err
	})
	if err != nil {
		return User{}, "", err
	}
	return u, link, nil
}

func (f *Feature) createMember(ctx context.Context, tx *db.Tx, a act, n NewMember) (User, error) {
	name, nameErr := accounts.PersonName(n.Name)
	principal, principalErr := f.principal(ctx, tx, a.tenant, n.SignInName)
	mail, mailErr := n.Mail, error(nil)
	if mail == "" && !a.operator() {
		mailErr = fault.New(fault.Invalid, "mail_missing", "directory.create.mail.missing")
	} else if mail != "" {
		mail, mailErr = accounts.Address(mail)
	}
	if err := gather("name", nameErr, "signin", principalErr, "mail", mailErr); err != nil || principalErr != nil {
		return User{}, cmp.Or(err, principalErr)
	}
	u := User{ID: f.IDs.Random(), TenantID: a.tenant.ID, DisplayName: name, Type: Member, PrincipalName: principal, Mail: mail, Enabled: true, CreatedAt: tx.Now()}
	if taken, err := principalTaken(ctx, tx, u.TenantID, principal); err != nil || taken {
		return User{}, cmp.Or(err, nameTaken(principal))
	}
	if err := accounts.YieldName(ctx, tx, u.TenantID, principal); err != nil {
		return User{}, err
	}
	account, err := accounts.Create(ctx, tx, f.IDs, accounts.New{
		Name: name, Address: principal, Type: accounts.PrincipalName, Issuer: u.TenantID, HomeUser: u.ID, Language: n.Language,
	})
	if fault.Is(err, "name_taken") {
		return User{}, nameTaken(principal)
	}
	if err != nil {
		return User{}, err
	}
	u.AccountID = account.ID
	if err := f.insert(ctx, tx, u); err != nil {
		return User{}, err
	}
	return u, audit.Record(ctx, tx, a.who, audit.Entry{Tenant: u.TenantID, Act: "user.create", Target: u.ID, Details: audit.Details{"name": name, "principal": principal}})
}

// insert stores a new user with the words it is found by.
func (f *Feature) insert(ctx context.Context, tx *db.Tx, u User) error {
	if err := insertUser(ctx, tx, u); err != nil {
		return err
	}
	return insertWords(ctx, tx, u.TenantID, u.ID, words(u.DisplayName, u.PrincipalName, u.Mail, u.InvitedSubject))
}

func nameTaken(principal string) error {
	return fault.New(fault.Conflict, "name_taken", "directory.create.signin.taken", "name", principal).
		Field("signin", "directory.create.signin.taken", "name", principal)
}

// principal makes the principal name: what was typed, in the tenant's initial
// domain unless it names one of its others.
func (f *Feature) principal(ctx context.Context, tx *db.Tx, t Tenant, typed string) (string, error) {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return "", fault.New(fault.Invalid, "signin_missing", "directory.create.signin.missing")
	}
	if !strings.Contains(typed, "@") {
		typed += "@" + t.Domain
	}
	address, err := accounts.Address(typed)
	if err != nil || strings.Contains(address, "#") {
		return "", fault.New(fault.Invalid, "signin_invalid", "directory.create.signin.invalid")
	}
	issuer, err := accounts.Issuer(ctx, tx, address)
	if err != nil {
		return "", err
	}
	if issuer != t.ID {
		return "", fault.New(fault.Invalid, "signin_domain", "directory.create.signin.domain", "domain", t.Domain)
	}
	return address, nil
}

// equip gives a new user groups and roles.
func (f *Feature) equip(ctx context.Context, tx *db.Tx, a act, u User, groups []string, roles []Role) error {
	for _, g := range groups {
		if err := f.join(ctx, tx, a, g, u); err != nil {
			return err
		}
	}
	for _, r := range roles {
		if err := f.grant(ctx, tx, a, u, r); err != nil {
			return err
		}
	}
	return nil
}

// SendLink gives a member a new one-time link to set a password, also to who
// forgot theirs. The older link dies. It is mailed to where their letters go; the
// operator gets it back, and it is mailed only where the user has a mail address.
func (f *Feature) SendLink(ctx context.Context, who actor.Actor, tenantID, userID string) (link string, err error) {
	err = f.do(ctx, who, SendLinks, audit.Entry{Tenant: tenantID, Act: "user.link", Target: userID}, func(tx *db.Tx, a act) error {
		u, err := a.liveUser(ctx, tx, userID)
		if err != nil {
			return err
		}
		if err := a.on(ctx, tx, u); err != nil {
			return err
		}
		home, err := OwnsAccount(ctx, tx, u)
		if err != nil {
			return err
		}
		if !home {
			return fault.New(fault.Forbidden, "not_home", "directory.refused.notHome.title", "name", u.DisplayName)
		}
		if !a.operator() {
			if u.Mail, err = accounts.MailAddress(ctx, tx, u.AccountID); err != nil {
				return err
			}
			if u.Mail == "" {
				return fault.New(fault.Conflict, "no_mail", "directory.refused.noMail.title", "name", u.DisplayName)
			}
		}
		if link, err = f.sendLink(ctx, tx, a, u); err != nil {
			return err
		}
		return a.record(ctx, tx)
	})
	if err != nil {
		return "", err
	}
	return link, nil
}

// sendLink makes the link; only the operator is given it to read.
func (f *Feature) sendLink(ctx context.Context, tx *db.Tx, a act, u User) (string, error) {
	language := a.tenant.Language
	account, found, err := accounts.Get(ctx, tx, u.AccountID)
	if err != nil {
		return "", err
	}
	if found && account.Language != "" {
		language = account.Language
	}
	if err := a.mayMail(ctx, tx, u.Mail); err != nil { // and the older link lives on
		return "", err
	}
	link, err := f.Links.PasswordLink(ctx, tx, u.AccountID, u.TenantID, u.Mail, language)
	if err != nil || !a.operator() {
		return "", err
	}
	return link, nil
}

// OwnsAccount says whether a user is the home of its account.
func OwnsAccount(ctx context.Context, c db.Conn, u User) (bool, error) {
	if u.AccountID == "" {
		return false, nil
	}
	account, found, err := accounts.Get(ctx, c, u.AccountID)
	return found && account.HomeUserID == u.ID, err
}
