package ui

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"sojourn/internal/i18n"
	"sojourn/locales"
)

const hostile = `<script>alert('1')</script>"&`

func bundle(t testing.TB) *i18n.Bundle {
	t.Helper()
	b, err := i18n.Load(locales.Files, true)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func html(t testing.TB, c templ.Component) string {
	t.Helper()
	var b strings.Builder
	if err := c.Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func equal(t *testing.T, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestMsg_placesValuesEscaped(t *testing.T) {
	l := bundle(t).Get("nl")
	escaped := templ.EscapeString(hostile)
	equal(t, html(t, Msg(l, "ui.account.administer", "org", Name(hostile))), "<bdi>"+escaped+"</bdi> beheren")
	equal(t, html(t, Msg(l, "ui.account.administer", "org", hostile)), escaped+" beheren")
	equal(t, html(t, MsgN(l, "ui.days", 1200)), "1.200 dagen")
	equal(t, html(t, MsgN(l, "ui.days", 1)), "1 dag")
	equal(t, html(t, Msg(l, "no.such.key")), "no.such.key")
	equal(t, html(t, Msg(l, "ui.pick")), "{name} selecteren")
}

// A name that ends in a full stop ends the sentence with it.
func TestMsg_oneFullStop(t *testing.T) {
	l := bundle(t).Get("en")
	equal(t, html(t, Msg(l, "organizations.receipt.of", "org", Name("Fabrikam, Inc."))), "You left <bdi>Fabrikam, Inc.</bdi>")
	equal(t, html(t, Msg(l, "organizations.receipt.of", "org", "Fabrikam, Inc.")), "You left Fabrikam, Inc.")
	equal(t, html(t, Msg(l, "organizations.receipt.of", "org", Name("Proseware"))), "You left <bdi>Proseware</bdi>.")
	equal(t, l.T("organizations.receipt.of", "org", "Fabrikam, Inc."), "You left Fabrikam, Inc.")
}

func TestAddress_breaksAfterTheLastAt(t *testing.T) {
	equal(t, html(t, Address("ann@contoso.example")), "<bdi>ann@<wbr>contoso.example</bdi>")
	equal(t, html(t, Address(`"<b>@"@x.example`)), "<bdi>&#34;&lt;b&gt;@&#34;@<wbr>x.example</bdi>")
	equal(t, html(t, Address("nobody")), "<bdi>nobody</bdi>")
}

func TestMailTo_neverLeavesTheScheme(t *testing.T) {
	equal(t, html(t, MailTo("a%b@x.example")), `<a href="mailto:a%25b@x.example"><bdi>a%b@<wbr>x.example</bdi></a>`)
	for _, bad := range []string{"a@x.example?bcc=b@y.example", "a@x\nb", `a"@x`, "no address"} {
		if got := html(t, MailTo(bad)); strings.Contains(got, "<a") {
			t.Errorf("%q became a link: %s", bad, got)
		}
	}
}

func TestOutside_onlyTheWeb(t *testing.T) {
	for _, bad := range []string{"javascript:alert(1)", "data:text/html,x", "//x.example", "/x", "https:", "ftp://x.example"} {
		if got := html(t, Outside(bad, Text("x"))); got != "x" {
			t.Errorf("%q became a link: %s", bad, got)
		}
	}
	equal(t, html(t, Outside("https://x.example/a?b=1&c=2", Text("x"))), `<a href="https://x.example/a?b=1&amp;c=2" rel="noreferrer external">x</a>`)
}

func TestHref(t *testing.T) {
	for _, c := range []struct{ carry, path, want string }{
		{"", "/organizations", "/organizations"},
		{"", "https://evil.example", "/"},
		{"", "//evil.example", "/"},
		{"", `/\evil.example`, "/"},
		{"", "/\t/evil.example", "/"},
		{"", "javascript:alert(1)", "/"},
		{"a&b", "/organizations", "/organizations?tenantId=a%26b"},
		{"t", "/organizations?after=x#row", "/organizations?after=x&tenantId=t#row"},
		{"t", "/organizations?tenantId=other", "/organizations?tenantId=other"},
	} {
		s := &Shell{Carry: c.carry}
		equal(t, string(s.Href(c.path)), c.want)
	}
}

func TestTile(t *testing.T) {
	for _, c := range []struct {
		name, letters string
		ground        int
	}{
		{"Noor Haddad", "NH", 0}, {"Chidi Okonkwo", "CO", 1}, {"Fabrikam, Inc.", "FI", 5}, {"Woodgrove Bank", "WB", 6},
		{"Northwind Traders & Søn", "NT", 1}, {"Proseware", "PR", 4}, {"佐藤 健", "佐健", 1}, {"Litware Research Collective", "LR", 7},
		{"", "", 0}, {`"<b>" (x)`, "BX", ground(`"<b>" (x)`)}, {"& Q", "Q", ground("& Q")},
	} {
		if got := monogram(c.name); got != c.letters {
			t.Errorf("letters of %q: %q, want %q", c.name, got, c.letters)
		}
		if got := ground(c.name); got != c.ground {
			t.Errorf("ground of %q: %d, want %d", c.name, got, c.ground)
		}
	}
}

func TestElements_escapeNames(t *testing.T) {
	s := &Shell{Locale: bundle(t).Get("en"), Token: hostile, For: hostile}
	field := Field{ID: "f", Name: hostile, Label: hostile, Hint: hostile, Error: hostile, Value: hostile, Autocomplete: hostile}
	for name, c := range map[string]templ.Component{
		"Submit":       Submit(Button{Text: hostile, Row: hostile, Name: hostile, Value: hostile, Action: hostile}),
		"LinkButton":   LinkButton(Link{Text: hostile, Row: hostile, Href: templ.SafeURL(hostile)}),
		"Pill":         Pill(Good, hostile),
		"Tile":         Tile(hostile, Usual, false),
		"PersonCell":   PersonCell("", hostile, hostile),
		"PickCell":     PickCell(s, hostile, hostile, hostile, hostile, true),
		"Cell":         Cell(hostile),
		"TextField":    TextField(s, field),
		"Textarea":     Textarea(s, field),
		"Select":       Select(s, field, []Option{{Value: hostile, Text: hostile}}),
		"Radios":       Radios(s, field, []Option{{Value: hostile, Text: hostile, Hint: hostile}}),
		"Form":         Form(s, hostile),
		"Problem":      Problem(s, "lost", hostile, hostile, hostile, hostile, hostile),
		"ErrorSummary": ErrorSummary(s, []FieldError{{hostile, hostile}, {"", hostile}}),
		"Table":        Table(hostile, Col(hostile)),
		"Tabs":         Tabs(s, hostile, []Tab{{Text: hostile}}),
		"Fact":         Fact(hostile),
		"DockItem":     DockItem("/", hostile, hostile, true),
		"Code":         Join(Code(hostile), Names([]string{hostile}), CodeAddress(hostile)),
	} {
		if got := html(t, c); strings.Contains(got, "<script") || strings.Contains(got, `script&gt;"`) {
			t.Errorf("%s lets markup through: %s", name, got)
		}
	}
}

func TestTextarea_keepsAFirstLineBreak(t *testing.T) {
	got := html(t, Textarea(&Shell{}, Field{ID: "x", Value: "\nb"}))
	if !strings.Contains(got, ">\n\nb</textarea>") {
		t.Error(got)
	}
}

func TestField_isDescribedByHintAndError(t *testing.T) {
	got := html(t, TextField(&Shell{}, Field{ID: "x", Name: "x", Hint: "h", Error: "e"}))
	for _, want := range []string{`aria-describedby="x-h x-e"`, `id="x-h"`, `id="x-e"`, `aria-invalid="true"`, `for="x"`} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in %s", want, got)
		}
	}
}

func TestMeter_warnsByDays(t *testing.T) {
	for days, class := range map[int]string{0: "hot", 3: "hot", 4: "soon", 9: "soon", 10: "", 31: ""} {
		got := html(t, Meter(days, 30))
		if hot, soon := strings.Contains(got, "hot"), strings.Contains(got, "soon"); hot != (class == "hot") || soon != (class == "soon") {
			t.Errorf("%d days: %s", days, got)
		}
	}
}

func TestDates_areOnThePersonsClock(t *testing.T) {
	zone := time.FixedZone("East", 2*60*60)
	at := time.Date(2026, 5, 11, 23, 30, 0, 0, time.UTC)
	s := &Shell{Locale: bundle(t).Get("nl"), Zone: zone, Now: at.Add(time.Hour)}
	equal(t, html(t, Date(s, at)), `<time class="nw" datetime="2026-05-11T23:30:00Z">12 mei 2026</time>`)
	equal(t, html(t, Ago(s, at)), `<time class="nw" datetime="2026-05-11T23:30:00Z">vandaag</time>`)
}

func testShell(l *i18n.Locale) *Shell {
	return &Shell{
		Locale: l, Token: "the-token", For: "the-account",
		Person:      &Person{Name: hostile, Address: "ann@x.example", Kind: "ui.kind.work", Home: hostile},
		Places:      []Place{{Name: hostile, Href: "/", Home: true}, {Name: "Away", Href: "/?tenantId=a", Current: true}},
		AllPlaces:   true,
		Administers: []Place{{Name: hostile, Href: "/manage/1"}},
		Admin:       &Admin{Tenant: "1", Name: hostile, Entries: []Entry{{"ui.switch.title", "/manage/1/users", "users", "users"}}},
		Entries:     []Entry{{"ui.switch.title", "/organizations", "building", "organizations"}},
		Languages:   []Language{{"nl", "Nederlands", "?lng=nl"}},
		Note:        &Note{Kind: "ok", Text: hostile},
	}
}

func TestLayouts(t *testing.T) {
	b := bundle(t)
	for _, lang := range []string{"en", "nl", i18n.Pseudo} {
		s := testShell(b.Get(lang))
		h := Head{Title: hostile, Current: "organizations", Failed: true}
		for name, c := range map[string]templ.Component{"account": AccountPage(s, h), "admin": AdminPage(s, h), "entrance": EntrancePage(s, h), "plain": PlainPage(s, h)} {
			page := html(t, c)
			for _, want := range []string{
				"<!doctype html>", `lang="` + lang + `" dir="` + s.Locale.Dir() + `"`, `<a class="skip" href="#main">`, `id="main"`,
				StyleHref(), ScriptHref(), `role="status"`, `lang="nl"`,
			} {
				if !strings.Contains(page, want) {
					t.Errorf("%s, %s: no %s", name, lang, want)
				}
			}
			if strings.Contains(page, "<script>") || strings.Contains(page, "style=") {
				t.Errorf("%s, %s: markup of a name, or inline style, got in", name, lang)
			}
		}
	}
}

func TestLayouts_shell(t *testing.T) {
	s := testShell(bundle(t).Get("en"))
	page := html(t, AccountPage(s, Head{Title: "Organizations", Current: "organizations"}))
	for _, want := range []string{
		`href="/organizations" aria-current="page"`, `href="/?tenantId=a" aria-current="true"`,
		`action="/sign-out"`, `action="/sign-out-everywhere"`, `name="csrf" value="the-token"`, `name="account" value="the-account"`,
		"<title>Organizations – ", `href="#menu"`, `id="menu"`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s", want)
		}
	}
	if failed := html(t, AccountPage(s, Head{Title: "Leave", Failed: true})); !strings.Contains(failed, "<title>Error: Leave") {
		t.Error("the title does not say that the form was refused")
	}
	if strings.Index(page, `action="/sign-out"`) < strings.Index(page, `tenantId=a`) {
		t.Error("the organization switcher does not stand before the account menu")
	}
	if out := html(t, EntrancePage(s, Head{Title: "Sign in"})); strings.Contains(out, "ann@") {
		t.Error("the entrance shows who is signed in")
	}
}

