package main

import (
	"fmt"

	"sojourn/app"
	"sojourn/directory"
)

type userCommand struct {
	List    userList    `cmd:"" help:"List the users of an organization."`
	Create  userCreate  `cmd:"" help:"Create a member with an account and print the link for the first password."`
	Link    userLink    `cmd:"" help:"Make a new link to set a password, also for who forgot theirs."`
	Methods userMethods `cmd:"" help:"List what somebody signs in with."`
	Rename  userRename  `cmd:"" help:"Correct the name or the mail address of a user."`
	Disable userDisable `cmd:"" help:"Disable a user: what they have open ends at once."`
	Enable  userEnable  `cmd:"" help:"Enable a disabled user."`
	Delete  userDelete  `cmd:"" help:"Delete a user; it can be restored for 30 days."`
	Restore userRestore `cmd:"" help:"Restore a deleted user with their groups and roles."`
	Erase   userErase   `cmd:"" help:"Delete a deleted user permanently. Nothing brings them back."`
	Hold    userHold    `cmd:"" help:"Put a user on legal hold: the purge waits."`
	Release userRelease `cmd:"" help:"End a legal hold."`

	ForgetMethods userForgetMethods `cmd:"" help:"Delete the second step of somebody who lost it: they begin again with the password."`
}

// named is a user named at the command line.
type named struct {
	Tenant string `arg:"" help:"Domain or id of the organization."`
	User   string `arg:"" help:"Sign-in name, mail address or id of the user."`
}

// finder is user, deletedUser or anyUser.
type finder func(*env, *app.App, directory.Tenant, string) (directory.User, error)

// on runs a verb on the user and says what was done.
func (n named) on(e *env, find finder, done string, verb func(a *app.App, t directory.Tenant, u directory.User) error) error {
	a, err := e.app()
	if err != nil {
		return err
	}
	defer a.DB.Close()
	t, err := tenant(e, a, n.Tenant)
	if err != nil {
		return err
	}
	u, err := find(e, a, t, n.User)
	if err != nil {
		return err
	}
	if err := verb(a, t, u); err != nil {
		return err
	}
	_, err = fmt.Fprintf(e.out, "%s: %s (%s)\n", done, u.DisplayName, u.PrincipalName)
	return err
}

type userDisable struct{ named }

func (userDisable) Help() string {
	return "Example:\n  sojourn user disable contoso.example anna.berg@contoso.example"
}

func (c userDisable) Run(e *env) error {
	return c.on(e, user, "Disabled", func(a *app.App, _ directory.Tenant, u directory.User) error {
		return a.Directory.Disable(e.ctx, operator, u.TenantID, u.ID)
	})
}

type userEnable struct{ named }

func (userEnable) Help() string {
	return "Example:\n  sojourn user enable contoso.example anna.berg@contoso.example"
}

func (c userEnable) Run(e *env) error {
	return c.on(e, user, "Enabled", func(a *app.App, _ directory.Tenant, u directory.User) error {
		return a.Directory.Enable(e.ctx, operator, u.TenantID, u.ID)
	})
}

type userDelete struct{ named }

func (userDelete) Help() string {
	return "Example:\n  sojourn user delete contoso.example anna.berg@contoso.example"
}

func (c userDelete) Run(e *env) error {
	return c.on(e, user, "Deleted, to be restored within 30 days", func(a *app.App, _ directory.Tenant, u directory.User) error {
		return a.Directory.Delete(e.ctx, operator, u.TenantID, u.ID)
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
	return c.on(e, deletedUser, "Deleted permanently", func(a *app.App, _ directory.Tenant, u directory.User) error {
		return a.Directory.Erase(e.ctx, operator, u.TenantID, u.ID)
	})
}

type userHold struct {
	named
	Reason string `required:"" placeholder:"TEXT" help:"Why, for those who may see it."`
}

func (userHold) Help() string {
	return "Example:\n  sojourn user hold contoso.example anna.berg@contoso.example --reason \"Case 4711\""
}

func (c userHold) Run(e *env) error {
	return c.on(e, anyUser, "On legal hold", func(a *app.App, _ directory.Tenant, u directory.User) error {
		return a.Directory.Hold(e.ctx, operator, u.TenantID, u.ID, c.Reason)
	})
}

type userRelease struct{ named }

func (userRelease) Help() string {
	return "Example:\n  sojourn user release contoso.example anna.berg@contoso.example"
}

func (c userRelease) Run(e *env) error {
	return c.on(e, anyUser, "Released from legal hold", func(a *app.App, _ directory.Tenant, u directory.User) error {
		return a.Directory.Release(e.ctx, operator, u.TenantID, u.ID)
	})
}
