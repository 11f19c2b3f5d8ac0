package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

// Migrate brings the schema up to date. Several processes may start at once:
// PostgreSQL has a session lock, SQLite a lock file beside the database.
func (d *DB) Migrate(ctx context.Context, files fs.FS) (applied int, err error) {
	options := []goose.ProviderOption{goose.WithDisableGlobalRegistry(true)}
	kind := goose.DialectSQLite3
	if d.Name() == "postgres" {
		kind = goose.DialectPostgres
		locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300)) // each second for five minutes
		if err != nil {
			return 0, err
		}
		options = append(options, goose.WithSessionLocker(locker))
	} else {
		release, err := lockFile(d.path + ".migrating")
		if err != nil {
			return 0, err
		}
		defer release()
	}
	p, err := goose.NewProvider(kind, d.write, files, options...)
	if err != nil {
		return 0, fmt.Errorf("migrate: %w", err)
	}
	results, err := p.Up(ctx)
	if err != nil {
		return len(results), fmt.Errorf("migrate: %w", err)
	}
	return len(results), nil
}

// lockFile waits for the exclusive lock. The file stays: removing it would let
// a third process lock a file that no longer has a name.
func lockFile(path string) (release func(), err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX); err != nil {
		f.Close()
		return nil, err
	}
	return func() { f.Close() }, nil
}

// Backup writes a consistent copy of an SQLite database to a new file. It reads
// on a connection of its own: whoever writes meanwhile does not wait for it.
func (d *DB) Backup(ctx context.Context, path string) (err error) {
	if d.Name() != "sqlite" {
		return errors.New("this database is PostgreSQL: back it up with pg_dump")
	}
	// An empty file of ours: people's data, and never over an older backup.
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("backup: %s exists already; name a new file", path)
	}
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	f.Close()
	defer func() {
		if err != nil {
			os.Remove(path)
		}
	}()
	conn, err := sql.Open("sqlite", dsn(d.path, "mode=ro", "busy_timeout(5000)"))
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	defer conn.Close()
	if _, err = conn.ExecContext(ctx, "VACUUM INTO $1", path); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	return nil
}

// Raw is the writing pool, for what only a whole database needs: schema
// listings and tests.
func (d *DB) Raw() *sql.DB { return d.write }

// Reader is the reading pool, for what is measured beside the portal.
func (d *DB) Reader() *sql.DB { return d.read }
