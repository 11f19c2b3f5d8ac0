package main

import (
	"fmt"
	"text/tabwriter"

	"sojourn/app"
	"sojourn/directory"
)

type tenantCommand struct {
	Create tenantCreate `cmd:"" help:"Create an organization."`
	List   tenantList   `cmd:"" help:"List the organizations."`
	Close  tenantClose  `cmd:"" help:"Close an organization at once: its members can no longer sign in, its guests can leave."`
	Reopen tenantReopen `cmd:"" help:"Open a closed organization again, or stop its closing."`
}

type tenantCreate struct {
	Name     string `arg:"" help:"Name of the organization."`
	Domain   string `required:"" placeholder:"DOMAIN" help:"Its domain, e.g. contoso.example."`
	Language string `default:"en" enum:"en,nl" help:"Language of its letters: en or nl."`
}

func (tenantCreate) Help() string {
	return `Example:
  sojourn tenant create "Contoso Ltd" --domain contoso.example`
}

func (c tenantCreate) Run(e *env) error {
	a, err := e.newApp()
	if err != nil {
		return err
	}
	defer a.DB.Close()
	t, err := a.Directory.CreateTenant(e.ctx, operator, directory.NewTenant{Name: c.Name, Domain: c.Domain, Language: c.Language})
	if err != nil {
		return err
	}
	fmt.Fprintf(e.out, "Created %s (%s), id %s\n", t.Name, t.Domain, t.ID)
	return nil
}

type tenantList struct{}

func (tenantList) Help() string { return "Example:\n  sojourn tenant list" }

func (tenantList) Run(e *env) error {
	a, err := e.app()
	if err != nil {
		return err
	}
	defer a.DB.Close()
	w := tabwriter.NewWriter(e.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "NAME\tDOMAIN\tSTATE\tID")
	after := ""
	for {
		page, err := directory.Tenants(e.ctx, a.DB, after, 500)
		if err != nil {
			return err
		}
		for _, t := range page {
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", t.Name, t.Domain, t.State, t.ID)
			after = t.Name
		}
		if len(page) == 0 {
			return w.Flush()
		}
	}
}

// namedTenant is an organization named at the command line.
type namedTenant struct {
	Tenant string `arg:"" help:"Domain or id of the organization."`
}

// on runs a verb on the organization and says what was done.
func (n namedTenant) on(e *env, done string, verb func(a *app.App, t directory.Tenant) error) error {
	a, err := e.app()
	if err != nil {
		return err
	}
	defer a.DB.Close()
	t, err := tenant(e, a, n.Tenant)
	if err != nil {
		return err
	}
	if err := verb(a, t); err != nil {
		return err
	}
	_, err = fmt.Fprintf(e.out, "%s: %s (%s)\n", done, t.Name, t.Domain)
	return err
}

type tenantClose struct {
	namedTenant
	Announce bool `help:"Tell everybody, stand still for 30 days, then delete everything in it."`
}

func (tenantClose) Help() string {
	return `At once nothing is deleted, and reopen opens it again. Announced, it can be stopped for
30 days by its Global Administrators or by reopen; then everything in it is deleted.

Examples:
  sojourn tenant close contoso.example
  sojourn tenant close contoso.example --announce`
}

func (c tenantClose) Run(e *env) error {
	if c.Announce {
		return c.on(e, "Closing in 30 days", func(a *app.App, t directory.Tenant) error {
			_, err := a.Directory.AnnounceClosing(e.ctx, operator, t.ID, t.Name)
			return err
		})
	}
	return c.on(e, "Closed", func(a *app.App, t directory.Tenant) error {
		return a.Directory.CloseTenant(e.ctx, operator, t.ID)
	})
}

type tenantReopen struct{ namedTenant }

func (tenantReopen) Help() string {
	return "Example:\n  sojourn tenant reopen contoso.example"
}

func (c tenantReopen) Run(e *env) error {
	return c.on(e, "Opened again", func(a *app.App, t directory.Tenant) error {
		return a.Directory.ReopenTenant(e.ctx, operator, t.ID)
	})
}
