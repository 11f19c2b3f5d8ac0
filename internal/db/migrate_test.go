package db_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"sojourn/internal/db"
	"sojourn/internal/dbtest"
	"sojourn/migrations"
)

func TestMigrate_severalAtOnce(t *testing.T) {
	dbtest.EachSource(t, func(t *testing.T, source string) {
		ctx := context.Background()
		if strings.HasPrefix(source, "sqlite:") {
			source = "sqlite:" + filepath.Join(t.TempDir(), "new.db")
		} else {
			d := dbtest.Connect(t, source)
			for _, text := range []string{"DROP SCHEMA public CASCADE", "CREATE SCHEMA public"} {
				if _, err := d.Exec(ctx, text); err != nil {
					t.Fatal(err)
				}
			}
		}
		type result struct {
			applied int
			err     error
		}
		const starters = 4
		results := make(chan result, starters)
		for range starters {
			go func() {
				d, err := db.Open(ctx, source, db.Options{Relaxed: true, Conns: 3})
				if err != nil {
					results <- result{err: err}
					return
				}
				defer d.Close()
				n, err := d.Migrate(ctx, migrations.Files)
				results <- result{n, err}
			}()
		}
		workers := 0
		for range starters {
			r := <-results
			if r.err != nil {
				t.Fatal(r.err)
			}
			if r.applied > 0 {
				workers++
			}
		}
		if workers != 1 {
			t.Errorf("%d of %d applied migrations; want one", workers, starters)
		}
	})
}

// Migrations only add, in words both databases know.
func TestMigrations_onlyAdd(t *testing.T) {
	refused := regexp.MustCompile(`(?i)\b(PRAGMA|ALTER\s+COLUMN|ADD\s+CONSTRAINT|DROP\s+TABLE|CHECK|STRICT|BLOB|SERIAL|JSONB?)\b`)
	comment := regexp.MustCompile(`--[^\n]*`)
	names, err := filepath.Glob("../../migrations/*.sql")
	if err != nil || len(names) == 0 {
		t.Fatalf("no migrations: %v", err)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range refused.FindAllString(comment.ReplaceAllString(string(text), ""), -1) {
			t.Errorf("%s contains %q", filepath.Base(name), word)
		}
	}
}

func TestBackup_writersDoNotWait(t *testing.T) {
	ctx := context.Background()
	d := dbtest.Open(t)
	if err := addLease(ctx, d, "before", 1); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "it's a backup.db")
	// The one writing connection is taken while the backup runs.
	err := d.Tx(ctx, func(tx *db.Tx) error {
		if err := addLease(ctx, tx, "during", 1); err != nil {
			return err
		}
		return d.Backup(ctx, path)
	})
	if err != nil {
		t.Fatal(err)
	}
	copied := dbtest.Connect(t, "sqlite:"+path)
	names, err := db.All(ctx, copied, db.Text, "SELECT name FROM leases")
	if err != nil || len(names) != 1 || names[0] != "before" {
		t.Fatalf("the backup holds %v, %v; want what was committed", names, err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v; want 0600", info.Mode(), err)
	}
}

// Pairs are written in one transaction each: a backup never holds half of one.
func TestBackup_isConsistentWhileWriting(t *testing.T) {
	ctx := context.Background()
	d := dbtest.Open(t)
	stop, stopped := make(chan struct{}), make(chan error, 1)
	go func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				stopped <- nil
				return
			default:
			}
			err := d.Tx(ctx, func(tx *db.Tx) error {
				if err := addLease(ctx, tx, fmt.Sprintf("%d a", i), int64(i)); err != nil {
					return err
				}
				return addLease(ctx, tx, fmt.Sprintf("%d b", i), int64(i))
			})
			if err != nil {
				stopped <- err
				return
			}
		}
	}()
	for i := range 5 {
		path := filepath.Join(t.TempDir(), fmt.Sprintf("%d.db", i))
		if err := d.Backup(ctx, path); err != nil {
			t.Fatal(err)
		}
		copied := dbtest.Connect(t, "sqlite:"+path)
		odd, err := db.Count(ctx, copied, "SELECT count(*) FROM (SELECT until FROM leases GROUP BY until HAVING count(*) <> 2) AS halves")
		if err != nil || odd != 0 {
			t.Errorf("backup %d: %d halves, %v", i, odd, err)
		}
	}
	close(stop)
	if err := <-stopped; err != nil {
		t.Fatal(err)
	}
}

func TestBackup_refusals(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "there.db")
	if err := os.WriteFile(path, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		err := d.Backup(ctx, path)
		want := "exists already"
		if d.Name() == "postgres" {
			want = "pg_dump"
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v; want %q", err, want)
		}
	})
	if text, _ := os.ReadFile(path); string(text) != "mine" {
		t.Errorf("the file that stood there is now %q", text)
	}
	d := dbtest.Open(t)
	gone, cancel := context.WithCancel(ctx)
	cancel()
	failed := filepath.Join(t.TempDir(), "failed.db")
	if err := d.Backup(gone, failed); err == nil {
		t.Error("a cancelled backup succeeded")
	}
	if _, err := os.Stat(failed); !os.IsNotExist(err) {
		t.Errorf("a failed backup left its file: %v", err)
	}
}
