package main

import (
	"fmt"
	"text/tabwriter"

	"sojourn/app"
	"sojourn/directory"
)

type userRename struct {
	named
	Name *string `placeholder:"NAME" help:"What the person is called from now on."`
	Mail *string `placeholder:"ADDRESS" help:"Where letters about the account go from now on."`
}

func (userRename) Help() string {
	return `A member's account has the same name everywhere; a guest's own account stays as it is.
A new mail address of a member is told to the old one and the new one.

Examples:
  sojourn user rename contoso.example anna.berg --name "Anna Berg-Visser"
  sojourn user rename contoso.example anna.berg --mail anna@post.example`
}

func (c userRename) Run(e *env) error {
	if c.Name == nil && c.Mail == nil {
		return wrong("nothing to change: give --name or --mail")
	}
	return c.on(e, user, "Changed", func(a *app.App, _ directory.Tenant, u directory.User) error {
		to := directory.Corrected{Name: u.DisplayName, Mail: u.Mail}
		if c.Name != nil {
			to.Name = *c.Name
		}
		if c.Mail != nil {
			to.Mail = *c.Mail
		}
		return a.Directory.Rename(e.ctx, operator, u.TenantID, u.ID, to)
	})
}

type userList struct {
	Tenant string `arg:"" help:"Domain or id of the organization."`
	Query  string `placeholder:"WORDS" help:"Only users with words that begin like these."`
}

func (userList) Help() string {
	return `Deleted users are not listed.

Examples:
  sojourn user list contoso.example
  sojourn user list contoso.example --query "anna berg"`
}

func (c userList) Run(e *env) error {
	a, err := e.app()
	if err != nil {
		return err
	}
	defer a.DB.Close()
	t, err := tenant(e, a, c.Tenant)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(e.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "NAME\tSIGN-IN NAME\tMAIL\tKIND\tSTATE\tID")
	var after directory.Cursor
	for {
		page, err := directory.Users(e.ctx, a.DB, t.ID, directory.Filter{Query: c.Query}, after, 500)
		if err != nil {
			return err
		}
		for _, u := range page {
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", u.DisplayName, u.PrincipalName, u.Mail, u.Type, stateOf(u), u.ID)
			after = directory.CursorOf(u)
		}
		if len(page) == 0 {
			return w.Flush()
		}
	}
}

// stateOf is how a live user stands, in a word.
func stateOf(u directory.User) string {
	switch {
	case !u.Enabled:
		return "disabled"
	case u.ExternalState == directory.Pending:
		return "invited"
	}
	return "enabled"
}
