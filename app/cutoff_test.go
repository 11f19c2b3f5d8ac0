package app_test

import (
	"context"
	"fmt"
	"net/http"
	"sort"
	"strings"
	"testing"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/web"
	"sojourn/sojourntest"
)

// Cut off means cut off: what has been acknowledged holds at the very next request.
func TestCutOff(t *testing.T) {
	const sam, ann, noor = "sam.rivera@contoso.example", "ann.lee@fabrikam.example", "noor.haddad@contoso.example"
	ctx, op := context.Background(), actor.OperatorActor()
	for name, test := range map[string]struct {
		who  string
		page string // that works before and is refused after
		want int    // 303: to the sign-in page
		act  func(p *sojourntest.Portal) error
	}{
		"disabled at home": {noor, "/organizations", http.StatusSeeOther, func(p *sojourntest.Portal) error {
			return p.App.Directory.Disable(ctx, op, p.Tenant("contoso.example").ID, p.User(noor, "contoso.example").ID)
		}},
		"deleted at home": {noor, "/organizations", http.StatusSeeOther, func(p *sojourntest.Portal) error {
			return p.App.Directory.Delete(ctx, op, p.Tenant("contoso.example").ID, p.User(noor, "contoso.example").ID)
		}},
		"home closed": {noor, "/organizations", http.StatusSeeOther, func(p *sojourntest.Portal) error {
			return p.App.Directory.CloseTenant(ctx, op, p.Tenant("contoso.example").ID)
		}},
		"disabled where they administer": {ann, "/manage/fabrikam.example/users", http.StatusSeeOther, func(p *sojourntest.Portal) error {
			return p.App.Directory.Disable(ctx, op, p.Tenant("fabrikam.example").ID, p.User(ann, "fabrikam.example").ID)
		}},
		"role revoked": {ann, "/manage/fabrikam.example/users", http.StatusForbidden, func(p *sojourntest.Portal) error {
			return p.App.Directory.Revoke(ctx, op, p.Tenant("fabrikam.example").ID, p.User(ann, "fabrikam.example").ID, directory.GlobalAdministrator)
		}},
		"guest with a role disabled there": {noor, "/manage/adatum.example/users", http.StatusForbidden, func(p *sojourntest.Portal) error {
			return p.App.Directory.Disable(ctx, op, p.Tenant("adatum.example").ID, p.User(noor, "adatum.example").ID)
		}},
		"guest with a role deleted there": {noor, "/manage/adatum.example/users", http.StatusNotFound, func(p *sojourntest.Portal) error {
			return p.App.Directory.Delete(ctx, op, p.Tenant("adatum.example").ID, p.User(noor, "adatum.example").ID)
		}},
		"managed organization closed": {sam, "/manage/contoso.example/users", http.StatusSeeOther, func(p *sojourntest.Portal) error {
			return p.App.Directory.CloseTenant(ctx, op, p.Tenant("contoso.example").ID)
		}},
	} {
		t.Run(name, func(t *testing.T) {
			p := sojourntest.Start(t)
			b := stay(p.Browser())
			b.Client.CheckRedirect = nil
			b.SignIn(test.who, sojourntest.Password)
			b.Get(test.page).Is(http.StatusOK)
			if err := test.act(p); err != nil {
				t.Fatal(err)
			}
			if page := stay(b).Get(test.page); page.Status != test.want {
				t.Errorf("%s afterwards: %d, want %d", test.page, page.Status, test.want)
			}
		})
	}
}

// Enabling somebody again does not revive what was ended.
func TestCutOff_staysEnded(t *testing.T) {
	const noor = "noor.haddad@contoso.example"
	p := sojourntest.Start(t)
	ctx, op := context.Background(), actor.OperatorActor()
	b := p.Browser()
	u := p.User(noor, "contoso.example")
	for _, acts := range [][2]func() error{
		{func() error { return p.App.Directory.Disable(ctx, op, u.TenantID, u.ID) }, func() error { return p.App.Directory.Enable(ctx, op, u.TenantID, u.ID) }},
		{func() error { return p.App.Directory.Delete(ctx, op, u.TenantID, u.ID) }, func() error {
			_, err := p.App.Directory.Restore(ctx, op, u.TenantID, u.ID, directory.Ask)
			return err
		}},
		{func() error { return p.App.Directory.CloseTenant(ctx, op, u.TenantID) }, func() error { return p.App.Directory.ReopenTenant(ctx, op, u.TenantID) }},
	} {
		b.SignIn(noor, sojourntest.Password)
		for _, act := range acts {
			if err := act(); err != nil {
				t.Fatal(err)
			}
		}
		b.Get("/organizations").At("/sign-in")
	}
}

