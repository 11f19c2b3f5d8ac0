package main

import (
	"fmt"

	"sojourn/accounts"
	"sojourn/app"
	"sojourn/directory"
)

type connectionCommand struct {
	Add connectionAdd `cmd:"" help:"Connect somebody; doing it again counts as use."`
	End connectionEnd `cmd:"" help:"End somebody's connection."`
}

type connectionOf struct {
	Tenant string `arg:"" help:"Domain or id of the organization that shares."`
	Name   string `arg:"" help:"Sign-in name of a member of another organization."`
}

// on runs a verb on a connection and says what was done.
func (c connectionOf) on(e *env, done string, verb func(a *app.App, t directory.Tenant, accountID string) error) error {
	a, err := e.app()
	if err != nil {
		return err
	}
	defer a.DB.Close()
	t, err := tenant(e, a, c.Tenant)
	if err != nil {
		return err
	}
	account, found, err := accounts.ByName(e.ctx, a.DB, c.Name)
	if err != nil {
		return err
	}
	if !found {
		return wrong("nobody signs in as %q", c.Name)
	}
	if err := verb(a, t, account.ID); err != nil {
		return err
	}
	_, err = fmt.Fprintf(e.out, "%s: %s, %s (%s)\n", done, c.Name, t.Name, t.Domain)
	return err
}

type connectionAdd struct{ connectionOf }

func (connectionAdd) Help() string {
	return "Example:\n  sojourn connection add fabrikam.example anna.berg@contoso.example"
}

func (c connectionAdd) Run(e *env) error {
	return c.on(e, "Connected", func(a *app.App, t directory.Tenant, accountID string) error {
		return a.Directory.Connect(e.ctx, operator, t.ID, accountID)
	})
}

type connectionEnd struct{ connectionOf }

func (connectionEnd) Help() string {
	return "Example:\n  sojourn connection end fabrikam.example anna.berg@contoso.example"
}

func (c connectionEnd) Run(e *env) error {
	return c.on(e, "Ended", func(a *app.App, t directory.Tenant, accountID string) error {
		return a.Directory.Disconnect(e.ctx, operator, t.ID, accountID)
	})
}
