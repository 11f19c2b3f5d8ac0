package main

import (
	"fmt"

	"sojourn/app"
	"sojourn/directory"
)

type groupCommand struct {
	List   groupList   `cmd:"" help:"List the groups of an organization."`
	Create groupCreate `cmd:"" help:"Create a group."`
	Rename groupRename `cmd:"" help:"Change the name or the description of a group."`
	Add    groupAdd    `cmd:"" help:"Add a user to a group."`
	Remove groupRemove `cmd:"" help:"Remove a user from a group."`
}

type groupCreate struct {
	Tenant      string `arg:"" help:"Domain or id of the organization."`
	Name        string `arg:"" help:"Name of the group."`
	Description string `placeholder:"TEXT" help:"What it is for."`
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
	_, err = fmt.Fprintf(e.out, "Created group %s, id %s\n", g.Name, g.ID)
	return err
}

type groupMember struct {
	Tenant string `arg:"" help:"Domain or id of the organization."`
	Group  string `arg:"" help:"Name or id of the group."`
	User   string `arg:"" help:"Sign-in name, mail address or id of the user."`
}

func (m groupMember) on(e *env, done string, verb func(a *app.App, g directory.Group, u directory.User) error) error {
	return named{Tenant: m.Tenant, User: m.User}.on(e, user, done, func(a *app.App, t directory.Tenant, u directory.User) error {
		g, err := group(e, a, t, m.Group)
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
	return c.on(e, "Added to "+c.Group, func(a *app.App, g directory.Group, u directory.User) error {
		return a.Directory.AddMember(e.ctx, operator, u.TenantID, g.ID, u.ID)
	})
}

type groupRemove struct{ groupMember }

func (groupRemove) Help() string {
	return "Example:\n  sojourn group remove contoso.example \"Design review\" anna.berg@contoso.example"
}

func (c groupRemove) Run(e *env) error {
	return c.on(e, "Removed from "+c.Group, func(a *app.App, g directory.Group, u directory.User) error {
		return a.Directory.RemoveMember(e.ctx, operator, u.TenantID, g.ID, u.ID)
	})
}
