package db_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"sort"
	"strings"
	"testing"

	"sojourn/internal/db"
	"sojourn/internal/dbtest"
)

var update = flag.Bool("update", false, "rewrite docs/schema.sql")

const schemaFile = "../../docs/schema.sql"

// docs/schema.sql is for people to read: the schema as SQLite keeps it.
func TestSchema_text(t *testing.T) {
	d := dbtest.Open(t)
	type object struct{ kind, table, text string }
	scan := func(r db.Row) (o object, err error) { err = r.Scan(&o.kind, &o.table, db.Opt(&o.text)); return }
	objects, err := db.All(context.Background(), d, scan, "SELECT type, tbl_name, sql FROM sqlite_master ORDER BY rowid")
	if err != nil {
		t.Fatal(err)
	}
	var order []string
	texts := map[string][]string{}
	for _, o := range objects {
		if o.text == "" || strings.HasPrefix(o.table, "goose_") || strings.HasPrefix(o.table, "sqlite_") {
			continue
		}
		if texts[o.table] == nil {
			order = append(order, o.table)
		}
		texts[o.table] = append(texts[o.table], o.text+";\n")
	}
	got := "-- The schema after all migrations, as SQLite keeps it. Written by: go test ./internal/db -update\n"
	for _, table := range order {
		got += "\n" + strings.Join(texts[table], "")
	}
	if *update {
		if err := os.WriteFile(schemaFile, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(schemaFile)
	if err != nil || got != string(want) {
		t.Errorf("docs/schema.sql is not the schema (%v); run: go test ./internal/db -update", err)
	}
}

// Both catalogs, brought to one form, tell the same schema.
func TestSchema_sameOnBoth(t *testing.T) {
	listings := map[string]string{}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		read := sqliteListing
		if d.Name() == "postgres" {
			read = postgresListing
		}
		var kept []string
		for _, line := range read(t, d) {
			if !strings.Contains(line, " goose_") {
				kept = append(kept, line)
			}
		}
		sort.Strings(kept)
		listings[d.Name()] = strings.Join(kept, "\n")
	})
	one := listings["sqlite"]
	two, compared := listings["postgres"]
	if strings.Count(one, "\n") < 100 || !strings.Contains(one, "index outbox (next_at, id) partial") {
		t.Fatalf("the listing is not one of this schema:\n%s", one)
	}
	if !compared {
		t.Skip("no PostgreSQL to compare with")
	}
	for _, line := range missing(one, two) {
		t.Errorf("only SQLite has: %s", line)
	}
	for _, line := range missing(two, one) {
		t.Errorf("only PostgreSQL has: %s", line)
	}
}

// missing are the lines of a that b lacks.
func missing(a, b string) (out []string) {
	in := map[string]int{}
	for _, line := range strings.Split(b, "\n") {
		in[line]++
	}
	for _, line := range strings.Split(a, "\n") {
		if in[line]--; in[line] < 0 {
			out = append(out, line)
		}
	}
	return out
}

var classes = map[string]string{
	"text": "text", "bigint": "number", "boolean": "flag", "bytea": "bytes",
}

func column(table, name, kind string, null bool, key int) string {
	class, known := classes[strings.ToLower(kind)]
	if !known {
		class = "unknown type " + kind
	}
	return fmt.Sprintf("column %s.%s %s null=%t key=%d", table, name, class, null, key)
}

func index(table, columns string, unique, partial bool) string {
	line := "index " + table + " (" + columns + ")"
	if unique {
		line = "unique " + line
	}
	if partial {
		line += " partial"
	}
	return line
}

func list(t *testing.T, d *db.DB, scan func(db.Row) (string, error), text string) []string {
	t.Helper()
	lines, err := db.All(context.Background(), d, scan, text)
	if err != nil {
		t.Fatal(err)
	}
	return lines
}
