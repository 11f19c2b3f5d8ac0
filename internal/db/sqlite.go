package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

type sqliteDialect struct{}

func openSQLite(ctx context.Context, path string, o Options) (*DB, error) {
	if path == "" {
		return nil, fmt.Errorf("database sqlite: the path is missing, e.g. sqlite:./sojourn.db")
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("database sqlite: %w", err)
	}
	sync := "FULL"
	if o.Relaxed {
		sync = "NORMAL"
	}
	pragmas := []string{"busy_timeout(5000)", "journal_mode(WAL)", "synchronous(" + sync + ")", "foreign_keys(1)", "temp_store(2)", "cache_size(-16384)"}
	if o.Bulk {
		pragmas = []string{"busy_timeout(5000)", "journal_mode(OFF)", "synchronous(OFF)", "cache_size(-400000)"}
	}
	write, err := openKeeping(dsn(path, "_txlock=immediate", pragmas...))
	if err != nil {
		return nil, err
	}
	write.SetMaxOpenConns(1)
	write.SetConnMaxIdleTime(0)
	if err := firstContact(ctx, write); err != nil {
		write.Close()
		return nil, fmt.Errorf("database %s: %w", path, err)
	}
	os.Chmod(path, 0o600) // people's data: nobody else's to read
	read, err := openKeeping(dsn(path, "mode=ro", "busy_timeout(5000)", "query_only(1)", "temp_store(2)"))
	if err != nil {
		write.Close()
		return nil, err
	}
	conns := o.Conns
	if conns == 0 {
		conns = max(4, runtime.NumCPU())
	}
	read.SetMaxOpenConns(conns)
	read.SetMaxIdleConns(conns)
	return &DB{dialect: sqliteDialect{}, write: write, read: read, path: path}, nil
}

// firstContact makes the file, so that readers find it. Processes that turn a
// new file to WAL at the same moment are told that it is busy without waiting,
// whatever busy_timeout says.
func firstContact(ctx context.Context, write *sql.DB) error {
	deadline := time.Now().Add(patience)
	for attempt := 0; ; attempt++ {
		err := write.PingContext(ctx)
		if err == nil || !(sqliteDialect{}).retryable(err) || time.Now().After(deadline) || ctx.Err() != nil {
			return err
		}
		pause(ctx, attempt)
	}
}

// dsn starts with "file:", without which the driver strips the query.
func dsn(path, option string, pragmas ...string) string {
	q := ""
	for _, p := range pragmas {
		q += "&_pragma=" + url.QueryEscape(p)
	}
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + option + q
}

func (sqliteDialect) name() string { return "sqlite" }

// sign reads the file: SELECT 1 would not.
func (sqliteDialect) sign() string { return "SELECT count(*) FROM sqlite_master WHERE name = ''" }

func (sqliteDialect) begin(ctx context.Context, d *DB) (*sql.Tx, error) {
	return d.write.BeginTx(ctx, nil)
}

// now is the process clock: the process is the database server.
func (sqliteDialect) now(context.Context, *sql.Tx) (time.Time, error) { return time.Now(), nil }

func (sqliteDialect) retryable(err error) bool {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return false
	}
	code := e.Code() & 0xff
	return code == sqlite3.SQLITE_BUSY || code == sqlite3.SQLITE_LOCKED
}

func (sqliteDialect) lost(err error) bool {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return false
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
		return true
	}
	return false
}

// passing: a disk does not mend itself while somebody waits for a page.
func (sqliteDialect) passing(error) bool { return false }

func (sqliteDialect) undone(error) bool { return false }

// doubtful: an error of the disk while committing leaves open what it has kept;
// where there is no room, or no leave to write, nothing is kept.
func (sqliteDialect) doubtful(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && e.Code()&0xff == sqlite3.SQLITE_IOERR
}

// probeSize is more than a verb writes: room for one more page is no room.
const probeSize = 1 << 20

// writable writes a file beside the database, and then the number in its header
// that nothing uses.
func (sqliteDialect) writable(ctx context.Context, d *DB) error {
	f, err := os.CreateTemp(filepath.Dir(d.path), ".room-*")
	if err != nil {
		return err
	}
	_, err = f.Write(make([]byte, probeSize))
	err = errors.Join(err, f.Sync(), f.Close(), os.Remove(f.Name()))
	if err == nil {
		_, err = d.write.ExecContext(ctx, "PRAGMA user_version = 0")
	}
	return err
}
