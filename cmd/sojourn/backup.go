package main

import (
	"fmt"
	"os"

	"sojourn/internal/db"
)

type backupCommand struct {
	File string `arg:"" help:"Where to write the copy; it must not exist."`
}

func (backupCommand) Help() string {
	return `The copy is consistent, also while the portal is writing. Keep the key file beside the
database with it: without the key, passwords in the copy are useless.

Examples:
  sojourn backup /backup/sojourn-2026-11-21.db`
}

// Run copies the database as it is: it is not brought up to date, for a backup is
// what one takes before that.
func (c backupCommand) Run(e *env) error {
	path, err := e.config.DatabasePath()
	if err != nil {
		return err
	}
	if path == "" {
		return wrong("this database is PostgreSQL: back it up with pg_dump")
	}
	if err := e.exists(); err != nil {
		return err
	}
	if _, err := os.Lstat(c.File); err == nil {
		return wrong("%s exists already; name a new file", c.File)
	}
	d, err := db.Open(e.ctx, "sqlite:"+path, db.Options{})
	if err != nil {
		return err
	}
	defer d.Close()
	end := progress(e.err, "Copying", func() (int64, int64) { return size(c.File), size(path) })
	err = d.Backup(e.ctx, c.File)
	end()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(e.out, "Copied to", c.File)
	return err
}

func size(path string) int64 {
	if info, err := os.Stat(path); err == nil {
		return info.Size()
	}
	return 0
}
