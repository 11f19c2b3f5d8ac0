package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"sojourn/internal/fault"
)

// Conn is what a store function needs: a transaction, or the database for a
// read or for one conditional write.
type Conn interface {
	Query(ctx context.Context, text string, args ...any) (*sql.Rows, error)
	QueryRow(ctx context.Context, text string, args ...any) *sql.Row
	Exec(ctx context.Context, text string, args ...any) (sql.Result, error)
	Now() time.Time

	explain(error) error // what a lost database is to the person who asked

	// again says whether a statement that failed may be run once more: never in a
	// transaction, which is run again as a whole.
	again(error) bool
}

type dialect interface {
	name() string
	sign() string // a statement that a living database answers with a number
	begin(ctx context.Context, d *DB) (*sql.Tx, error)
	now(ctx context.Context, tx *sql.Tx) (time.Time, error)
	retryable(error) bool // the transaction lost against another one: run it again
	lost(error) bool      // connection or server gone, disk full: 503, not 500
	passing(error) bool   // lost, and likely to be mended by the next connection
	undone(error) bool    // passing, and certainly nothing was done
	doubtful(error) bool  // of a commit: it may have been done all the same
	writable(ctx context.Context, d *DB) error
}

// DB is a database. On SQLite reads go to a pool of read-only connections and
// writes to one connection; on PostgreSQL both are one pool.
type DB struct {
	dialect dialect
	write   *sql.DB
	read    *sql.DB
	path    string // of the SQLite file

	skew  atomic.Int64 // server clock − process clock, measured
	shift atomic.Int64 // moved by tests and the demo

	ill   atomic.Bool // a write was refused by the disk, and none has worked since
	probe sync.Mutex  // one attempt to write at a time

	retried, givenUp atomic.Int64 // transactions

	watch func(context.Context) func(attempts int, err error) // of transactions; nil: nobody does
}

// Options are for tests, the demo and the bench.
type Options struct {
	// Relaxed lets SQLite acknowledge a commit before it is on disk
	// (synchronous=NORMAL): a power cut may lose the last ones.
	Relaxed bool
	// Bulk is for filling a new SQLite file that counts only when it is whole:
	// neither a journal nor the disk is waited for.
	Bulk bool
	// Conns bounds the pool (PostgreSQL) or the readers (SQLite); 0 is the default.
	Conns int
}

// Open opens "sqlite:PATH" or "postgres://…". It does not migrate.
func Open(ctx context.Context, source string, o Options) (*DB, error) {
	switch {
	case strings.HasPrefix(source, "sqlite:"):
		return openSQLite(ctx, strings.TrimPrefix(source, "sqlite:"), o)
	case strings.HasPrefix(source, "postgres://"), strings.HasPrefix(source, "postgresql://"):
		return openPostgres(ctx, source, o)
	}
	return nil, fmt.Errorf("database %q: want sqlite:PATH or postgres://…", firstWord(source))
}

// firstWord keeps a password in a mistyped address out of the error.
func firstWord(source string) string {
	scheme, _, _ := strings.Cut(source, ":")
	return scheme + ":…"
}

// Name is "sqlite" or "postgres".
func (d *DB) Name() string { return d.dialect.name() }

// Path is the file of an SQLite database, else "".
func (d *DB) Path() string { return d.path }

// Close closes all connections.
func (d *DB) Close() error {
	if d.read == d.write {
		return d.write.Close()
	}
	return errors.Join(d.read.Close(), d.write.Close())
}

// Ping asks the database whether it answers.
func (d *DB) Ping(ctx context.Context) error {
	var n int
	return d.read.QueryRowContext(ctx, d.dialect.sign()).Scan(&n)
}

// Ready says whether the database can be read and written. That a disk takes no
// more is known from a write that failed; then Ready tries until one works.
func (d *DB) Ready(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	if err := d.Ping(ctx); err != nil || !d.ill.Load() {
		return err
	}
	d.probe.Lock()
	defer d.probe.Unlock()
	if !d.ill.Load() { // whoever came before found it well
		return nil
	}
	err := d.dialect.writable(ctx, d)
	d.ill.Store(err != nil)
	return err
}

// Now is the time for a read: process time corrected by the last measured
// difference to the database server. Verbs use Tx.Now.
func (d *DB) Now() time.Time {
	return time.Now().Add(time.Duration(d.skew.Load() + d.shift.Load())).UTC().Truncate(time.Microsecond)
}

