package db

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// InBulk fills a database. On SQLite, where it is empty, its indexes are dropped
// meanwhile and made again from the catalogue at the end, in the order in which they
// were made, by which SQLite chooses among equals: sorting once costs less
// than finding a place for every row. A process killed meanwhile leaves a database
// without them, so it is for a file that counts only when it is whole.
func (d *DB) InBulk(ctx context.Context, fill func() error) error {
	if d.dialect.name() != "sqlite" {
		return fill()
	}
	indexes, err := All(ctx, d.Writer(), func(r Row) (x [2]string, err error) {
		err = r.Scan(&x[0], &x[1])
		return
	}, `SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name <> 'goose_db_version' ORDER BY rowid`)
	if err != nil {
		return err
	}
	for _, x := range indexes {
		if _, err := d.write.ExecContext(ctx, `DROP INDEX "`+x[0]+`"`); err != nil {
			return fmt.Errorf("drop index %s: %w", x[0], err)
		}
	}
	if err := fill(); err != nil {
		return err
	}
	for _, x := range indexes {
		if _, err := d.write.ExecContext(ctx, x[1]); err != nil {
			return fmt.Errorf("make index %s: %w", x[0], err)
		}
	}
	return nil
}

// InsertRows inserts many rows with one statement; into names the table and its
// columns.
func (tx *Tx) InsertRows(ctx context.Context, into string, rows int, args []any) error {
	_, err := tx.Exec(ctx, tx.insertText(into, rows, len(args)), args...)
	return err
}

// InsertNew is InsertRows that leaves out what is there already, and gives how many
// rows it inserted. A row that another transaction is writing is waited for, which
// makes this one start anew.
func (tx *Tx) InsertNew(ctx context.Context, into string, rows int, args []any) (int, error) {
	return Changed(ctx, tx, tx.insertText(into, rows, len(args))+" ON CONFLICT DO NOTHING", args...)
}

// insertText writes the statement. SQLite is given arguments without numbers: it
// looks for the name of each among all others.
func (tx *Tx) insertText(into string, rows, args int) string {
	numbered := tx.d.dialect.name() != "sqlite"
	var s strings.Builder
	s.WriteString("INSERT INTO " + into + " VALUES ")
	for i := range args {
		switch {
		case i == 0:
			s.WriteByte('(')
		case i%(args/rows) == 0:
			s.WriteString("), (")
		default:
			s.WriteString(", ")
		}
		if numbered {
			s.WriteString("$" + strconv.Itoa(i+1))
		} else {
			s.WriteByte('?')
		}
	}
	s.WriteByte(')')
	return s.String()
}

// amongAtOnce is how many values one statement is run for. Fewer are filled up
// with the last one, so that there are two texts to prepare: for one, and for many.
const amongAtOnce = 100

// ExecAmong runs a statement for many values. Its text has "IN ($1)", and the
// list of them is put there; more follow from $2 on.
func (tx *Tx) ExecAmong(ctx context.Context, text string, values []string, more ...any) error {
	if len(values) == 1 {
		_, err := tx.Exec(ctx, text, append([]any{values[0]}, more...)...)
		return err
	}
	text = among(text, len(more))
	for some := range slices.Chunk(values, amongAtOnce) {
		if _, err := tx.Exec(ctx, text, append(filled(some), more...)...); err != nil {
			return err
		}
	}
	return nil
}

// AllAmong reads what a statement finds for many values, with "IN ($1)" in its
// text as ExecAmong takes it. What it finds is ordered within a hundred values.
func AllAmong[T any](ctx context.Context, c Conn, scan func(Row) (T, error), text string, values []string) (out []T, err error) {
	if len(values) == 1 {
		return All(ctx, c, scan, text, values[0])
	}
	text = among(text, 0)
	for some := range slices.Chunk(values, amongAtOnce) {
		list, err := All(ctx, c, scan, text, filled(some)...)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	return out, nil
}

func filled(values []string) []any {
	args := make([]any, amongAtOnce)
	for i := range args {
		args[i] = values[min(i, len(values)-1)]
	}
	return args
}

// among writes the list, and moves what follows behind it.
func among(text string, more int) string {
	for i := more; i > 0; i-- { // the last first, so that $2 is not found in $20
		text = strings.ReplaceAll(text, "$"+strconv.Itoa(i+1), "$"+strconv.Itoa(amongAtOnce+i))
	}
	list := make([]string, amongAtOnce)
	for i := range list {
		list[i] = "$" + strconv.Itoa(i+1)
	}
	return strings.ReplaceAll(text, "IN ($1)", "IN ("+strings.Join(list, ", ")+")")
}
