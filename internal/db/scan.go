package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Row is one row to scan: *sql.Row or *sql.Rows.
type Row interface{ Scan(dest ...any) error }

// ErrNone says that a row was not there.
var ErrNone = sql.ErrNoRows

// One reads one row; ErrNone when there is none.
func One[T any](ctx context.Context, c Conn, scan func(Row) (T, error), text string, args ...any) (T, error) {
	for t := (tries{}); ; {
		v, err := scan(c.QueryRow(ctx, text, args...))
		if !t.again(ctx, c, err) {
			return v, c.explain(err)
		}
	}
}

// Maybe is One where no row is no error: found says which.
func Maybe[T any](ctx context.Context, c Conn, scan func(Row) (T, error), text string, args ...any) (v T, found bool, err error) {
	v, err = One(ctx, c, scan, text, args...)
	if errors.Is(err, ErrNone) {
		return v, false, nil
	}
	return v, err == nil, err
}

// All reads every row.
func All[T any](ctx context.Context, c Conn, scan func(Row) (T, error), text string, args ...any) ([]T, error) {
	for t := (tries{}); ; {
		out, err := collect(ctx, c, scan, text, args)
		if !t.again(ctx, c, err) {
			return out, c.explain(err)
		}
	}
}

func collect[T any](ctx context.Context, c Conn, scan func(Row) (T, error), text string, args []any) ([]T, error) {
	rows, err := c.Query(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, err
		}
		if len(out) == cap(out) {
			out = slices.Grow(out, max(8, 3*len(out))) // rows are wide: fewer, larger steps
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

// Text scans a single text column.
func Text(r Row) (s string, err error) { err = r.Scan(&s); return }

// Int scans a single number column.
func Int(r Row) (n int, err error) { err = r.Scan(&n); return }

// Count runs a SELECT of one number.
func Count(ctx context.Context, c Conn, text string, args ...any) (int, error) {
	return One(ctx, c, Int, text, args...)
}

// Changed runs a write and gives the number of rows it changed.
func Changed(ctx context.Context, c Conn, text string, args ...any) (int, error) {
	res, err := c.Exec(ctx, text, args...)
	if err != nil {
		return 0, err
	}
	n, err := res.RowsAffected()
	return int(n), err
}

// Micros is a time as the database keeps it; the zero time is NULL.
func Micros(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMicro()
}

// Null is a text as the database keeps it where ” means there is none.
func Null(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// At scans a time column into t; NULL is the zero time.
func At(t *time.Time) sql.Scanner { return at{t} }

type at struct{ t *time.Time }

func (a at) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*a.t = time.Time{}
	case int64:
		*a.t = time.UnixMicro(v).UTC()
	default:
		return fmt.Errorf("a time is kept as microseconds, not as %T", v)
	}
	return nil
}

// Opt scans a text column into s; NULL is "".
func Opt(s *string) sql.Scanner { return opt{s} }

type opt struct{ s *string }

func (o opt) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*o.s = ""
	case string:
		*o.s = v
	case []byte:
		*o.s = string(v)
	default:
		return fmt.Errorf("want a text, got %T", v)
	}
	return nil
}

// Where collects the conditions of a filtered list: the one place where a
// statement is put together. Conditions are constants with a $ for each value.
type Where struct {
	text string
	args []any
}

// And adds a condition; each "$?" in it takes the next value.
func (w *Where) And(condition string, args ...any) {
	out := make([]byte, 0, len(condition)+8)
	for i := 0; i < len(condition); i++ {
		if condition[i] == '$' && i+1 < len(condition) && condition[i+1] == '?' {
			w.args = append(w.args, args[0])
			args = args[1:]
			out = fmt.Appendf(out, "$%d", len(w.args))
			i++
			continue
		}
		out = append(out, condition[i])
	}
	if w.text != "" {
		w.text += " AND "
	}
	w.text += string(out)
}

// Limit adds the number of rows as the last value; Last is its placeholder.
func (w *Where) Limit(n int) { w.args = append(w.args, n) }

// Last is the placeholder of the last value.
func (w *Where) Last() string { return fmt.Sprintf("$%d", len(w.args)) }

// Text is the conditions, to stand after WHERE.
func (w *Where) Text() string { return w.text }

// Args are the values, in the order of their placeholders.
func (w *Where) Args() []any { return w.args }
