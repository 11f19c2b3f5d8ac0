package db

import (
	"context"
	"fmt"
	"strconv"
	"strings"
)

// InBulk fills a database. On SQLite, where it is empty, its indexes are dropped
// meanwhile and made again from the catalogue at the end: sorting once costs less
// than finding a place for every row. A process killed meanwhile leaves a database
// without them, so it is for a file that counts only when it is whole.
func (d *DB) InBulk(ctx context.Context, fill func() error) error {
	if d.dialect.name() != "sqlite" {
		return fill()
	}
	indexes, err := All(ctx, d.Writer(), func(r Row) (x [2]string, err error) {
		err = r.Scan(&x[0], &x[1])
		return
	}, `SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name <> 'goose_db_version' ORDER BY name`)
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
// columns. SQLite is given arguments without numbers: it looks for the name of
// each among all others.
func (tx *Tx) InsertRows(ctx context.Context, into string, rows int, args []any) error {
	numbered := tx.d.dialect.name() != "sqlite"
	var s strings.Builder
	s.WriteString("INSERT INTO " + into + " VALUES ")
	for i := range args {
		switch {
		case i == 0:
			s.WriteByte('(')
		case i%(len(args)/rows) == 0:
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
	_, err := tx.Exec(ctx, s.String(), args...)
	return err
}