// A GET changes nothing but counters, last-seen marks and the record of having
// looked. A copy taken of a whole log is such a record, each time.
func TestGetChangesNothing(t *testing.T) {
	w := newWalk(t)
	b := w.SignIn("sam.rivera@contoso.example")
	for _, r := range w.App.Routes() { // what looking records the first time
		if method, path := w.path(r.Pattern, w.values); method == http.MethodGet && r.Access != web.Bare && !strings.HasSuffix(path, ".csv") {
			b.Get(path)
		}
	}
	before := dump(t, w.App.DB)
	for _, r := range w.App.Routes() {
		if method, path := w.path(r.Pattern, w.values); method == http.MethodGet && r.Access != web.Bare && !strings.HasSuffix(path, ".csv") {
			b.Get(path)
		}
	}
	after := dump(t, w.App.DB)
	for table, rows := range before {
		if after[table] != rows {
			t.Errorf("GETs changed %s:\nbefore\n%s\nafter\n%s", table, rows, after[table])
		}
	}
}

// dump is every table as text, without last-seen marks.
func dump(t *testing.T, d *db.DB) map[string]string {
	t.Helper()
	ctx := context.Background()
	seen := map[string]bool{"last_seen_at": true, "managed_at": true, "last_used_at": true}
	out := map[string]string{}
	for _, table := range []string{"accounts", "identities", "methods", "links", "tenants", "domains", "settings", "users", "groups", "members", "roles",
		"departures", "tombstones", "receipts", "browsers", "sessions", "session_tenants", "flows", "audit", "audit_details", "outbox"} {
		rows, err := d.Raw().QueryContext(ctx, "SELECT * FROM "+table)
		if err != nil {
			t.Fatal(err)
		}
		columns, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		var lines []string
		for rows.Next() {
			values := make([]any, len(columns))
			for i := range values {
				values[i] = new(any)
			}
			if err := rows.Scan(values...); err != nil {
				t.Fatal(err)
			}
			var line strings.Builder
			for i, c := range columns {
				if !seen[c] {
					fmt.Fprintf(&line, "%s=%v ", c, *values[i].(*any))
				}
			}
			lines = append(lines, line.String())
		}
		rows.Close()
		sort.Strings(lines)
		out[table] = strings.Join(lines, "\n")
	}
	return out
}

// Every acknowledged change is in the audit log with its actor; a refused one
// has changed nothing but its row there.
func TestAudit(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		const sam, ann, noor = "sam.rivera@contoso.example", "ann.lee@fabrikam.example", "noor.haddad@contoso.example"
		ctx, d := context.Background(), p.App.Directory
		fabrikam, admin := p.Tenant("fabrikam.example").ID, p.Administrator(ann, "fabrikam.example")
		guest := p.User(noor, "fabrikam.example")
		for _, test := range []struct {
			act  string
			who  actor.Actor
			do   func() error
			code string
		}{
			{"organization.leave", p.Self(noor).In(fabrikam, guest.ID), func() error { _, err := p.App.Organizations.Leave(ctx, p.Self(noor), fabrikam); return err }, ""},
			{"user.restore", admin, func() error { _, err := d.Restore(ctx, admin, fabrikam, guest.ID, directory.Ask); return err }, ""},
			{"user.disable", admin, func() error { return d.Disable(ctx, admin, fabrikam, guest.ID) }, ""},
			{"organization.leave", p.Self(noor).In(fabrikam, guest.ID), func() error { _, err := p.App.Organizations.Leave(ctx, p.Self(noor), fabrikam); return err }, "account_disabled"},
			{"user.enable", admin, func() error { return d.Enable(ctx, admin, fabrikam, guest.ID) }, ""},
			{"role.grant", admin, func() error { return d.Grant(ctx, admin, fabrikam, guest.ID, directory.GuestInviter) }, ""},
			{"role.revoke", admin, func() error { return d.Revoke(ctx, admin, fabrikam, guest.ID, directory.GuestInviter) }, ""},
			{"user.delete", admin, func() error { return d.Delete(ctx, admin, fabrikam, guest.ID) }, ""},
			{"user.delete", admin, func() error { return d.Delete(ctx, admin, fabrikam, admin.UserID) }, "last_administrator"},
			{"user.erase", admin, func() error { return d.Erase(ctx, admin, fabrikam, guest.ID) }, ""},
			{"user.erase", admin, func() error { return d.Erase(ctx, admin, fabrikam, guest.ID) }, "not_found"},
			{"tenant.properties", admin, func() error {
				return d.SetProperties(ctx, admin, fabrikam, directory.Properties{Name: "Fabrikam, Inc."})
			}, ""},
			{"setting.external_user_leave", admin, func() error { return p.App.Guests.SetLeave(ctx, admin, fabrikam, false) }, ""},
			{"user.delete", p.Administrator(sam, "contoso.example"), func() error {
				return d.Delete(ctx, p.Administrator(sam, "contoso.example"), fabrikam, admin.UserID)
			}, "not_found"},
		} {
			before := dump(t, p.App.DB)
			err := test.do()
			if test.code == "" && err != nil || test.code != "" && (err == nil || !strings.Contains(err.Error(), test.code)) {
				t.Fatalf("%s: %v, want %q", test.act, err, test.code)
			}
			result := "done"
			if test.code != "" {
				result = "refused"
			}
			n, err := db.Count(ctx, p.App.DB, `SELECT count(*) FROM audit WHERE act = $1 AND result = $2 AND reason = $3 AND actor = $4 AND actor_id = $5`,
				test.act, result, test.code, string(test.who.Kind), test.who.ID())
			if err != nil || n == 0 {
				t.Errorf("%s (%q) is not in the audit log (%v)", test.act, test.code, err)
			}
			if test.code == "" {
				continue
			}
			for table, rows := range dump(t, p.App.DB) {
				if before[table] != rows && table != "audit" && table != "audit_details" {
					t.Errorf("%s was refused (%s) and changed %s", test.act, test.code, table)
				}
			}
		}
	})
}

