package main

import (
	"fmt"

	"sojourn/accounts"
	"sojourn/app"
	"sojourn/directory"
)

type userCommand struct {
	Create  userCreate  `cmd:"" help:"Create a member with an account and print the link for the first password."`
	Link    userLink    `cmd:"" help:"Make a new link to set a password, also for who forgot theirs."`
	Disable userDisable `cmd:"" help:"Disable a user: what they have open ends at once."`
	Enable  userEnable  `cmd:"" help:"Enable a disabled user."`
	Delete  userDelete  `cmd:"" help:"Delete a user; it can be restored for 30 days."`
	Restore userRestore `cmd:"" help:"Restore a deleted user with their groups and roles."`
	Erase   userErase   `cmd:"" help:"Delete a deleted user permanently. Nothing brings them back."`
	Hold    userHold    `cmd:"" help:"Put a user on legal hold: the purge waits."`
	Release userRelease `cmd:"" help:"End a legal hold."`
}

type userCreate struct {
	Tenant   string   `arg:"" help:"Domain or id of the organization."`
	SignIn   string   `arg:"" name:"sign-in" help:"Sign-in name, e.g. anna.berg or anna.berg@contoso.example."`
	Name     string   `required:"" help:"Name of the person."`
	Mail     string   `help:"Mail address the link is sent to as well."`
	Language string   `default:"en" enum:"en,nl" help:"Language of letters: en or nl."`
	Role     []string `help:"Role to grant, e.g. \"Global Administrator\"; can be repeated."`
	Group    []string `help:"Group to add to; can be repeated."`
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
		r, known := directory.ParseRole(name)
		if !known {
			return unknownRole(name)
		}
		n.Roles = append(n.Roles, r)
	}
	for _, name := range c.Group {
		g, err := group(e, a, t.ID, name)
		if err != nil {
			return err
		}
		n.Groups = append(n.Groups, g.ID)
	}
	u, link, err := a.Directory.CreateMember(e.ctx, operator, t.ID, n)
	if err != nil {
		return err
	}
	fmt.Fprintf(e.out, "Created %s (%s), id %s\n", u.DisplayName, u.PrincipalName, u.ID)
	fmt.Fprintf(e.out, "Link for the first password, good once and for 7 days:\n  %s\n", link)
	return nil
}

type userLink struct {
	Name string `arg:"" help:"Principal name or mail address the person signs in with."`
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
		return fmt.Errorf("nobody signs in as %q", c.Name)
	}
	if account.HomeUserID == "" {
		if err := a.SecurityInfo.MailLink(e.ctx, operator, account.ID); err != nil {
			return err
		}
		fmt.Fprintln(e.out, "The link is on its way to", c.Name)
		return nil
	}
	home, found, err := directory.HomeOf(e.ctx, a.DB, account.ID)
	if err != nil {
		return err
	}
	if !found {
		return fmt.Errorf("%s is deleted; restore them first", c.Name)
	}
	link, err := a.Directory.SendLink(e.ctx, operator, home.TenantID, home.ID)
	if err != nil {
		return err
	}
	fmt.Fprintf(e.out, "Link to set a password, good once and for 7 days:\n  %s\n", link)
	return nil
}

// named is a user named at the command line.
type named struct {
	Tenant string `arg:"" help:"Domain or id of the organization."`
	User   string `arg:"" help:"Principal name, mail address or id of the user."`
}

// on runs a verb on a named user and says what was done. find is user or deletedUser.
func (n named) on(e *env, find func(*env, *app.App, string, string) (directory.User, error), done string,
	verb func(a *app.App, u directory.User) error) error {
	a, err := e.app()
	if err != nil {
		return err
	}
	defer a.DB.Close()
	t, err := tenant(e, a, n.Tenant)
	if err != nil {
		return err
	}
	u, err := find(e, a, t.ID, n.User)
	if err != nil {
		return err
	}
	if err := verb(a, u); err != nil {
		return err
	}
	fmt.Fprintf(e.out, "%s: %s (%s)\n", done, u.DisplayName, u.PrincipalName)
	return nil
}

type userDisable struct{ named }

func (userDisable) Help() string {
	return "Example:\n  sojourn user disable contoso.example anna.berg@contoso.example"
}

func (c userDisable) Run(e *env) error {
	return c.on(e, user, "Disabled", func(a *app.App, u directory.User) error {
		return a.Directory.Disable(e.ctx, operator, u.TenantID, u.ID)
	})
}

type userEnable struct{ named }

func (userEnable) Help() string {
	return "Example:\n  sojourn user enable contoso.example anna.berg@contoso.example"
}

func (c userEnable) Run(e *env) error {
	return c.on(e, user, "Enabled", func(a *app.App, u directory.User) error {
		return a.Directory.Enable(e.ctx, operator, u.TenantID, u.ID)
	})
}

type userDelete struct{ named }

func (userDelete) Help() string {
	return "Example:\n  sojourn user delete contoso.example anna.berg@contoso.example"
}

func (c userDelete) Run(e *env) error {
	return c.on(e, user, "Deleted, to be restored within 30 days", func(a *app.App, u directory.User) error {
		return a.Directory.Delete(e.ctx, operator, u.TenantID, u.ID)
	})
}

type userRestore struct {
	named
	Way string `enum:"ask,keep,replace,merge" default:"ask" help:"When the person has a live user again: keep it, replace it by the restored one, or merge the groups into it."`
}

func (userRestore) Help() string {
	return `Examples:
  sojourn user restore contoso.example anna.berg@contoso.example
  sojourn user restore contoso.example lena@fabrikam.example --way merge`
}

func (c userRestore) Run(e *env) error {
	return c.on(e, deletedUser, "Restored", func(a *app.App, u directory.User) error {
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
			fmt.Fprintln(e.out, "  new principal name:", r.NewPrincipal)
		}
		return nil
	})
}

type userErase struct {
	named
	Yes bool `required:"" help:"Say that you mean it: nothing brings the user back."`
}

func (userErase) Help() string {
	return "Example:\n  sojourn user erase contoso.example anna.berg@contoso.example --yes"
}

func (c userErase) Run(e *env) error {
	return c.on(e, deletedUser, "Deleted permanently", func(a *app.App, u directory.User) error {
		return a.Directory.Erase(e.ctx, operator, u.TenantID, u.ID)
	})
}

type userHold struct {
	named
	Reason string `required:"" help:"Why, for those who may see it."`
}

func (userHold) Help() string {
	return "Example:\n  sojourn user hold contoso.example anna.berg@contoso.example --reason \"Case 4711\""
}

func (c userHold) Run(e *env) error {
	return c.on(e, anyUser, "On legal hold", func(a *app.App, u directory.User) error {
		return a.Directory.Hold(e.ctx, operator, u.TenantID, u.ID, c.Reason)
	})
}

type userRelease struct{ named }

func (userRelease) Help() string {
	return "Example:\n  sojourn user release contoso.example anna.berg@contoso.example"
}

func (c userRelease) Run(e *env) error {
	return c.on(e, anyUser, "Released from legal hold", func(a *app.App, u directory.User) error {
		return a.Directory.Release(e.ctx, operator, u.TenantID, u.ID)
	})
}

// anyUser finds a live user of that name, else the deleted one.
func anyUser(e *env, a *app.App, tenantID, name string) (directory.User, error) {
	if u, err := user(e, a, tenantID, name); err == nil {
		return u, nil
	}
	return deletedUser(e, a, tenantID, name)
}
