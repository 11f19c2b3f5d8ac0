package app_test

import (
	"context"
	"flag"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"

	"sojourn/directory"
	"sojourn/internal/db"
	"sojourn/internal/web"
	"sojourn/sojourntest"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// The list of routes is agreed upon: a new one shows in the change.
func TestRoutes_golden(t *testing.T) {
	var b strings.Builder
	width := 0
	routes := sojourntest.Start(t).App.Routes()
	for _, r := range routes {
		width = max(width, len(r.Pattern))
	}
	for _, r := range routes {
		fmt.Fprintf(&b, "%-*s  %s\n", width, r.Pattern, r.Access)
	}
	const file = "testdata/routes.golden"
	if *update {
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("the routes have changed; run go test ./app -run Routes -update\n%s", b.String())
	}
}

var wildcard = regexp.MustCompile(`\{([a-z]+)\}`)

// walk is one portal on which every route is tried by those who may not.
type walk struct {
	*sojourntest.Portal
	values map[string]string // of wildcards: real ones, of Contoso
}

func newWalk(t *testing.T) *walk {
	p := sojourntest.Start(t)
	ctx := context.Background()
	contoso := p.Tenant("contoso.example")
	group, found, err := directory.GroupNamed(ctx, p.App.DB, contoso.ID, "Design review")
	if err != nil || !found {
		t.Fatal(found, err)
	}
	request, err := db.One(ctx, p.App.DB, db.Text, `SELECT MIN(id) FROM requests WHERE tenant_id = $1 AND state = 'open'`, contoso.ID)
	if err != nil {
		t.Fatal(err)
	}
	return &walk{Portal: p, values: map[string]string{
		"tenant": contoso.ID, "user": p.User("ann.lee@fabrikam.example", "contoso.example").ID, "group": group.ID,
		"role": string(directory.GuestInviter), "id": contoso.ID, "act": "leave", "token": "unknown", "departure": "unknown", "request": request, "method": "unknown", "kind": "new", "photo": "unknown", "message": "unknown", "session": "unknown", "topic": "leaving", "picture": "leaving-en.000000000000.png",
	}}
}

// path fills in a pattern; other replaces every id by an unknown one.
func (w *walk) path(pattern string, values map[string]string) (method, path string) {
	method, path, _ = strings.Cut(pattern, " ")
	path = strings.TrimSuffix(path, "{$}")
	return method, wildcard.ReplaceAllStringFunc(path, func(m string) string { return values[m[1:len(m)-1]] })
}

func (w *walk) send(b *sojourntest.Browser, method, path string, values url.Values) *sojourntest.Page {
	if method == http.MethodPost {
		return b.Post(path, values)
	}
	return b.Get(path)
}

// signsOut: after these a walk would go on as nobody.
func signsOut(path string) bool {
	return strings.HasPrefix(path, "/sign-out") || path == "/accounts/sign-out"
}

// stay keeps a browser from following redirects.
func stay(b *sojourntest.Browser) *sojourntest.Browser {
	b.Client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return b
}

func TestWalk_withoutSession(t *testing.T) {
	w := newWalk(t)
	for _, r := range w.App.Routes() {
		method, path := w.path(r.Pattern, w.values)
		page := w.send(stay(w.Browser()), method, path, nil)
		switch r.Access {
		case web.SignedIn, web.Manage:
			if to := page.Header.Get("Location"); page.Status != http.StatusSeeOther || !strings.HasPrefix(to, "/sign-in?returnUrl=") {
				t.Errorf("%s without a session: %d %s", r.Pattern, page.Status, to)
			}
		default:
			if page.Status >= 500 {
				t.Errorf("%s without a session: %d", r.Pattern, page.Status)
			}
		}
	}
}

// Whoever is no administrator of an organization cannot tell it from one that
// does not exist.
func TestWalk_otherTenant(t *testing.T) {
	w := newWalk(t)
	b := w.SignIn("rik.achterberg@woodgrove.example") // an administrator, elsewhere
	token := b.Token()
	unknown := map[string]string{}
	for k, v := range w.values {
		unknown[k] = v
	}
	unknown["tenant"] = "00000000-0000-4000-8000-000000000000"
	for _, r := range w.App.Routes() {
		if r.Access != web.Manage {
			continue
		}
		method, path := w.path(r.Pattern, w.values)
		foreign := w.send(b, method, path, token)
		_, path = w.path(r.Pattern, unknown)
		none := w.send(b, method, path, token)
		if foreign.Status != http.StatusNotFound || none.Status != http.StatusNotFound {
			t.Errorf("%s: foreign tenant %d, unknown tenant %d, want 404 for both", r.Pattern, foreign.Status, none.Status)
		}
		if foreign.Text() != none.Text() {
			t.Errorf("%s: a foreign tenant and an unknown one read differently", r.Pattern)
		}
	}
}

// An administrator's own tenant with the ids of another one.
func TestWalk_foreignIDs(t *testing.T) {
	w := newWalk(t)
	b := w.SignIn("rik.achterberg@woodgrove.example")
	token := b.Token()
	values := map[string]string{}
	for k, v := range w.values {
		values[k] = v // users and groups of Contoso …
	}
	values["tenant"] = w.Tenant("woodgrove.example").ID // … below Woodgrove
	for _, r := range w.App.Routes() {
		if r.Access != web.Manage || !strings.Contains(r.Pattern, "{user}") && !strings.Contains(r.Pattern, "{group}") && !strings.Contains(r.Pattern, "{departure}") && !strings.Contains(r.Pattern, "{request}") {
			continue
		}
		method, path := w.path(r.Pattern, values)
		token.Set("group", w.values["group"])
		token.Set("role", w.values["role"])
		if page := w.send(b, method, path, token); page.Status != http.StatusNotFound {
			t.Errorf("%s with another tenant's ids: %d, want 404\n%s", r.Pattern, page.Status, page.Text())
		}
	}
	if u := w.User("ann.lee@fabrikam.example", "contoso.example"); !u.Enabled {
		t.Error("a foreign administrator disabled somebody")
	}
}

// A form drawn elsewhere, or nowhere, does nothing.
func TestWalk_crossSite(t *testing.T) {
	w := newWalk(t)
	b := w.SignIn("sam.rivera@contoso.example")
	token := b.Token()
	for _, r := range w.App.Routes() {
		method, path := w.path(r.Pattern, w.values)
		if method != http.MethodPost {
			continue
		}
		b.Header.Set("Origin", "https://evil.example")
		b.Header.Set("Sec-Fetch-Site", "cross-site")
		if page := b.Post(path, token); page.Status != http.StatusForbidden {
			t.Errorf("%s from another site: %d", r.Pattern, page.Status)
		}
		b.Header.Del("Origin")
		b.Header.Del("Sec-Fetch-Site")
		if page := b.Post(path, nil); page.Status != http.StatusForbidden {
			t.Errorf("%s without a token: %d", r.Pattern, page.Status)
		}
		if page := b.Post(path, url.Values{"csrf": {"AAAA"}, "account": token["account"]}); page.Status != http.StatusForbidden {
			t.Errorf("%s with a wrong token: %d", r.Pattern, page.Status)
		}
		stolen := w.Browser()
		if page := stolen.Post(path, token); page.Status != http.StatusForbidden && r.Access == web.Open {
			t.Errorf("%s with the token of another browser: %d", r.Pattern, page.Status)
		}
	}
}

func TestWalk_unknownIDs(t *testing.T) {
	w := newWalk(t)
	b := w.SignIn("sam.rivera@contoso.example")
	values := map[string]string{}
	for k := range w.values {
		values[k] = "00000000-0000-4000-8000-000000000000"
	}
	values["tenant"] = w.values["tenant"]
	for _, strange := range []string{"00000000-0000-4000-8000-000000000000", "..%2F..", "%27%3B--", "x", strings.Repeat("9", 300), "%F0%9F%A6%93"} {
		for k := range values {
			if k != "tenant" {
				values[k] = strange
			}
		}
		for _, r := range w.App.Routes() {
			if !wildcard.MatchString(strings.ReplaceAll(r.Pattern, "{tenant}", "")) {
				continue
			}
			method, path := w.path(r.Pattern, values)
			if page := w.send(b, method, path, b.Token()); page.Status != http.StatusNotFound && page.Status != http.StatusGone && page.Status != http.StatusUnprocessableEntity {
				t.Errorf("%s with the id %q: %d", r.Pattern, strange, page.Status)
			}
		}
	}
}

// What a database would choke on, and what no page expects.
func TestWalk_strangeInput(t *testing.T) {
	w := newWalk(t)
	b := w.SignIn("sam.rivera@contoso.example")
	names := []string{"name", "address", "signin", "mail", "q", "after", "before", "u", "way", "group", "role", "member", "returnUrl", "password", "current", "new", "statement", "privacy", "technical", "leave", "description", "message", "lang", "tab", "kind", "by"}
	for _, strange := range []string{"\x00", "\xff\xfe", strings.Repeat("a", 5000), "<script>alert(1)</script>", "'; DROP TABLE users; --", "../../etc/passwd", "\u202eabc", "-1", "9223372036854775808", ""} {
		values := b.Token()
		for _, n := range names {
			values.Set(n, strange)
		}
		for _, r := range w.App.Routes() {
			method, path := w.path(r.Pattern, w.values)
			if signsOut(path) || strings.HasSuffix(path, "/disable") {
				continue
			}
			if method == http.MethodGet {
				path += "?" + values.Encode()
			}
			page := w.send(stay(b), method, path, values)
			b.Client.CheckRedirect = nil
			if page.Status >= 500 {
				t.Errorf("%s with %.20q: %d", r.Pattern, strange, page.Status)
			}
			if strings.Contains(page.HTML, "<script>alert(1)") && strings.HasPrefix(page.Header.Get("Content-Type"), "text/html") {
				t.Errorf("%s echoes markup", r.Pattern)
			}
		}
	}
}

// Every answer, errors included, has the headers of its class.
func TestHeaders(t *testing.T) {
	w := newWalk(t)
	browsers := map[string]*sojourntest.Browser{"nobody": stay(w.Browser()), "administrator": stay(w.SignIn("sam.rivera@contoso.example"))}
	for who, b := range browsers {
		for _, r := range w.App.Routes() {
			method, path := w.path(r.Pattern, w.values)
			if signsOut(path) {
				continue
			}
			if path == "/static/" {
				path += "app.css"
			}
			checkHeaders(t, who+" "+r.Pattern, w.send(b, method, path, nil).Header, r.Class)
		}
		for _, path := range []string{"/nowhere", "/manage/none/users", "/%00", "/organizations?q=%ff"} {
			checkHeaders(t, who+" "+path, b.Get(path).Header, web.Page)
		}
	}
}

func checkHeaders(t *testing.T, what string, h http.Header, class web.Class) {
	t.Helper()
	want := map[string]string{
		"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
	}
	if class == web.Page {
		want["Cache-Control"] = "no-store"
		want["X-Frame-Options"] = "DENY"
	}
	for name, value := range want {
		if h.Get(name) != value {
			t.Errorf("%s: %s is %q, want %q", what, name, h.Get(name), value)
		}
	}
	policy := h.Get("Content-Security-Policy")
	for _, must := range []string{"default-src 'none'", "frame-ancestors", "base-uri 'none'"} {
		if !strings.Contains(policy, must) {
			t.Errorf("%s: the policy lacks %q: %s", what, must, policy)
		}
	}
	if strings.Contains(policy, "unsafe") && class != web.Sandbox {
		t.Errorf("%s: the policy is unsafe: %s", what, policy)
	}
	for _, c := range h.Values("Set-Cookie") {
		if !strings.Contains(c, "HttpOnly") || !strings.Contains(c, "SameSite=Lax") {
			t.Errorf("%s: cookie %s", what, c)
		}
	}
	if h.Get("Server") != "" || h.Get("X-Powered-By") != "" {
		t.Errorf("%s says what it is made of", what)
	}
}

// Another host than ours is refused; health checks are not.
func TestHost(t *testing.T) {
	w := newWalk(t)
	for path, want := range map[string]int{"/": http.StatusMisdirectedRequest, "/sign-in": http.StatusMisdirectedRequest, "/healthz": 200, "/readyz": 200} {
		req, err := http.NewRequest(http.MethodGet, w.URL+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Host = "evil.example"
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != want {
			t.Errorf("%s for another host: %d, want %d", path, res.StatusCode, want)
		}
	}
}
