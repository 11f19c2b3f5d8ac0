package main

import (
	"sojourn/app"
	"sojourn/directory"
)

type roleCommand struct {
	Grant  roleGrant  `cmd:"" help:"Grant a role."`
	Revoke roleRevoke `cmd:"" help:"Revoke a role. Only you can revoke the last Global Administrator's."`
}

type roleOf struct {
	named
	Role string `arg:"" help:"The role, e.g. \"User Administrator\"."`
}

type roleGrant struct{ roleOf }

func (roleGrant) Help() string {
	return "Example:\n  sojourn role grant contoso.example anna.berg@contoso.example \"User Administrator\""
}

func (c roleGrant) Run(e *env) error {
	r, err := role(c.Role)
	if err != nil {
		return err
	}
	return c.on(e, user, "Granted "+string(r), func(a *app.App, _ directory.Tenant, u directory.User) error {
		return a.Directory.Grant(e.ctx, operator, u.TenantID, u.ID, r)
	})
}

type roleRevoke struct{ roleOf }

func (roleRevoke) Help() string {
	return "Example:\n  sojourn role revoke contoso.example anna.berg@contoso.example \"User Administrator\""
}

func (c roleRevoke) Run(e *env) error {
	r, err := role(c.Role)
	if err != nil {
		return err
	}
	return c.on(e, anyUser, "Revoked "+string(r), func(a *app.App, _ directory.Tenant, u directory.User) error {
		return a.Directory.Revoke(e.ctx, operator, u.TenantID, u.ID, r)
	})
}
