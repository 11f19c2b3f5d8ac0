package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"
)

// Tx is a transaction: SERIALIZABLE on PostgreSQL, IMMEDIATE on SQLite.
type Tx struct {
	tx  *sql.Tx
	now time.Time
	d   *DB
}

// Now is the one time of this transaction: the database server's clock at its
// start.
func (t *Tx) Now() time.Time { return t.now }

// Query runs a statement that returns rows.
func (t *Tx) Query(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	return t.tx.QueryContext(t.d.calm(ctx), text, args...)
}

// QueryRow runs a statement that returns one row.
func (t *Tx) QueryRow(ctx context.Context, text string, args ...any) *sql.Row {
	return t.tx.QueryRowContext(t.d.calm(ctx), text, args...)
}

// Exec runs a statement.
func (t *Tx) Exec(ctx context.Context, text string, args ...any) (sql.Result, error) {
	return t.tx.ExecContext(t.d.calm(ctx), text, args...)
}

// explain leaves an error as it is: whoever runs the transaction tells a lost
// database from one that wants it run again.
func (t *Tx) explain(err error) error { return err }

func (t *Tx) again(error) bool { return false }

// patience is how long a transaction is tried again before the person is asked
// to come back.
const patience = 5 * time.Second

// Tx runs fn in a transaction and commits when it returns nil. fn may run
// more than once: it must keep its results to itself until it returns nil, send
// nothing and hash no password.
func (d *DB) Tx(ctx context.Context, fn func(*Tx) error) error {
	if d.watch == nil {
		_, err := d.attempt(ctx, fn)
		return err
	}
	ended := d.watch(ctx)
	attempts, err := d.attempt(ctx, fn)
	ended(attempts, err)
	return err
}

// Watch has begun called when a transaction begins, and what it gives when that has
// ended. Call it before anything is served.
func (d *DB) Watch(begun func(context.Context) (ended func(attempts int, err error))) {
	d.watch = begun
}

func (d *DB) attempt(ctx context.Context, fn func(*Tx) error) (attempts int, err error) {
	deadline := time.Now().Add(patience)
	for attempt := 0; ; attempt++ {
		err, again := d.once(ctx, fn)
		d.noteWrite(err)
		if !again {
			return attempt + 1, d.explain(err)
		}
		if time.Now().After(deadline) || ctx.Err() != nil {
			d.givenUp.Add(1)
			return attempt + 1, errors.Join(busy(), err)
		}
		d.retried.Add(1)
		pause(ctx, attempt)
	}
}

// pause waits with full jitter: anything up to 2 ms × 2^attempt, at most 200 ms.
func pause(ctx context.Context, attempt int) {
	limit := min(2*time.Millisecond<<min(attempt, 10), 200*time.Millisecond)
	select {
	case <-ctx.Done():
	case <-time.After(time.Duration(rand.Int64N(int64(limit)))):
	}
}

func (d *DB) once(ctx context.Context, fn func(*Tx) error) (err error, again bool) {
	tx, err := d.dialect.begin(ctx, d)
	if err != nil {
		return fmt.Errorf("begin: %w", err), d.anew(err)
	}
	defer tx.Rollback()
	now, err := d.dialect.now(ctx, tx)
	if err != nil {
		return err, d.anew(err)
	}
	now = now.Add(time.Duration(d.shift.Load())).UTC().Truncate(time.Microsecond)
	if err := fn(&Tx{tx: tx, now: now, d: d}); err != nil {
		return err, d.anew(err)
	}
	// A connection lost here may have committed: the error is told, not retried.
	err = tx.Commit()
	switch {
	case err == nil:
		return nil, false
	case d.dialect.doubtful(err):
		return errors.Join(unknown(), fmt.Errorf("commit: %w", err)), false
	}
	return fmt.Errorf("commit: %w", err), d.dialect.retryable(err)
}

// anew says whether a transaction that did not come to its commit is run again:
// it lost against another one, or its connection was cut.
func (d *DB) anew(err error) bool { return d.dialect.retryable(err) || d.dialect.passing(err) }

// tries counts how often one statement outside a transaction has been run.
type tries struct {
	n     int
	until time.Time
}

// short is how long such a statement is tried again. The page that waits for it
// may have to wait for a transaction too.
const short = 2 * time.Second

func (t *tries) again(ctx context.Context, c Conn, err error) bool {
	if err == nil || errors.Is(err, sql.ErrNoRows) || ctx.Err() != nil || !c.again(err) {
		return false
	}
	if t.n == 0 {
		t.until = time.Now().Add(short)
	} else if time.Now().After(t.until) {
		return false
	}
	pause(ctx, t.n)
	t.n++
	return true
}
