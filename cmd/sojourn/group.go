package main

import (
	"fmt"

	"sojourn/app"
	"sojourn/directory"
	"sojourn/guests"
)

type groupCommand struct {
	Create groupCreate `cmd:"" help:"Create a group."`
	Add    groupAdd    `cmd:"" help:"Add a user to a group."`
	Remove groupRemove `cmd:"" help:"Remove a user from a group."`
}

type groupCreate struct {
	Tenant      string `arg:"" help:"Domain or id of the organization."`
	Name        string `arg:"" help:"Name of the group."`
	Description string `help:"What it is for."`
}

func (groupCreate) Help() string {
	return "Example:\n  sojourn group create contoso.example \"Design review\""
}

func (c groupCreate) Run(e *env) error {
	a, err := e.app()
	if err != nil {
		return err
	}
	defer a.DB.Close()
	t, err := tenant(e, a, c.Tenant)
	if err != nil {
		return err
	}
	g, err := a.Directory.CreateGroup(e.ctx, operator, t.ID, c.Name, c.Description)
	if err != nil {
		return err
	}
	fmt.Fprintf(e.out, "Created group %s, id %s\n", g.Name, g.ID)
	return nil
}

type groupMember struct {
	Tenant string `arg:"" help:"Domain or id of the organization."`
	Group  string `arg:"" help:"Name or id of the group."`
	User   string `arg:"" help:"Principal name, mail address or id of the user."`
}

func (m groupMember) on(e *env, done string, verb func(a *app.App, g directory.Group, u directory.User) error) error {
	return named{Tenant: m.Tenant, User: m.User}.on(e, user, done, func(a *app.App, u directory.User) error {
		g, err := group(e, a, u.TenantID, m.Group)
		if err != nil {
			return err
		}
		return verb(a, g, u)
	})
}

type groupAdd struct{ groupMember }

func (groupAdd) Help() string {
	return "Example:\n  sojourn group add contoso.example \"Design review\" anna.berg@contoso.example"
}

func (c groupAdd) Run(e *env) error {
	return c.on(e, "Added", func(a *app.App, g directory.Group, u directory.User) error {
		return a.Directory.AddMember(e.ctx, operator, u.TenantID, g.ID, u.ID)
	})
}

type groupRemove struct{ groupMember }

func (groupRemove) Help() string {
	return "Example:\n  sojourn group remove contoso.example \"Design review\" anna.berg@contoso.example"
}

func (c groupRemove) Run(e *env) error {
	return c.on(e, "Removed", func(a *app.App, g directory.Group, u directory.User) error {
		return a.Directory.RemoveMember(e.ctx, operator, u.TenantID, g.ID, u.ID)
	})
}

// group finds a group by name or id.
func group(e *env, a *app.App, tenantID, name string) (directory.Group, error) {
	g, found, err := directory.GroupBy(e.ctx, a.DB, tenantID, name)
	if err == nil && !found {
		g, found, err = directory.GroupNamed(e.ctx, a.DB, tenantID, name)
	}
	if err == nil && !found {
		err = fmt.Errorf("there is no group %q in this organization", name)
	}
	return g, err
}

type roleCommand struct {
	Grant  roleGrant  `cmd:"" help:"Grant a role."`
	Revoke roleRevoke `cmd:"" help:"Revoke a role. Only you can revoke the last Global Administrator's."`
}

type roleOf struct {
	named
	Role string `arg:"" help:"The role, e.g. \"User Administrator\"."`
}

func unknownRole(name string) error {
	text := ""
	for _, r := range directory.Roles {
		text += " " + string(r)
	}
	return fmt.Errorf("there is no role %q; the roles are:%s", name, text)
}

type roleGrant struct{ roleOf }

func (roleGrant) Help() string {
	return "Example:\n  sojourn role grant contoso.example anna.berg@contoso.example \"User Administrator\""
}

func (c roleGrant) Run(e *env) error {
	role, known := directory.ParseRole(c.Role)
	if !known {
		return unknownRole(c.Role)
	}
	return c.on(e, user, "Granted "+string(role), func(a *app.App, u directory.User) error {
		return a.Directory.Grant(e.ctx, operator, u.TenantID, u.ID, role)
	})
}

type roleRevoke struct{ roleOf }

func (roleRevoke) Help() string {
	return "Example:\n  sojourn role revoke contoso.example anna.berg@contoso.example \"User Administrator\""
}

func (c roleRevoke) Run(e *env) error {
	role, known := directory.ParseRole(c.Role)
	if !known {
		return unknownRole(c.Role)
	}
	return c.on(e, anyUser, "Revoked "+string(role), func(a *app.App, u directory.User) error {
		return a.Directory.Revoke(e.ctx, operator, u.TenantID, u.ID, role)
	})
}

type guestCommand struct {
	Add guestAdd `cmd:"" help:"Invite a guest by mail address or principal name."`
}

type guestAdd struct {
	Tenant   string   `arg:"" help:"Domain or id of the organization."`
	Address  string   `arg:"" help:"Mail address or principal name of the guest."`
	Name     string   `help:"Name of the guest, if known."`
	Language string   `default:"en" enum:"en,nl" help:"Language of the invitation: en or nl."`
	Group    []string `help:"Group to add to; can be repeated."`
	Anew     bool     `help:"Invite although a deleted user of this guest could be restored."`
}

func (guestAdd) Help() string {
	return `The answer is the same whether or not the address has an account. The guest accepts or
declines under Organizations; the mail says how to get there.

Example:
  sojourn guest add contoso.example lena.fischer@fabrikam.example --group "Design review"`
}

func (c guestAdd) Run(e *env) error {
	a, err := e.app()
	if err != nil {
		return err
	}
	defer a.DB.Close()
	t, err := tenant(e, a, c.Tenant)
	if err != nil {
		return err
	}
	n := guests.NewGuest{Address: c.Address, Name: c.Name, Language: c.Language, Anew: c.Anew}
	for _, name := range c.Group {
		g, err := group(e, a, t.ID, name)
		if err != nil {
			return err
		}
		n.Groups = append(n.Groups, g.ID)
	}
	u, err := a.Guests.Add(e.ctx, operator, t.ID, n)
	if err != nil {
		return err
	}
	fmt.Fprintf(e.out, "Invited %s (%s), id %s\n", c.Address, u.PrincipalName, u.ID)
	return nil
}
