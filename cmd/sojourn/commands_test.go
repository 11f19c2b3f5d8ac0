package main

import (
	"context"
	"strconv"
	"strings"
	"testing"

	"sojourn/demo"
	"sojourn/internal/db"
	"sojourn/internal/dbtest"
	"sojourn/sojourntest"
)

// onWorld runs a test of commands on the demo's world, on every database.
func onWorld(t *testing.T, test func(t *testing.T, c console, d *db.DB)) {
	dbtest.EachSource(t, func(t *testing.T, source string) {
		d := dbtest.Connect(t, source)
		if err := demo.Seed(context.Background(), portalOn(t, d), sojourntest.Password); err != nil {
			t.Fatal(err)
		}
		test(t, on(t, source), d)
	})
}

const (
	contoso = "contoso.example"
	olu     = "olu.adeyemi@contoso.example" // deleted
	lena    = "lena.fischer@fabrikam.example"
	noor    = "noor.haddad@contoso.example"
)

func TestTenant(t *testing.T) {
	dbtest.EachSource(t, func(t *testing.T, source string) {
		c := on(t, emptied(t, source))
		id := c.run("tenant", "create", "Contoso Ltd", "--domain", contoso).done("Created Contoso Ltd (contoso.example), id ").id()
		c.run("tenant", "create", "Fabrikam", "--domain", "Fabrikam.Example", "--language", "nl").done("(fabrikam.example)")
		c.run("tenant", "create", "contoso ltd", "--domain", "other.example").fails(exitRefused, "(name_taken)")
		c.run("tenant", "create", "Other", "--domain", contoso).fails(exitRefused, "(domain_taken)")
		c.run("tenant", "create", "", "--domain", "x").fails(exitUsage, "(invalid)", "  name: ", "  domain: ")
		c.run("tenant", "create", "Other").fails(exitUsage, "--domain=DOMAIN", "Try: sojourn tenant create --help")
		c.run("tenant", "create", "Other", "--domain", "o.example", "--language", "xx").fails(exitUsage, "--language must be one of")
		c.run("tenant", "close", contoso).done("Closed: Contoso Ltd (contoso.example)")
		c.run("tenant", "close", id).done("Closed: ")
		list := c.run("tenant", "list").done("NAME", "closed", "active", id).out
		if lines := strings.Count(list, "\n"); lines != 3 {
			t.Errorf("%d lines:\n%s", lines, list)
		}
		c.run("guest", "add", contoso, "kim@post.example").fails(exitRefused, "(tenant_closed)", "sojourn tenant reopen")
		c.run("tenant", "reopen", contoso).done("Opened again: Contoso Ltd")
		c.run("tenant", "close", "nowhere.example").fails(exitUsage, `no organization "nowhere.example"`, "sojourn tenant list")
	})
}

func TestUser_life(t *testing.T) {
	onWorld(t, func(t *testing.T, c console, d *db.DB) {
		made := c.run("user", "create", contoso, "anna.berg", "--name", "Anna Berg", "--mail", "anna@post.example",
			"--role", "User Administrator", "--role", "guest-inviter", "--group", "design review").
			done("Created Anna Berg (anna.berg@contoso.example), id ", "http://localhost:8080/welcome/")
		anna := "anna.berg@contoso.example"
		if mails := count(t, d, `SELECT count(*) FROM outbox WHERE tenant_id = (SELECT tenant_id FROM domains WHERE name = $1)`, contoso); mails == 0 {
			t.Error("the link waits in no mail")
		}
		c.run("user", "create", contoso, "anna.berg", "--name", "Anna").fails(exitRefused, "anna.berg@contoso.example is already in use")
		c.run("user", "create", contoso, "bob@fabrikam.example", "--name", "Bob").fails(exitUsage, "signin: ")
		c.run("user", "create", contoso, "bob", "--name", "Bob", "--role", "Boss").fails(exitUsage, `no role "Boss"`, "GlobalAdministrator, ")
		c.run("user", "create", contoso, "bob", "--name", "Bob", "--group", "Sales, North").fails(exitUsage, `no group "Sales, North" in Contoso Ltd`)

		// Found by principal name, sign-in name, mail address and id.
		c.run("user", "disable", contoso, anna).done("Disabled: Anna Berg (anna.berg@contoso.example)")
		c.run("user", "enable", contoso, "Anna.Berg").done("Enabled: ")
		c.run("user", "hold", contoso, "anna@post.example", "--reason", "Case 1").done("On legal hold: Anna Berg")
		c.run("user", "delete", contoso, made.id()).done("Deleted, to be restored within 30 days: Anna Berg")
		c.run("user", "delete", contoso, anna).fails(exitUsage, "is deleted in Contoso Ltd", "sojourn user restore")
		c.run("user", "link", anna).fails(exitUsage, "is deleted", "sojourn user restore")
		c.run("user", "erase", contoso, anna).fails(exitUsage, "--yes")
		c.run("user", "erase", contoso, anna, "--yes").fails(exitRefused, "legal hold", "sojourn user release")
		c.run("user", "restore", contoso, anna).done("group Design review", "role UserAdministrator", "Restored: Anna Berg")
		c.run("user", "restore", contoso, anna).fails(exitUsage, "is not deleted in Contoso Ltd")
		c.run("user", "release", contoso, anna).done("Released from legal hold: Anna Berg")
		c.run("user", "delete", contoso, anna).done()
		c.run("user", "erase", contoso, anna, "--yes").done("Deleted permanently: Anna Berg")
		c.run("user", "erase", contoso, anna, "--yes").fails(exitUsage, "there is no user")
	})
}

