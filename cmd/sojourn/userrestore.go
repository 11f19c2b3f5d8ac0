package main

import (
	"fmt"

	"sojourn/app"
	"sojourn/directory"
)

type userRestore struct {
	named
	Way string `enum:"ask,replace,merge" default:"ask" help:"When the person has a live user again: ask (refuse), replace it by the restored one, or merge the groups into it."`
}

func (userRestore) Help() string {
	return `Examples:
  sojourn user restore contoso.example anna.berg@contoso.example
  sojourn user restore contoso.example lena@fabrikam.example --way merge`
}

func (c userRestore) Run(e *env) error {
	return c.on(e, deletedUser, "Restored", func(a *app.App, t directory.Tenant, u directory.User) error {
		way := directory.Way(c.Way)
		if way == "ask" {
			way = directory.Ask
		}
		r, err := a.Directory.Restore(e.ctx, operator, u.TenantID, u.ID, way)
		if err != nil {
			return err
		}
		for _, g := range r.Groups {
			fmt.Fprintln(e.out, "  came back: group", g.Name)
		}
		for _, role := range r.Roles {
			fmt.Fprintln(e.out, "  came back: role", role)
		}
		for _, g := range r.GoneGroups {
			fmt.Fprintln(e.out, "  could not come back: group", g.Name, "has been deleted")
		}
		for _, g := range r.RemovedGroups {
			fmt.Fprintln(e.out, "  stays away: group", g.Name, "was taken away meanwhile")
		}
		for _, role := range r.RemovedRoles {
			fmt.Fprintln(e.out, "  stays away: role", role)
		}
		if r.NewPrincipal != "" {
			fmt.Fprintln(e.out, "  new sign-in name:", r.NewPrincipal)
		}
		return nil
	})
}
