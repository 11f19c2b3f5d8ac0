package main

import (
	"fmt"

	"sojourn/securityinfo"
)

type migrateCommand struct {
	KeyIsLost bool `name:"key-is-lost" help:"Go on with another master key: every password must be set anew."`
}

func (migrateCommand) Help() string {
	return `Several may run at once, also beside a portal: one does the work, the others wait.

Another master key than the one the database was made with is refused. If that key is
lost, --key-is-lost goes on with the one given; mails that wait in the outbox are lost
with it, authenticator apps are removed, and everybody needs a new link (sojourn user
link) to set a password.

Examples:
  sojourn migrate --database sqlite:/var/lib/sojourn/sojourn.db
  sojourn migrate --key-is-lost`
}

// Run brings the database up to date.
func (c migrateCommand) Run(e *env) error {
	box, err := e.config.Box()
	if err != nil { // a new database never stands without its key
		return err
	}
	d, err := e.open()
	if err != nil {
		return err
	}
	defer d.Close()
	if c.KeyIsLost {
		err = securityinfo.ReplaceKey(e.ctx, d, box, operator)
	} else {
		err = checkKey(e.ctx, d, box)
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(e.out, "The database is up to date.")
	return err
}