// A part of a name, or what only begins an address, names nobody.
func TestUser_guessesNobody(t *testing.T) {
	onWorld(t, func(t *testing.T, c console, d *db.DB) {
		before := count(t, d, `SELECT count(*) FROM users WHERE deleted_at IS NOT NULL`)
		for _, name := range []string{"rivera", "Sam", "Sam Rivera", "sam.rivera@contoso.exampl", "contoso", "example", "@", "", "%", noor + "x", "fabrikam.example"} {
			c.run("user", "delete", contoso, name).fails(exitUsage, "there is no user")
			c.run("user", "erase", contoso, name, "--yes").fails(exitUsage, "there is no user")
		}
		if after := count(t, d, `SELECT count(*) FROM users WHERE deleted_at IS NOT NULL`); after != before {
			t.Errorf("%d deleted users became %d", before, after)
		}
		// Two users with one address: neither is taken for the other.
		c.run("user", "create", contoso, "one", "--name", "One", "--mail", "both@post.example").done()
		two := c.run("user", "create", contoso, "two", "--name", "Two", "--mail", "Both@Post.example").done().id()
		c.run("user", "delete", contoso, "both@post.example").fails(exitUsage, "names several users", "One (one@contoso.example)", two)
		c.run("user", "delete", contoso, two).done("Two")
		c.run("user", "delete", contoso, "both@post.example").done("One")
		c.run("user", "restore", contoso, "both@post.example").fails(exitUsage, "names several users", "deleted 20", two)
		// Another organization's user is unknown here, by id too.
		c.run("user", "delete", "fabrikam.example", two).fails(exitUsage, "there is no user")
	})
}

func TestUser_restore(t *testing.T) {
	onWorld(t, func(t *testing.T, c console, d *db.DB) {
		c.run("user", "restore", contoso, lena).done("came back: group Design review", "came back: role GuestInviter",
			"could not come back: group Winter campaign has been deleted", "Restored: Lena Fischer")
		tomas := "tomas@litware.example"
		c.run("user", "restore", "woodgrove.example", tomas).fails(exitRefused, "(restore_conflict)", "--way replace", "--way merge")
		c.run("user", "restore", "woodgrove.example", tomas, "--way", "other").fails(exitUsage, "--way must be one of")
		c.run("user", "restore", "woodgrove.example", tomas, "--way", "merge").done("came back: group Auditors", "Restored: Tomas Lindt")
		c.run("user", "restore", contoso, "nobody@post.example").fails(exitUsage, "there is no user")
	})
}

func TestUser_link(t *testing.T) {
	onWorld(t, func(t *testing.T, c console, d *db.DB) {
		c.run("user", "link", noor).done("http://localhost:8080/welcome/")
		t.Run("without a home it is mailed only", func(t *testing.T) {
			c := console{t}
			r := c.run("user", "link", "mirjam@postbus.example").done("the link waits in the outbox")
			if strings.Contains(r.out, "/welcome/") {
				t.Errorf("the link is printed:\n%s", r.out)
			}
		})
		c.run("user", "link", olu).fails(exitUsage, "is deleted", "sojourn user restore")
		c.run("user", "link", "nobody@post.example").fails(exitUsage, `nobody signs in as "nobody@post.example"`)
	})
}

func TestGroup(t *testing.T) {
	onWorld(t, func(t *testing.T, c console, d *db.DB) {
		id := c.run("group", "create", contoso, "Sales, North", "--description", "All of them").done("Created group Sales, North, id ").id()
		c.run("group", "create", contoso, "sales, north").fails(exitRefused, "(group_exists)")
		c.run("group", "add", contoso, "Sales, North", noor).done("Added to Sales, North: Noor Haddad")
		c.run("group", "add", contoso, id, "noor.haddad").done("Added to ")
		members := func() int { return count(t, d, `SELECT count(*) FROM members WHERE group_id = $1`, id) }
		if members() != 1 {
			t.Errorf("%d members, want 1", members())
		}
		c.run("group", "remove", contoso, "Sales, North", noor).done("Removed from Sales, North: Noor Haddad")
		c.run("group", "remove", contoso, "Sales, North", noor).done()
		if members() != 0 {
			t.Errorf("%d members, want none", members())
		}
		c.run("group", "add", contoso, "Sales", noor).fails(exitUsage, `no group "Sales" in Contoso Ltd`, "sojourn group create")
		c.run("group", "add", contoso, id, olu).fails(exitUsage, "is deleted")
		c.run("group", "add", "fabrikam.example", id, "ann.lee").fails(exitUsage, "no group")
	})
}

