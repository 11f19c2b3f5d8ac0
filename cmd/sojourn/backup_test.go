package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sojourn/demo"
	"sojourn/directory"
	"sojourn/internal/db"
	"sojourn/internal/dbtest"
	"sojourn/sojourntest"
)

// A copy made while the portal writes is whole: SQLite finds nothing wrong with
// it, no act is in it without its audit row, and the commands work on it.
func TestBackup(t *testing.T) {
	d := dbtest.Open(t)
	a := portalOn(t, d)
	ctx := context.Background()
	if err := demo.Seed(ctx, a, sojourntest.Password); err != nil {
		t.Fatal(err)
	}
	tenant, _, err := directory.TenantBy(ctx, d, contoso)
	if err != nil {
		t.Fatal(err)
	}
	writing, stop := context.WithCancel(ctx)
	written := make(chan int)
	go func() {
		n := 0
		for ; writing.Err() == nil; n++ {
			if _, err := a.Directory.CreateGroup(ctx, operator, tenant.ID, fmt.Sprint("Group ", n), ""); err != nil {
				t.Error(err)
				break
			}
		}
		written <- n
	}()
	defer func() {
		stop()
		if n := <-written; n == 0 {
			t.Error("nothing was written meanwhile")
		}
	}()
	c := on(t, "sqlite:"+d.Path())
	for i := range 3 {
		path := filepath.Join(t.TempDir(), fmt.Sprintf("copy %d.db", i))
		c.run("backup", path).done("Copied to " + path)
		copied := dbtest.Connect(t, "sqlite:"+path)
		if found, err := db.All(ctx, copied, db.Text, "PRAGMA integrity_check"); err != nil || len(found) != 1 || found[0] != "ok" {
			t.Errorf("integrity: %v, %v", found, err)
		}
		groups, acts := count(t, copied, `SELECT count(*) FROM groups`), count(t, copied, `SELECT count(*) FROM audit WHERE act = 'group.create' AND result = 'done'`)
		vanished := count(t, copied, `SELECT count(*) FROM audit WHERE act = 'group.delete' AND result = 'done'`)
		if groups != acts-vanished || groups < 10 {
			t.Errorf("%d groups, %d made, %d deleted", groups, acts, vanished)
		}
		c.run("tenant", "list", "--database", "sqlite:"+path).done("Contoso Ltd")
		c.run("backup", path).fails(exitUsage, "exists already")
	}
	c.run("backup", filepath.Join(t.TempDir(), "nowhere", "copy.db")).fails(exitFailed, "no such file or directory")
}

// A backup is what one takes before an update: it takes the database as it is.
func TestBackup_doesNotMigrate(t *testing.T) {
	source := newFile(t)
	d := dbtest.Connect(t, source)
	if _, err := d.Exec(context.Background(), "CREATE TABLE old (n BIGINT)"); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "copy.db")
	on(t, source).run("backup", path).done()
	for name, file := range map[string]*db.DB{"copy": dbtest.Connect(t, "sqlite:"+path), "original": d} {
		tables, err := db.All(context.Background(), file, db.Text, "SELECT name FROM sqlite_master")
		if err != nil || strings.Join(tables, " ") != "old" {
			t.Errorf("the %s holds %v, %v", name, tables, err)
		}
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the copy: %v, %v; want mode 0600", info, err)
	}
}

func TestBackup_postgres(t *testing.T) {
	dbtest.EachSource(t, func(t *testing.T, source string) {
		if strings.HasPrefix(source, "sqlite:") {
			t.Skip("SQLite has one")
		}
		path := filepath.Join(t.TempDir(), "copy.db")
		on(t, source).run("backup", path).fails(exitUsage, "pg_dump")
		if _, err := os.Stat(path); !os.IsNotExist(err) {
			t.Errorf("a file was left: %v", err)
		}
	})
}
