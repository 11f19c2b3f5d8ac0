package activity_test

import (
	"context"
	"encoding/csv"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/sojourntest"
)

// lines is what stands in the table of the log.
func lines(p *sojourntest.Page) string {
	_, body, _ := strings.Cut(p.HTML, "<tbody>")
	body, _, _ = strings.Cut(body, "</tbody>")
	return body
}

// holds fails the test unless the table has the one and not the other.
func holds(t *testing.T, p *sojourntest.Page, has, hasNot string) *sojourntest.Page {
	t.Helper()
	if text := lines(p); !strings.Contains(text, has) || hasNot != "" && strings.Contains(text, hasNot) {
		t.Errorf("the lines of %s lack %q, or have %q", p.Path, has, hasNot)
	}
	return p
}

func TestLog(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		remembered(t, p)
		fail(p, noor, safari, "/")
		b := signedIn(p, sam, firefox)
		log := "/manage/" + p.Tenant("contoso.example").ID + "/audit"
		page := b.Get("/manage/contoso.example").Follow("Open the audit log").Is(200).At(log)
		page.Has("Audit log", "Somebody unknown", "Safari 26 on iPhone", "Wrong password", "Refused").HasNot("wrong_password")
		for _, act := range []string{"Sign-in", "Guest invited", "Group deleted", "Administration opened"} {
			if !strings.Contains(lines(b.Get(log))+lines(b.Get(log).Follow("Next")), act) {
				t.Errorf("the log lacks %q", act)
			}
		}

		// A person: by name, by address, by id; several are asked about.
		one := page.Submit("Filter", url.Values{"q": {"Noor Haddad"}}).Has("Only what Noor Haddad did", "203.0.113.24")
		holds(t, one, "Sign-in", "Guest invited")
		holds(t, one, "Sign-in", "Fabrikam") // where else she went is not her home's to know
		b.Get(log + "?q=" + url.QueryEscape(p.User(noor, "contoso.example").ID)).Has("Only what Noor Haddad did")
		holds(t, one.Follow("Show everybody"), "Sam Rivera", "")
		holds(t, b.Get(log+"?q=lena").Has("Only what Lena Fischer did"), "Added to group", "Noor Haddad")
		holds(t, b.Get(log+"?q=lena"), "Left the organization", "Ursula")
		b.Get(log + "?q=s").Has("Who do you mean?")
		b.Get(log + "?q=zzzz").Has("Nobody here is called that")

		// Act, result, time.
		holds(t, b.Get(log+"?act=guest.add"), "Guest invited", "Sign-in")
		holds(t, b.Get(log+"?result=refused"), "Wrong password", ">Done<")
		today := time.Now().UTC().Format(time.DateOnly)
		b.Get(log + "?act=user.create&from=" + today).Has("No entries")
		holds(t, b.Get(log+"?act=session.start&result=done&from="+today+"&to="+today), "Sam Rivera", "203.0.113.24")
		holds(t, b.Get(log+"?from=x&to=2026-99-99&act=nothing&result=maybe&user=1"), "Sign-in", "")
		b.Get(log+"?lng=nl").Has("Auditlogboek", "Gast uitgenodigd", "Geweigerd", "Firefox 150 op Windows")
	})
}

// Pages are cut where the next begins, whatever the filter.
func TestLog_pages(t *testing.T) {
	p := sojourntest.Start(t)
	ctx, contoso := context.Background(), p.Tenant("contoso.example").ID
	who := p.Administrator(sam, "contoso.example")
	who.Roles = []string{string(directory.GlobalAdministrator)}
	for _, user := range []string{"", p.User(ann, "contoso.example").ID} {
		seen, after := map[string]bool{}, ""
		for pages := 0; ; pages++ {
			log, err := p.App.Activity.Log(ctx, who, contoso, activityFilter(user), after)
			if err != nil || pages > 50 {
				t.Fatal(pages, err)
			}
			for _, l := range log.Lines {
				if seen[l.ID] {
					t.Fatalf("%s is there twice", l.ID)
				}
				seen[l.ID] = true
			}
			if after = log.Next; after == "" {
				break
			}
		}
		text, args := `SELECT count(*) FROM audit WHERE tenant_id = $1`, []any{contoso}
		if user != "" {
			text += ` AND (target = $2 OR actor_id = $2 OR other = $2)`
			args = append(args, user)
		}
		if n := count(t, p, text, args...); n != len(seen) || n == 0 {
			t.Errorf("%d lines seen, %d are there", len(seen), n)
		}
	}
}

// Each organization reads its own lines, and no account's id.
func TestLog_ownOnly(t *testing.T) {
	p := remembered(t, sojourntest.Start(t))
	account := p.Self(noor).AccountID
	for _, c := range []struct{ who, domain, has, hasNot string }{
		{sam, "contoso.example", "Sam Rivera", "Ann Lee did"},
		{ann, "fabrikam.example", "Noor Haddad", "Sam Rivera did"},
	} {
		b := signedIn(p, c.who, firefox)
		page := b.Get("/manage/" + c.domain + "/audit?act=session.start").Is(200).Has(c.has)
		sheet := b.Get("/manage/" + c.domain + "/audit.csv").Is(200)
		for what, text := range map[string]string{"page": page.HTML, "sheet": sheet.HTML} {
			if strings.Contains(text, account) {
				t.Errorf("the %s of %s names an account", what, c.domain)
			}
		}
		here, other := p.Tenant("contoso.example").ID, p.Tenant("fabrikam.example").ID
		if c.domain == "fabrikam.example" {
			here, other = other, here
		}
		if !strings.Contains(sheet.HTML, here) || strings.Contains(sheet.HTML, other) {
			t.Errorf("%s reads of %s", c.domain, other)
		}
		foreign := p.User(ann, "fabrikam.example").ID
		if c.domain == "fabrikam.example" {
			foreign = p.User(sam, "contoso.example").ID
		}
		b.Get("/manage/"+c.domain+"/audit?user="+foreign).Is(200).Has("No entries").HasNot("Ann Lee did", "Sam Rivera did")
	}
	// A sign-in across organizations stands in both, each under its own name.
	for domain, want := range map[string]int{"contoso.example": 3, "fabrikam.example": 1} {
		u := p.User(noor, domain)
		if n := count(t, p, `SELECT count(*) FROM audit WHERE act = 'session.start' AND result = 'done' AND tenant_id = $1 AND target = $2 AND actor_id = $2`, u.TenantID, u.ID); n != want {
			t.Errorf("%d sign-ins in %s, want %d", n, domain, want)
		}
	}
}