func TestRole(t *testing.T) {
	onWorld(t, func(t *testing.T, c console, d *db.DB) {
		c.run("role", "grant", contoso, noor, "User Administrator").done("Granted UserAdministrator: Noor Haddad")
		c.run("role", "grant", contoso, noor, "user-administrator").done()
		c.run("role", "revoke", contoso, noor, "UserAdministrator").done("Revoked UserAdministrator: Noor Haddad")
		c.run("role", "grant", contoso, noor, "Owner").fails(exitUsage, `no role "Owner"`, "ReportsReader")
		c.run("role", "revoke", contoso, lena, "Guest Inviter").done("Revoked GuestInviter: Lena Fischer") // deleted: it stays away
		c.run("user", "restore", contoso, lena).done("stays away: role GuestInviter")
		c.run("role", "revoke", contoso, "sam.rivera", "Global Administrator").done("Revoked GlobalAdministrator: Sam Rivera") // the last: the operator may
	})
}

func TestGuest_add(t *testing.T) {
	onWorld(t, func(t *testing.T, c console, d *db.DB) {
		// Known or not, the answer is the same but for the address.
		shape := func(address string) string {
			r := c.run("guest", "add", contoso, address, "--name", "Somebody").done("Invited " + address)
			local, domain, _ := strings.Cut(address, "@")
			return strings.NewReplacer(address, "ADDRESS", local, "LOCAL", domain, "DOMAIN", r.id(), "ID").Replace(r.out)
		}
		if known, unknown := shape("ed.byrne@post.example"), shape("nobody@elsewhere.example"); known != unknown {
			t.Errorf("an account shows:\n%s%s", known, unknown)
		}
		c.run("guest", "add", contoso, "ann.lee@fabrikam.example").fails(exitRefused, "(already_here)", "Ann Lee")
		c.run("guest", "add", contoso, "kim.park@post.example").fails(exitRefused, "(already_invited)", "send the invitation again")
		c.run("guest", "add", contoso, lena).fails(exitRefused, "Lena Fischer had an account here that can still be restored (deleted_here)", "sojourn user restore", "--anew")
		c.run("guest", "add", contoso, lena, "--anew", "--group", "Design review", "--language", "nl").done("Invited " + lena)
		c.run("guest", "add", contoso, noor).fails(exitUsage, "(own_domain)")
		c.run("guest", "add", contoso, "no address").fails(exitUsage, "address: ")
		c.run("guest", "add", contoso, "zoe@post.example", "--group", "None").fails(exitUsage, `no group "None"`)
	})
}

func TestPurge(t *testing.T) {
	onWorld(t, func(t *testing.T, c console, d *db.DB) {
		ctx := context.Background()
		c.run("purge").done("0 deleted permanently.")
		// Everybody but who is on legal hold becomes due.
		if _, err := d.Exec(ctx, `UPDATE users SET purge_at = $1 WHERE deleted_at IS NOT NULL`, db.Micros(d.Now().AddDate(0, 0, -4))); err != nil {
			t.Fatal(err)
		}
		due := count(t, d, `SELECT count(*) FROM users WHERE deleted_at IS NOT NULL AND hold_at IS NULL`)
		said := c.run("purge", "--dry-run").done(" due to be deleted permanently.").out
		if first, _, _ := strings.Cut(said, " "); due < 6 || first != strconv.Itoa(due) {
			t.Errorf("%d are due, it says %q", due, said)
		}
		// The clock has jumped.
		if _, err := d.Exec(ctx, `UPDATE beats SET at = $1 WHERE name = 'purge'`, db.Micros(d.Now().AddDate(0, 0, -3))); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			c.run("purge").fails(exitRefused, "(clock_jumped)", "sojourn purge --clock-is-right")
		}
		c.run("purge", "--dry-run").done(strconv.Itoa(due) + " due")
		c.run("purge", "--clock-is-right").done(strconv.Itoa(due) + " deleted permanently.")
		c.run("purge").done("0 deleted permanently.")
		if left := count(t, d, `SELECT count(*) FROM users WHERE deleted_at IS NOT NULL`); left != 1 {
			t.Errorf("%d deleted users are left, want the one on legal hold", left)
		}
	})
}

func TestMigrate(t *testing.T) {
	dbtest.EachSource(t, func(t *testing.T, source string) {
		c := on(t, emptied(t, source))
		for range 2 {
			c.run("migrate").done("The database is up to date.")
		}
		c.run("tenant", "list").done("NAME")
	})
}