// What is personal in the audit log goes with its subject; the rows stay and can
// still be held against what somebody claims they said.
func TestErasureTakesDetails(t *testing.T) {
	p := sojourntest.Start(t)
	ctx := context.Background()
	const noor = "noor.haddad@contoso.example"
	b := p.SignIn(noor)
	b.Get("/organizations").Follow("Leave organization Fabrikam, Inc.").Submit("Leave", nil)
	home := p.User(noor, "contoso.example")
	count := func(query string, args ...any) int {
		n, err := db.Count(ctx, p.App.DB, query, args...)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if count(`SELECT count(*) FROM audit_details WHERE data <> '' AND subject IN ($1, $2)`, home.ID, home.AccountID) == 0 {
		t.Fatal("nothing personal was recorded: this test shows nothing")
	}
	rows := count(`SELECT count(*) FROM audit`)
	op := actor.OperatorActor()
	if err := p.App.Directory.Delete(ctx, op, home.TenantID, home.ID); err != nil {
		t.Fatal(err)
	}
	if err := p.App.Directory.Erase(ctx, op, home.TenantID, home.ID); err != nil {
		t.Fatal(err)
	}
	if n := count(`SELECT count(*) FROM audit_details WHERE subject IN ($1, $2)`, home.ID, home.AccountID); n != 0 {
		t.Errorf("%d personal details outlive their subject", n)
	}
	if count(`SELECT count(*) FROM audit`) < rows {
		t.Error("rows of the audit log were removed")
	}
	for table, text := range dump(t, p.App.DB) {
		switch table {
		case "users", "audit_details": // of hosts: their guest objects are theirs
		case "flows": // swept when they expire, in a quarter of an hour
		default:
			if strings.Contains(text, noor) {
				t.Errorf("%s still names the erased person", table)
			}
		}
	}
	if n := count(`SELECT count(*) FROM audit_details d JOIN audit a ON a.id = d.audit_id WHERE a.tenant_id = $1 AND d.data >= '' AND d.subject NOT IN (SELECT id FROM users)
		AND d.subject NOT IN (SELECT id FROM accounts) AND d.subject NOT IN (SELECT id FROM groups) AND d.subject NOT IN (SELECT id FROM tenants)`, home.TenantID); n != 0 {
		t.Errorf("%d personal details at home belong to nobody", n)
	}
	if state := count(`SELECT count(*) FROM accounts WHERE id = $1 AND state = 'tombstone' AND name = ''`, home.AccountID); state != 1 {
		t.Error("the account is no tombstone")
	}
	if n := count(`SELECT count(*) FROM users WHERE account_id = $1 AND home_ended_at IS NULL`, home.AccountID); n != 0 {
		t.Errorf("%d hosts were not told that the home account has ended", n)
	}
}
