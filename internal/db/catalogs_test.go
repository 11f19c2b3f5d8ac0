package db_test

import (
	"testing"

	"sojourn/internal/db"
)

func scanView(r db.Row) (string, error) {
	var name, column string
	err := r.Scan(&name, &column)
	return "view " + name + "." + column, err
}

func scanColumn(r db.Row) (string, error) {
	var table, name, kind string
	var null bool
	var key int
	err := r.Scan(&table, &name, &kind, &null, &key)
	return column(table, name, kind, null, key), err
}

func scanIndex(r db.Row) (string, error) {
	var table, columns string
	var unique, partial bool
	err := r.Scan(&table, &columns, &unique, &partial)
	return index(table, columns, unique, partial), err
}

func scanReference(r db.Row) (string, error) {
	var from, to string
	err := r.Scan(&from, &to)
	return "reference " + from + " to " + to, err
}

func scanNamed(r db.Row) (string, error) {
	var name, table string
	err := r.Scan(&name, &table)
	return "named " + table + " " + name, err
}

func sqliteListing(t *testing.T, d *db.DB) []string {
	lines := list(t, d, scanView, `
		SELECT v.name, c.name FROM sqlite_master v JOIN pragma_table_xinfo(v.name) c WHERE v.type = 'view'`)
	lines = append(lines, list(t, d, scanColumn, `
		SELECT t.name, c.name, c.type, NOT c."notnull", c.pk
		  FROM sqlite_master t JOIN pragma_table_xinfo(t.name) c WHERE t.type = 'table' AND t.name <> 'sqlite_sequence'`)...)
	lines = append(lines, list(t, d, scanIndex, `
		SELECT t.name, (SELECT group_concat(coalesce(name, 'expression'), ', ' ORDER BY seqno) FROM pragma_index_xinfo(i.name) WHERE key = 1),
		       i."unique", i.partial
		  FROM sqlite_master t JOIN pragma_index_list(t.name) i WHERE t.type = 'table'`)...)
	lines = append(lines, list(t, d, scanNamed, `
		SELECT i.name, t.name FROM sqlite_master t JOIN pragma_index_list(t.name) i WHERE t.type = 'table' AND i.origin = 'c'`)...)
	return append(lines, list(t, d, scanReference, `
		SELECT t.name || '.' || f."from", f."table" || '.' || coalesce(f."to", '') || ' ' || f.on_delete
		  FROM sqlite_master t JOIN pragma_foreign_key_list(t.name) f WHERE t.type = 'table'`)...)
}

func postgresListing(t *testing.T, d *db.DB) []string {
	lines := list(t, d, scanView, `
		SELECT v.relname, a.attname FROM pg_class v JOIN pg_attribute a ON a.attrelid = v.oid AND a.attnum > 0
		 WHERE v.relkind = 'v' AND v.relnamespace = CAST('public' AS regnamespace)`)
	lines = append(lines, list(t, d, scanColumn, `
		SELECT t.relname, a.attname, format_type(a.atttypid, a.atttypmod), NOT a.attnotnull,
		       coalesce(array_position(CAST(i.indkey AS int2[]), a.attnum) + 1, 0)
		  FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
		  LEFT JOIN pg_index i ON i.indrelid = t.oid AND i.indisprimary
		 WHERE t.relkind = 'r' AND t.relnamespace = CAST('public' AS regnamespace)`)...)
	lines = append(lines, list(t, d, scanIndex, `
		SELECT t.relname,
		       (SELECT string_agg(coalesce(a.attname, 'expression'), ', ' ORDER BY k.n)
		          FROM unnest(CAST(i.indkey AS int2[])) WITH ORDINALITY AS k (num, n)
		          LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.num AND k.num > 0),
		       i.indisunique, i.indpred IS NOT NULL
		  FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
		 WHERE t.relkind = 'r' AND t.relnamespace = CAST('public' AS regnamespace)`)...)
	lines = append(lines, list(t, d, scanNamed, `
		SELECT x.relname, t.relname FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid
		 WHERE t.relkind = 'r' AND t.relnamespace = CAST('public' AS regnamespace)
		   AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = x.oid AND c.contype IN ('p', 'u'))`)...)
	return append(lines, list(t, d, scanReference, `
		SELECT t.relname || '.' || a.attname, r.relname || '.' || b.attname || ' ' ||
		       CASE f.confdeltype WHEN 'a' THEN 'NO ACTION' WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' ELSE 'other' END
		  FROM pg_constraint f JOIN pg_class t ON t.oid = f.conrelid JOIN pg_class r ON r.oid = f.confrelid
		  JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = f.conkey[1]
		  JOIN pg_attribute b ON b.attrelid = r.oid AND b.attnum = f.confkey[1]
		 WHERE f.contype = 'f'`)...)
}
