package main

import (
	"strings"
	"testing"

	"sojourn/internal/db"
	"sojourn/internal/dbtest"
)

// Another master key than the database was made with is refused by every command,
// with words that say what to do.
func TestKey_another(t *testing.T) {
	dbtest.EachSource(t, func(t *testing.T, source string) {
		c := on(t, emptied(t, source))
		c.run("migrate").done("The database is up to date.")
		t.Setenv("SOJOURN_SECRET_KEY", strings.Repeat("c0ffee00", 8))
		for _, call := range [][]string{{"serve", "--listen", "localhost:0"}, {"migrate"}, {"tenant", "list"}, {"purge"}} {
			c.run(call...).fails(exitUsage, "was made with the master key", "SOJOURN_SECRET_KEY_FILE", "--key-is-lost")
		}
		c.run("migrate", "--key-is-lost").done("The database is up to date.")
		c.run("tenant", "list").done("NAME")
	})
}

func TestRenameAndList(t *testing.T) {
	onWorld(t, func(t *testing.T, c console, d *db.DB) {
		c.run("user", "list", "contoso.example").done("SIGN-IN NAME", "Noor Haddad", "noor.haddad@contoso.example", "invited", "disabled")
		c.run("user", "rename", "contoso.example", "noor.haddad", "--name", "Noor Smit", "--mail", "noor@post.example").done("Changed: ")
		c.run("user", "rename", "contoso.example", "noor.haddad").fails(exitUsage, "give --name or --mail")
		if out := c.run("user", "list", "contoso.example", "--query", "smit").done("Noor Smit", "noor@post.example").out; strings.Contains(out, "Ann Lee") {
			t.Errorf("the list is not narrowed down:\n%s", out)
		}
		c.run("group", "rename", "contoso.example", "Design review", "--name", "Harbour project").fails(exitRefused, "(group_exists)")
		c.run("group", "rename", "contoso.example", "Design review", "--name", "Design board", "--description", "Tuesdays").done("Changed: Design board")
		c.run("group", "list", "contoso.example").done("MEMBERS", "Design board", "Tuesdays")
		if n := count(t, d, `SELECT count(*) FROM audit WHERE act IN ('user.rename', 'group.rename') AND result = 'done'`); n != 2 {
			t.Errorf("%d rows in the audit log, want 2", n)
		}
	})
}