// MeasureClock compares the process clock with the server's; call it each
// minute. Of a few samples the quickest tells most.
func (d *DB) MeasureClock(ctx context.Context) error {
	var best time.Duration
	quickest := time.Duration(math.MaxInt64)
	for range 3 {
		skew, took, err := d.sampleClock(ctx)
		if err != nil {
			return err
		}
		if took < quickest {
			best, quickest = skew, took
		}
	}
	d.skew.Store(int64(best))
	return nil
}

func (d *DB) sampleClock(ctx context.Context) (skew, took time.Duration, err error) {
	before := time.Now()
	tx, err := d.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return 0, 0, err
	}
	defer tx.Rollback()
	server, err := d.dialect.now(ctx, tx)
	took = time.Since(before)
	return server.Sub(before.Add(took / 2)), took, err
}

// Shift is by how much the clock has been moved.
func (d *DB) Shift() time.Duration { return time.Duration(d.shift.Load()) }

// SetShift moves the clock of this process; only tests and the demo do.
func (d *DB) SetShift(by time.Duration) { d.shift.Store(int64(by)) }

// Query reads outside a transaction.
func (d *DB) Query(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	rows, err := d.read.QueryContext(d.calm(ctx), text, args...)
	return rows, d.explain(err)
}

// QueryRow reads one row outside a transaction.
func (d *DB) QueryRow(ctx context.Context, text string, args ...any) *sql.Row {
	return d.read.QueryRowContext(d.calm(ctx), text, args...)
}

// calm is the context of a statement on SQLite. To be able to interrupt one, its
// driver starts a goroutine and watches over every step, which costs more than
// most statements do themselves: who has hung up is noticed before a statement,
// not within.
func (d *DB) calm(ctx context.Context) context.Context {
	if d.path == "" || ctx.Err() != nil {
		return ctx
	}
	return context.WithoutCancel(ctx)
}

// Exec runs one statement that writes, outside a transaction: a conditional
// UPDATE, a counter, a lease.
func (d *DB) Exec(ctx context.Context, text string, args ...any) (sql.Result, error) {
	for t := (tries{}); ; {
		res, err := d.write.ExecContext(ctx, text, args...)
		if !t.again(ctx, writer{d}, err) {
			return res, writer{d}.explain(err)
		}
	}
}

// Writer is a Conn whose queries go to the writing connection: for one
// conditional write with RETURNING outside a transaction.
func (d *DB) Writer() Conn { return writer{d} }

type writer struct{ d *DB }

func (w writer) Query(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	rows, err := w.d.write.QueryContext(ctx, text, args...)
	return rows, w.explain(err)
}

func (w writer) QueryRow(ctx context.Context, text string, args ...any) *sql.Row {
	return w.d.write.QueryRowContext(ctx, text, args...)
}

func (w writer) Exec(ctx context.Context, text string, args ...any) (sql.Result, error) {
	return w.d.Exec(ctx, text, args...)
}

func (w writer) Now() time.Time { return w.d.Now() }

func (w writer) explain(err error) error {
	w.d.noteWrite(err)
	return w.d.explain(err)
}

// again: what may have been done is not done twice.
func (w writer) again(err error) bool { return w.d.dialect.undone(err) }

// again: a read does no harm, however often.
func (d *DB) again(err error) bool { return d.dialect.passing(err) }

// noteWrite remembers that the disk refused.
func (d *DB) noteWrite(err error) {
	if err != nil && d.dialect.lost(err) {
		d.ill.Store(true)
	}
}

// explain turns a lost database into the fault that asks to try again.
func (d *DB) explain(err error) error {
	if err == nil || errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if _, told := fault.Of(err); told {
		return err
	}
	if d.dialect.lost(err) || d.dialect.retryable(err) {
		return errors.Join(busy(), err)
	}
	return err
}

// unknown is the answer when the connection was lost while committing: it may
// have been done. Nothing must say that nothing was changed.
func unknown() *fault.Fault {
	return fault.New(fault.Unavailable, "commit_unknown", "ui.error.commit.title")
}

func busy() *fault.Fault { return fault.New(fault.Unavailable, "busy", "ui.error.busy.title") }
