package securityinfo

import (
	"context"
	"fmt"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
	"sojourn/internal/id"
)

// MaySetUp says whether a set-up link still opens anything: it lives, and there
// is no organization yet.
func (f *Feature) MaySetUp(ctx context.Context, token string) error {
	l, found, err := liveLink(ctx, f.DB, id.Hash(token), f.DB.Now())
	if err != nil {
		return fmt.Errorf("look at setup link: %w", err)
	}
	exists, err := anyTenant(ctx, f.DB)
	if err != nil {
		return fmt.Errorf("look at setup link: %w", err)
	}
	if !found || l.Purpose != SetupLink || exists {
		return fault.New(fault.Gone, "link_dead", "securityinfo.setup.gone.title")
	}
	return nil
}

// SetUp makes the first organization and its Global Administrator with the
// password typed, once.
func (f *Feature) SetUp(ctx context.Context, who actor.Actor, token string, n Founding, password string) error {
	if err := f.MaySetUp(ctx, token); err != nil {
		return err
	}
	if err := foundable(&n, password); err != nil {
		return err
	}
	hashed, err := f.hash(ctx, who, password)
	if err != nil {
		return fmt.Errorf("set up: %w", err)
	}
	by := actor.Actor{Kind: actor.Operator, Name: actor.OperatorActor().Name, Address: who.Address, Agent: who.Agent}
	err = f.DB.Tx(ctx, func(tx *db.Tx) error {
		burnt, found, err := burnLink(ctx, tx, id.Hash(token))
		if err != nil {
			return err
		}
		exists, err := anyTenant(ctx, tx)
		if err != nil {
			return err
		}
		if !found || burnt.Purpose != SetupLink || exists {
			return fault.New(fault.Gone, "link_dead", "securityinfo.setup.gone.title")
		}
		accountID, err := f.Founder.Found(ctx, tx, by, n)
		if err != nil {
			return err
		}
		if err := f.replace(ctx, tx, accountID, 0, hashed, ""); err != nil {
			return err
		}
		h, _, err := holderOf(ctx, tx, accountID)
		if err != nil {
			return err
		}
		return audit.Record(ctx, tx, by, audit.Entry{Tenant: h.Tenant, Act: "password.set", Target: h.target(), Other: burnt.ID})
	})
	if err != nil {
		return fmt.Errorf("set up: %w", err)
	}
	return nil
}

// foundable checks the form as far as it can be checked by itself, and leaves
// the values as they will be stored.
func foundable(n *Founding, password string) error {
	var organization, domain, person, name, mail error
	n.Organization, organization = required(n.Organization, "securityinfo.setup.organization.missing")
	n.Domain, domain = domainName(n.Domain)
	n.PersonName, person = accounts.PersonName(n.PersonName)
	n.SignInName, name = required(n.SignInName, "securityinfo.setup.signin.missing")
	if name == nil && domain == nil {
		name = localPart(n.SignInName, n.Domain)
	}
	if n.Mail != "" {
		n.Mail, mail = accounts.Address(n.Mail)
	}
	return gather("organization", organization, "domain", domain, "person", person, "signin", name, "mail", mail,
		"new", acceptable(password, n.Organization, n.Domain, n.PersonName, n.SignInName, n.Mail))
}
