package app_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"

	"sojourn/internal/id"
	"sojourn/sojourntest"
)

// scrape is what Prometheus reads.
func scrape(t *testing.T, p *sojourntest.Portal) string {
	t.Helper()
	rec := httptest.NewRecorder()
	p.App.Metrics.Handler().ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	if rec.Code != http.StatusOK {
		t.Fatalf("%d: %s", rec.Code, rec.Body)
	}
	return rec.Body.String()
}

var placeholder = regexp.MustCompile(`\{[^}]+\}`)

// Every route is asked for, with ids of nobody and by somebody who leaves: labels are
// patterns, and nothing tells who it was.
func TestMetrics_patternsOnly(t *testing.T) {
	p := sojourntest.Start(t)
	noor := p.SignIn("noor.haddad@contoso.example")
	noor.Get("/organizations").Follow("Leave organization Fabrikam, Inc.").Submit("Leave", nil).Has("You left Fabrikam, Inc.")
	p.Browser().Get("/sign-in").Submit("Next", map[string][]string{"name": {"noor.haddad@contoso.example"}}).
		Submit("Sign in", map[string][]string{"password": {"not the one"}})
	known := map[string]bool{"other": true, "refused": true}
	for _, route := range p.App.Routes() {
		method, path, _ := strings.Cut(route.Pattern, " ")
		known[path] = true
		address := strings.ReplaceAll(placeholder.ReplaceAllStringFunc(path, func(name string) string {
			if name == "{$}" {
				return ""
			}
			return id.System.Random()
		}), "//", "/")
		if method == http.MethodGet {
			noor.Get(address)
		}
	}
	noor.Get("/nothing/" + id.System.Random())
	odd, err := http.NewRequest("BREW", p.URL+"/organizations", nil)
	if err != nil {
		t.Fatal(err)
	}
	noor.Send(odd)
	elsewhere, err := http.NewRequest(http.MethodGet, p.URL+"/organizations", nil)
	if err != nil {
		t.Fatal(err)
	}
	elsewhere.Host = "elsewhere.example"
	noor.Send(elsewhere)

	text := scrape(t, p)
	routes := regexp.MustCompile(`route="([^"]*)"`).FindAllStringSubmatch(text, -1)
	seen := map[string]bool{}
	for _, r := range routes {
		if seen[r[1]] = true; !known[r[1]] {
			t.Errorf("a label is no pattern: %s", r[1])
		}
	}
	if len(seen) < 40 || !seen["other"] || !seen["refused"] || !seen["/organizations/{id}/leave"] {
		t.Errorf("only these were counted: %v", seen)
	}
	for _, m := range regexp.MustCompile(`(?:method|status)="([^"]*)"`).FindAllStringSubmatch(text, -1) {
		if !strings.Contains(" GET HEAD POST other 2xx 3xx 4xx 5xx ", " "+m[1]+" ") {
			t.Errorf("an odd label: %s", m[1])
		}
	}
	for _, want := range []string{
		`sojourn_sign_ins_total{result="done"} 1`, `sojourn_sign_ins_total{result="wrong_password"} 1`, "sojourn_database_up 1",
		`sojourn_http_requests_total{method="POST",route="/organizations/{id}/leave",status="3xx"} 1`, "sojourn_http_requests_in_flight 0",
		"sojourn_outbox_oldest_seconds", "sojourn_clock_doubted 0", "sojourn_purge_due_users ", `sojourn_build_info{version="test"} 1`,
		`sojourn_database_connections_in_use{pool="write"} 0`, "sojourn_password_hashes_waiting 0", "go_goroutines", "process_open_fds",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("lacks %s", want)
		}
	}
	nobody(t, text, p.URL)
	documented(t, text)
}

// documented: the operators' handbook names every metric of ours, and no other.
func documented(t *testing.T, text string) {
	t.Helper()
	handbook, err := os.ReadFile("../docs/operators.md")
	if err != nil {
		t.Fatal(err)
	}
	given := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^# TYPE (sojourn_\w+)`).FindAllStringSubmatch(text, -1) {
		if given[m[1]] = true; !strings.Contains(string(handbook), "`"+m[1]+"`") {
			t.Errorf("the handbook does not know %s", m[1])
		}
	}
	for _, m := range regexp.MustCompile("`(sojourn_\\w+)`").FindAllStringSubmatch(string(handbook), -1) {
		if !given[m[1]] {
			t.Errorf("there is no metric %s", m[1])
		}
	}
}

var anyID = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)

// nobody fails the test where a text names a person, an organization or an address.
func nobody(t *testing.T, text, base string) {
	t.Helper()
	if found := anyID.FindString(text); found != "" {
		t.Errorf("an id: %s", found)
	}
	for _, word := range []string{"noor", "haddad", "contoso", "fabrikam", "@", "127.0.0.1", ".example", strings.TrimPrefix(base, "http://")} {
		if strings.Contains(strings.ToLower(text), word) {
			t.Errorf("it names %q", word)
		}
	}
}

// A scrape while the database is away says so, and says the rest.
func TestMetrics_withoutDatabase(t *testing.T) {
	p := sojourntest.Start(t)
	p.App.DB.Close()
	text := scrape(t, p)
	if !strings.Contains(text, "sojourn_database_up 0") || strings.Contains(text, "sojourn_purge_due_users ") || !strings.Contains(text, "go_goroutines") {
		t.Errorf("%s", text)
	}
}

// The metrics have a listener of their own: nothing of them is among the pages, and
// nothing else is there.
func TestMetrics_apart(t *testing.T) {
	p := sojourntest.Start(t)
	p.Browser().Get("/metrics").Is(http.StatusNotFound)
	own := httptest.NewServer(p.App.Metrics.Handler())
	defer own.Close()
	for path, want := range map[string]int{"/metrics": http.StatusOK, "/": http.StatusNotFound, "/organizations": http.StatusNotFound, "/debug/pprof/": http.StatusNotFound} {
		res, err := http.Get(own.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		io.Copy(io.Discard, res.Body)
		res.Body.Close()
		if res.StatusCode != want {
			t.Errorf("%s: %s", path, res.Status)
		}
	}
}
