package main

import (
	"fmt"

	"sojourn/guests"
)

type guestCommand struct {
	Add guestAdd `cmd:"" help:"Invite a guest by mail address or sign-in name."`
}

type guestAdd struct {
	Tenant   string   `arg:"" help:"Domain or id of the organization."`
	Address  string   `arg:"" help:"Mail address or sign-in name of the guest."`
	Name     string   `placeholder:"NAME" help:"Name of the guest, if known."`
	Language string   `default:"en" enum:"en,nl" help:"Language of the invitation: en or nl."`
	Group    []string `placeholder:"GROUP" sep:"none" help:"Group to add to; can be repeated."`
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
		g, err := group(e, a, t, name)
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
	return e.mailsWait(a, "the letter")
}
