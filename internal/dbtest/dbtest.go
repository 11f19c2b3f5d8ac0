// Package dbtest gives tests a fresh, migrated database: SQLite always, and
// PostgreSQL too where SOJOURN_TEST_POSTGRES is the address of a server on which
// databases may be created. SOJOURN_TEST_REQUIRE_POSTGRES=1 makes its absence a
// failure instead of half a test.
package dbtest

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"sojourn/internal/db"
	"sojourn/internal/secret"
	"sojourn/migrations"
)

// options make a test's database small and quick.
var options = db.Options{Relaxed: true, Conns: 4}

// Each runs the test on each kind of database, as subtests.
func Each(t *testing.T, run func(t *testing.T, d *db.DB)) {
	t.Helper()
	EachSource(t, func(t *testing.T, source string) { run(t, Connect(t, source)) })
}

// EachSource is Each for a test that opens the database itself, or more than
// once: replicas, other processes.
func EachSource(t *testing.T, run func(t *testing.T, source string)) {
	t.Helper()
	server := os.Getenv("SOJOURN_TEST_POSTGRES")
	if server == "" && os.Getenv("SOJOURN_TEST_REQUIRE_POSTGRES") == "1" {
		t.Fatal("SOJOURN_TEST_REQUIRE_POSTGRES is set, but SOJOURN_TEST_POSTGRES names no server")
	}
	t.Run("sqlite", func(t *testing.T) { run(t, fileCopy(t)) })
	if server != "" {
		t.Run("postgres", func(t *testing.T) { run(t, databaseCopy(t, server)) })
	}
}

// Open gives a fresh SQLite database.
func Open(t testing.TB) *db.DB {
	t.Helper()
	return Connect(t, fileCopy(t))
}

// Connect opens a source for the length of the test.
func Connect(t testing.TB, source string) *db.DB {
	t.Helper()
	d, err := db.Open(context.Background(), source, options)
	if err != nil {
		t.Fatalf("open the test database: %v", err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

// Box gives a secret box; every call the same key.
func Box(t testing.TB) *secret.Box {
	t.Helper()
	b, err := secret.New(bytes.Repeat([]byte{7}, secret.KeySize))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// fileCopy writes the migrated file to the test's directory.
func fileCopy(t testing.TB) (source string) {
	t.Helper()
	data, err := migratedFile()
	if err != nil {
		t.Fatalf("migrate the SQLite template: %v", err)
	}
	path := filepath.Join(t.TempDir(), "test.db")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return "sqlite:" + path
}

// migratedFile is the bytes of an empty database with the schema in it.
var migratedFile = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "sojourn-template-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "template.db")
	if err := migrate("sqlite:" + path); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// migrate closes the database again: then SQLite's file is whole without its
// log, and PostgreSQL may copy the template.
func migrate(source string) error {
	d, err := db.Open(context.Background(), source, options)
	if err != nil {
		return err
	}
	defer d.Close()
	_, err = d.Migrate(context.Background(), migrations.Files)
	return err
}
