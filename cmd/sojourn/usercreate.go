package main

import (
	"fmt"

	"sojourn/directory"
)

type userCreate struct {
	Tenant   string   `arg:"" help:"Domain or id of the organization."`
	SignIn   string   `arg:"" name:"sign-in" help:"Sign-in name, e.g. anna.berg or anna.berg@contoso.example."`
	Name     string   `required:"" placeholder:"NAME" help:"Name of the person."`
	Mail     string   `placeholder:"ADDRESS" help:"Mail address the link is sent to as well."`
	Language string   `default:"en" enum:"en,nl" help:"Language of letters: en or nl."`
	Role     []string `placeholder:"ROLE" sep:"none" help:"Role to grant, e.g. \"Global Administrator\"; can be repeated."`
	Group    []string `placeholder:"GROUP" sep:"none" help:"Group to add to; can be repeated."`
}

func (userCreate) Help() string {
	return `Example:
  sojourn user create contoso.example anna.berg --name "Anna Berg" --role "Global Administrator"`
}

func (c userCreate) Run(e *env) error {
	a, err := e.app()
	if err != nil {
		return err
	}
	defer a.DB.Close()
	t, err := tenant(e, a, c.Tenant)
	if err != nil {
		return err
	}
	n := directory.NewMember{Name: c.Name, SignInName: c.SignIn, Mail: c.Mail, Language: c.Language}
	for _, name := range c.Role {
		r, err := role(name)
		if err != nil {
			return err
		}
		n.Roles = append(n.Roles, r)
	}
	for _, name := range c.Group {
		g, err := group(e, a, t, name)
		if err != nil {
			return err
		}
		n.Groups = append(n.Groups, g.ID)
	}
	u, link, err := a.Directory.CreateMember(e.ctx, operator, t.ID, n)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(e.out, "Created %s (%s), id %s\nLink for the first password, good once and for 7 days:\n  %s\n",
		u.DisplayName, u.PrincipalName, u.ID, link)
	return err
}