func BenchmarkRows(b *testing.B) {
	s := testShell(bundle(b).Get("en"))
	c := AccountPage(s, Head{Title: "Organizations"})
	row := templ.Join(Tile("Fabrikam, Inc.", Usual, false), RowBody(Name("Fabrikam, Inc.")), RowState(), Pill(Good, "Active"), Date(s, time.Now()),
		RowActions(), LinkButton(Link{Text: "Leave organization", Row: "Fabrikam, Inc.", Href: s.Href("/x"), Small: true}))
	all := make([]templ.Component, 25)
	for i := range all {
		all[i] = row
	}
	var w strings.Builder
	b.ReportAllocs()
	for b.Loop() {
		w.Reset()
		if err := c.Render(templ.WithChildren(context.Background(), Join(all...)), &w); err != nil {
			b.Fatal(err)
		}
	}
	b.SetBytes(int64(w.Len()))
}

// A problem that several fields have alike is told once.
func TestErrorSummary_tellsOnce(t *testing.T) {
	got := html(t, ErrorSummary(&Shell{}, []FieldError{{"a", "Enter an address"}, {"b", "Enter an address"}, {"c", "Enter a name"}}))
	if strings.Count(got, "Enter an address") != 1 || !strings.Contains(got, `href="#a"`) || !strings.Contains(got, "Enter a name") {
		t.Error(got)
	}
}
