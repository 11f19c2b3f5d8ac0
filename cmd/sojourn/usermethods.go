package main

import (
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"sojourn/accounts"
	"sojourn/app"
	"sojourn/directory"
)

type userMethods struct {
	Name string `arg:"" help:"Sign-in name or mail address the person signs in with."`
}

func (userMethods) Help() string {
	return `Lists what the person signs in with, the default of the second step first. No
secret is shown.

Example:
  sojourn user methods anna.berg@contoso.example`
}

func (c userMethods) Run(e *env) error {
	a, account, err := e.signsInAs(c.Name)
	if err != nil {
		return err
	}
	defer a.DB.Close()
	list, err := accounts.MethodsOf(e.ctx, a.DB, account.ID)
	if err != nil {
		return err
	}
	password, has, err := accounts.PasswordOf(e.ctx, a.DB, account.ID)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(e.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "TYPE\tNAME\tADDED\tLAST USED\tDEFAULT")
	if has {
		fmt.Fprintf(w, "%s\t\t%s\t\t\n", accounts.PasswordMethod, dayOf(password.ChangedAt))
	}
	for _, m := range list {
		standard := ""
		if m.Default {
			standard = "yes"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", m.Type, m.Name, dayOf(m.CreatedAt), dayOf(m.UsedAt), standard)
	}
	return w.Flush()
}

func dayOf(t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return t.UTC().Format(time.DateOnly)
}

type userForgetMethods struct {
	Name string `arg:"" help:"Sign-in name or mail address the person signs in with."`
	Type string `placeholder:"TYPE" help:"Only methods of this type, as sojourn user methods lists it."`
}

func (userForgetMethods) Help() string {
	return `For somebody whom nobody else can help, such as the only administrator without
their phone: every method but the password is deleted, those to get back in included,
and all they have open ends. They are told by mail.

Examples:
  sojourn user forget-methods anna.berg@contoso.example
  sojourn user forget-methods anna.berg@contoso.example --type authenticator`
}

func (c userForgetMethods) Run(e *env) error {
	if c.Type == string(accounts.PasswordMethod) {
		return wrong("a password is not forgotten; sojourn user link makes a link for a new one")
	}
	a, account, err := e.signsInAs(c.Name)
	if err != nil {
		return err
	}
	defer a.DB.Close()
	if account.HomeUserID != "" {
		_, found, err := directory.HomeOf(e.ctx, a.DB, account.ID)
		if err != nil {
			return err
		}
		if !found {
			return wrong("%s is deleted; sojourn user restore brings them back", c.Name)
		}
	}
	gone, err := a.UserMethods.Forget(e.ctx, operator, account.ID, accounts.MethodType(c.Type))
	if err != nil {
		return err
	}
	if len(gone) == 0 {
		fmt.Fprintln(e.out, "There is nothing to delete.")
		return nil
	}
	for _, m := range gone {
		fmt.Fprintln(e.out, strings.TrimRight("  deleted: "+string(m.Type)+" "+m.Name, " "))
	}
	fmt.Fprintf(e.out, "%s begins again with the password.\n", c.Name)
	return e.mailsWait(a, "the letter that says so")
}

// signsInAs finds the account that somebody signs in to by this name.
func (e *env) signsInAs(name string) (*app.App, accounts.Account, error) {
	a, err := e.app()
	if err != nil {
		return nil, accounts.Account{}, err
	}
	account, found, err := accounts.ByName(e.ctx, a.DB, name)
	if err == nil && !found {
		err = wrong("nobody signs in as %q; for a member of an organization, give the sign-in name", name)
	}
	if err != nil {
		a.DB.Close()
		return nil, accounts.Account{}, err
	}
	return a, account, nil
}