func sheetOf(t *testing.T, page *sojourntest.Page) [][]string {
	t.Helper()
	text, marked := strings.CutPrefix(page.Is(200).HTML, "\ufeff")
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || !marked {
		t.Fatalf("marked %t, %v", marked, err)
	}
	return rows
}

func TestDownload(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		remembered(t, p)
		ctx, op, contoso := context.Background(), actor.OperatorActor(), p.Tenant("contoso.example").ID
		if _, err := p.App.Directory.CreateGroup(ctx, op, contoso, "=1+1", ""); err != nil {
			t.Fatal(err)
		}
		for range 250 { // more than a batch
			u := p.User(noor, "contoso.example")
			if err := p.App.Directory.Disable(ctx, op, contoso, u.ID); err != nil {
				t.Fatal(err)
			}
			if err := p.App.Directory.Enable(ctx, op, contoso, u.ID); err != nil {
				t.Fatal(err)
			}
		}
		b := signedIn(p, sam, firefox)
		log := "/manage/" + contoso + "/audit.csv"
		page := b.Get(log)
		if kind, name := page.Header.Get("Content-Type"), page.Header.Get("Content-Disposition"); kind != "text/csv; charset=utf-8" || !strings.HasPrefix(name, "attachment; filename=\"audit-log-") {
			t.Errorf("%s, %s", kind, name)
		}
		rows := sheetOf(t, page)
		if n := count(t, p, `SELECT count(*) FROM audit WHERE tenant_id = $1`, contoso); n != len(rows)-1 || rows[1][4] != "audit.download" {
			t.Errorf("%d lines, %d are there; the newest is %s", len(rows)-1, n, rows[1])
		}
		if rows[0][0] != "time" || len(rows[0]) != 14 || !slices.ContainsFunc(rows, func(r []string) bool { return r[6] == "'=1+1" }) {
			t.Errorf("%q, and the formula is not guarded", rows[0])
		}
		for _, r := range rows {
			for _, cell := range r {
				if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
					t.Errorf("%q is a formula", cell)
				}
			}
		}
		narrow := sheetOf(t, b.Get(log+"?q=noor&act=session.start&result=done"))
		if len(narrow) != 4 || narrow[1][3] != "Noor Haddad" || narrow[1][12] == "" {
			t.Errorf("%d lines: %q", len(narrow), narrow)
		}
		if n := count(t, p, `SELECT count(*) FROM audit WHERE act = 'audit.download' AND tenant_id = $1`, contoso); n != 2 {
			t.Errorf("%d downloads are told, want 2", n)
		}
	})
}

// Who may read the log, and who where people came from.
func TestLog_roles(t *testing.T) {
	p := remembered(t, sojourntest.Start(t))
	ctx, op, contoso := context.Background(), actor.OperatorActor(), p.Tenant("contoso.example").ID
	olu := noor
	for _, c := range []struct {
		role  directory.Role
		reads bool
		whole bool
	}{
		{directory.GlobalAdministrator, true, true}, {directory.PrivacyAdministrator, true, true}, {directory.ReportsReader, true, false},
		{directory.UserAdministrator, false, false}, {directory.GuestInviter, false, false}, {directory.AuthenticationAdministrator, false, false},
	} {
		u := p.User(olu, "contoso.example")
		if err := p.App.Directory.Grant(ctx, op, contoso, u.ID, c.role); err != nil {
			t.Fatal(err)
		}
		b := signedIn(p, olu, firefox)
		page, sheet := b.Get("/manage/contoso.example/audit"), b.Get("/manage/contoso.example/audit.csv")
		want := http.StatusForbidden
		if c.reads {
			want = http.StatusOK
		}
		if page.Status != want || sheet.Status != want {
			t.Errorf("%s: page %d, sheet %d, want %d", c.role, page.Status, sheet.Status, want)
		}
		if told := strings.Contains(b.Get("/manage/contoso.example").Text(), "Audit log"); told != c.reads {
			t.Errorf("%s: the navigation has the log: %t", c.role, told)
		}
		if c.reads {
			for _, text := range []string{page.Text(), sheet.HTML} {
				if strings.Contains(text, "203.0.113.24") != c.whole {
					t.Errorf("%s reads addresses: %t, want %t", c.role, !c.whole, c.whole)
				}
			}
			if n := len(sheetOf(t, sheet)[0]); (n == 14) != c.whole {
				t.Errorf("%s: %d columns", c.role, n)
			}
		}
		if err := p.App.Directory.Revoke(ctx, op, contoso, u.ID, c.role); err != nil {
			t.Fatal(err)
		}
	}
}
