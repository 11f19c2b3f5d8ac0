package main

import (
	"fmt"

	"sojourn/accounts"
	"sojourn/directory"
)

type userLink struct {
	Name string `arg:"" help:"Sign-in name or mail address the person signs in with."`
}

func (userLink) Help() string {
	return `For a member of an organization the link is printed, and mailed where an address is
known. For an account without a home organization it is mailed only: nobody else
may hold it.

Example:
  sojourn user link anna.berg@contoso.example`
}

func (c userLink) Run(e *env) error {
	a, err := e.app()
	if err != nil {
		return err
	}
	defer a.DB.Close()
	account, found, err := accounts.ByName(e.ctx, a.DB, c.Name)
	if err != nil {
		return err
	}
	if !found {
		return wrong("nobody signs in as %q; for a member of an organization, give the sign-in name", c.Name)
	}
	if account.HomeUserID == "" {
		if err := a.SecurityInfo.MailLink(e.ctx, operator, account.ID); err != nil {
			return err
		}
		if a.Mail == nil {
			return e.mailsWait(a, "the link")
		}
		fmt.Fprintln(e.out, "The link is on its way to", c.Name)
		return nil
	}
	home, found, err := directory.HomeOf(e.ctx, a.DB, account.ID)
	if err != nil {
		return err
	}
	if !found {
		return wrong("%s is deleted; sojourn user restore brings them back", c.Name)
	}
	link, err := a.Directory.SendLink(e.ctx, operator, home.TenantID, home.ID)
	if err != nil {
		return err
	}
	fmt.Fprintf(e.out, "Link to set a password, good once: for an hour, or 7 days where there is none yet:\n  %s\n", link)
	return nil
}
