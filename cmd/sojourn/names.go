package main

import (
	"fmt"
	"strings"

	"sojourn/accounts"
	"sojourn/app"
	"sojourn/directory"
)

// How the operator's words find what they name. A name must fit exactly one: a
// command that deletes guesses at nothing.

// tenant finds an organization by its domain or id.
func tenant(e *env, a *app.App, name string) (directory.Tenant, error) {
	t, found, err := directory.TenantBy(e.ctx, a.DB, name)
	if err == nil && !found {
		err = wrong("there is no organization %q; sojourn tenant list shows them", name)
	}
	return t, err
}

// group finds a group by name or id.
func group(e *env, a *app.App, t directory.Tenant, name string) (directory.Group, error) {
	g, found, err := directory.GroupBy(e.ctx, a.DB, t.ID, name)
	if err == nil && !found {
		g, found, err = directory.GroupNamed(e.ctx, a.DB, t.ID, name)
	}
	if err == nil && !found {
		err = wrong("there is no group %q in %s; sojourn group create makes it", name, t.Name)
	}
	return g, err
}

// role reads a role as a person may write it.
func role(name string) (directory.Role, error) {
	r, known := directory.ParseRole(name)
	if known {
		return r, nil
	}
	names := make([]string, len(directory.Roles))
	for i, r := range directory.Roles {
		names[i] = string(r)
	}
	return "", wrong("there is no role %q; the roles are %s", name, strings.Join(names, ", "))
}

// user finds a live user of an organization.
func user(e *env, a *app.App, t directory.Tenant, name string) (directory.User, error) {
	list, err := liveUsers(e, a, t, name)
	if err != nil || len(list) > 0 {
		return only(list, name, err)
	}
	if gone, err := deletedUsers(e, a, t, name); err != nil || len(gone) > 0 {
		return directory.User{}, first(err, wrong("%s is deleted in %s; sojourn user restore brings them back", name, t.Name))
	}
	return directory.User{}, nobody(t, name)
}

// deletedUser finds a soft-deleted user of an organization.
func deletedUser(e *env, a *app.App, t directory.Tenant, name string) (directory.User, error) {
	list, err := deletedUsers(e, a, t, name)
	if err != nil || len(list) > 0 {
		return only(list, name, err)
	}
	if live, err := liveUsers(e, a, t, name); err != nil || len(live) > 0 {
		return directory.User{}, first(err, wrong("%s is not deleted in %s", name, t.Name))
	}
	return directory.User{}, nobody(t, name)
}

// anyUser finds a live user, else a deleted one.
func anyUser(e *env, a *app.App, t directory.Tenant, name string) (directory.User, error) {
	list, err := liveUsers(e, a, t, name)
	if err == nil && len(list) == 0 {
		list, err = deletedUsers(e, a, t, name)
	}
	if err == nil && len(list) == 0 {
		err = nobody(t, name)
	}
	return only(list, name, err)
}

// fewUsers is how many users are looked at whose address begins as the name does.
const fewUsers = 100

func liveUsers(e *env, a *app.App, t directory.Tenant, name string) ([]directory.User, error) {
	u, found, err := directory.LiveUser(e.ctx, a.DB, t.ID, name)
	if err != nil || found {
		return []directory.User{u}, err
	}
	list, err := directory.Users(e.ctx, a.DB, t.ID, directory.Filter{Query: address(t, name)}, directory.Cursor{}, fewUsers)
	return goBy(list, address(t, name)), err
}

func deletedUsers(e *env, a *app.App, t directory.Tenant, name string) ([]directory.User, error) {
	u, found, err := directory.AnyUser(e.ctx, a.DB, t.ID, name)
	if err != nil || found && !u.Live() {
		return []directory.User{u}, err
	}
	lines, err := directory.Deleted(e.ctx, a.DB, t.ID, directory.DeletedFilter{Query: address(t, name)}, directory.Cursor{}, fewUsers)
	list := make([]directory.User, len(lines))
	for i, line := range lines {
		list[i] = line.User
	}
	return goBy(list, address(t, name)), err
}

// address completes the part before the @ to a principal name of the organization.
func address(t directory.Tenant, name string) string {
	if !strings.Contains(name, "@") {
		name += "@" + t.Domain
	}
	return accounts.Fold(name)
}

// goBy keeps the users whose principal name or address it is, and no others: the
// list also holds those that have it as a word of theirs or begin with it.
func goBy(list []directory.User, address string) []directory.User {
	var out []directory.User
	for _, u := range list {
		if accounts.Fold(u.PrincipalName) == address || accounts.Fold(u.Mail) == address || u.InvitedSubject == address {
			out = append(out, u)
		}
	}
	return out
}

// only is the one user of a list.
func only(list []directory.User, name string, err error) (directory.User, error) {
	if err != nil || len(list) == 1 {
		return append(list, directory.User{})[0], err
	}
	var b strings.Builder
	for _, u := range list {
		fmt.Fprintf(&b, "\n  %s  %s (%s)", u.ID, u.DisplayName, u.PrincipalName)
		if !u.Live() {
			fmt.Fprintf(&b, ", deleted %s", u.DeletedAt.Format("2006-01-02 15:04 MST"))
		}
	}
	return directory.User{}, wrong("%q names several users; give the id of one:%s", name, b.String())
}

func nobody(t directory.Tenant, name string) error {
	return wrong("there is no user %q in %s; give a sign-in name, mail address or id, as the admin centre shows them under Users", name, t.Name)
}

func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
