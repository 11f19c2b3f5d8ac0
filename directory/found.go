package directory

import (
	"context"
	"fmt"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
)

// NewTenant is an organization to create.
type NewTenant struct {
	Name     string
	Domain   string
	Language string
}

// CreateTenant makes an organization; only the operator and the set-up link do.
func (f *Feature) CreateTenant(ctx context.Context, who actor.Actor, n NewTenant) (Tenant, error) {
	var t Tenant
	entry := audit.Entry{Act: "tenant.create"}
	err := f.DB.Tx(ctx, func(tx *db.Tx) (err error) {
		t, err = f.createTenant(ctx, tx, who, n)
		return err
	})
	if err != nil {
		return Tenant{}, audit.Refused(ctx, f.DB, who, entry, fmt.Errorf("create tenant: %w", err))
	}
	return t, nil
}

func (f *Feature) createTenant(ctx context.Context, tx *db.Tx, who actor.Actor, n NewTenant) (Tenant, error) {
	if who.Kind != actor.Operator && who.Kind != actor.System {
		return Tenant{}, needs(nil, ManageProperties)
	}
	name, nameErr := tenantName(n.Name)
	domain, domainErr := domainName(n.Domain)
	if err := gather("name", nameErr, "domain", domainErr); err != nil {
		return Tenant{}, err
	}
	t := Tenant{ID: f.IDs.Random(), Name: name, Domain: domain, State: TenantActive, StateAt: tx.Now(), Language: n.Language, CreatedAt: tx.Now()}
	free, err := insertTenant(ctx, tx, t)
	if err != nil {
		return Tenant{}, err
	}
	if !free {
		return Tenant{}, fault.New(fault.Conflict, "name_taken", "directory.tenant.name.taken").Field("name", "directory.tenant.name.taken")
	}
	if free, err = insertDomain(ctx, tx, t.ID, domain); err != nil {
		return Tenant{}, err
	}
	if !free {
		return Tenant{}, fault.New(fault.Conflict, "domain_taken", "directory.tenant.domain.taken").Field("domain", "directory.tenant.domain.taken")
	}
	lost, err := accounts.SuspendMailboxes(ctx, tx, domain)
	if err != nil {
		return Tenant{}, err
	}
	for _, name := range lost {
		if err := f.Sessions.EndAll(ctx, tx, name.AccountID, "", "domain_claimed"); err != nil {
			return Tenant{}, err
		}
		if err := f.tellUnadministered(ctx, tx, name.AccountID, t.ID); err != nil {
			return Tenant{}, err
		}
		if err := f.tellClaimed(ctx, tx, t, name); err != nil {
			return Tenant{}, err
		}
	}
	return t, audit.Record(ctx, tx, who, audit.Entry{Tenant: t.ID, Act: "tenant.create", Target: t.ID})
}

// gather joins the faults of several inputs into one, so that all are told at
// once; an error that is no fault wins.
func gather(pairs ...any) error {
	all := fault.New(fault.Invalid, "invalid", "ui.error.input.title")
	for i := 0; i+1 < len(pairs); i += 2 {
		err, _ := pairs[i+1].(error)
		if err == nil {
			continue
		}
		f, ok := fault.Of(err)
		if !ok {
			return err
		}
		all.Field(pairs[i].(string), f.Key, f.Args...)
	}
	return all.ErrOrNil()
}

// Founding is the first organization with its first administrator, as the
// set-up page gives them.
type Founding struct {
	Organization, Domain string
	PersonName           string
	SignInName           string // before the @
	Mail                 string
	Language             string
}

// Found makes the first organization and its Global Administrator, whose
// password is set by the caller in the same transaction.
func (f *Feature) Found(ctx context.Context, tx *db.Tx, who actor.Actor, n Founding) (accountID string, err error) {
	any, err := AnyTenant(ctx, tx)
	if err != nil {
		return "", err
	}
	if any {
		return "", fault.New(fault.Gone, "already_set_up", "directory.setup.done.title")
	}
	t, err := f.createTenant(ctx, tx, who, NewTenant{Name: n.Organization, Domain: n.Domain, Language: n.Language})
	if err != nil {
		return "", onField(err, "name", "organization")
	}
	u, err := f.createMember(ctx, tx, act{who: who, tenant: t, roles: Roles}, NewMember{
		Name: n.PersonName, SignInName: n.SignInName, Mail: n.Mail, Language: n.Language,
	})
	if err != nil {
		return "", onField(err, "name", "person")
	}
	if _, err := insertRole(ctx, tx, t.ID, u.ID, GlobalAdministrator); err != nil {
		return "", err
	}
	return u.AccountID, audit.Record(ctx, tx, who, audit.Entry{Tenant: t.ID, Act: "role.grant", Target: u.ID, Other: string(GlobalAdministrator)})
}

// onField gives the field of a fault the name it has on the set-up page.
func onField(err error, from, to string) error {
	if f, ok := fault.Of(err); ok {
		for i := range f.Fields {
			if f.Fields[i].Name == from {
				f.Fields[i].Name = to
			}
		}
	}
	return err
}
