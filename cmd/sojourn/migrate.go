package main

import "fmt"

type migrateCommand struct{}

func (migrateCommand) Help() string {
	return `Several may run at once, also beside a portal: one does the work, the others wait.

Example:
  sojourn migrate --database sqlite:/var/lib/sojourn/sojourn.db`
}

// Run brings the database up to date.
func (migrateCommand) Run(e *env) error {
	if _, err := e.config.Box(); err != nil { // a new database never stands without its key
		return err
	}
	d, err := e.open()
	if err != nil {
		return err
	}
	defer d.Close()
	_, err = fmt.Fprintln(e.out, "The database is up to date.")
	return err
}
