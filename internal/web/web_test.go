package web

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"sojourn/internal/secret"
)

func TestLocalPath(t *testing.T) {
	for given, want := range map[string]string{
		"/organizations":                "/organizations",
		"/organizations?tenantId=x#y":   "/organizations?tenantId=x#y",
		"":                              "/",
		"//evil.example":                "/",
		"/\\evil.example":               "/",
		"https://evil.example/":         "/",
		"javascript:alert(1)":           "/",
		"/\t/evil.example":              "/",
		"/a\x00b":                       "/",
		"/a\x7fb":                       "/",
		"/\xff":                         "/",
		"organizations":                 "/",
		"/" + strings.Repeat("a", 5000): "/",
	} {
		if got := LocalPath(given); got != want {
			t.Errorf("LocalPath(%.40q) = %.40q, want %q", given, got, want)
		}
	}
}

func box(t *testing.T) *secret.Box {
	t.Helper()
	b, err := secret.New(bytes.Repeat([]byte{3}, secret.KeySize))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// A form token is good in one browser for one account, and looks different on
// every page.
func TestFormToken(t *testing.T) {
	b := box(t)
	visit := func(browser, account string) *Visit {
		return &Visit{FormKey: browser, Person: Person{AccountID: account}}
	}
	token := FormToken(b, visit("b1", "a1"))
	if token == FormToken(b, visit("b1", "a1")) {
		t.Error("the token is the same on two pages: compression could guess it")
	}
	for name, test := range map[string]struct {
		visit *Visit
		token string
		want  bool
	}{
		"its own":             {visit("b1", "a1"), token, true},
		"another browser":     {visit("b2", "a1"), token, false},
		"another account":     {visit("b1", "a2"), token, false},
		"signed out since":    {visit("b1", ""), token, false},
		"nothing":             {visit("b1", "a1"), "", false},
		"cut":                 {visit("b1", "a1"), token[:20], false},
		"rubbish":             {visit("b1", "a1"), strings.Repeat("A", len(token)), false},
		"parts that run over": {visit("b1a", "1"), FormToken(b, visit("b1", "a1")), false},
	} {
		if got := validToken(b, test.visit, test.token); got != test.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

func TestForwardedAddress(t *testing.T) {
	s := &Server{Proxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}}
	for name, test := range map[string]struct {
		remote, forwarded, want string
	}{
		"no proxy":                         {"203.0.113.9:5", "", "203.0.113.9"},
		"a header from nobody we know":     {"203.0.113.9:5", "198.51.100.1", "203.0.113.9"},
		"through our proxy":                {"10.1.2.3:5", "198.51.100.1", "198.51.100.1"},
		"what the sender put in front":     {"10.1.2.3:5", "1.1.1.1, 198.51.100.1", "198.51.100.1"},
		"through two of ours":              {"10.1.2.3:5", "198.51.100.1, 10.9.9.9", "198.51.100.1"},
		"rubbish behind our proxy":         {"10.1.2.3:5", "unknown", "10.1.2.3"},
		"an address mapped into version 6": {"10.1.2.3:5", "::ffff:198.51.100.1", "198.51.100.1"},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = test.remote
		if test.forwarded != "" {
			r.Header.Set("X-Forwarded-For", test.forwarded)
		}
		if got := s.addressOf(r); got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
}

func TestNote(t *testing.T) {
	w := httptest.NewRecorder()
	Say(w, "ok", "organizations.receipt.left", "org", `<b>"Ø`)
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	for _, c := range w.Result().Cookies() {
		r.AddCookie(c)
	}
	w = httptest.NewRecorder()
	n := takeNote(w, r)
	if n == nil || n.Kind != "ok" || n.Args[1] != `<b>"Ø` {
		t.Fatalf("%+v", n)
	}
	if c := w.Result().Cookies(); len(c) != 1 || c[0].MaxAge >= 0 {
		t.Error("the message stays for another page")
	}
	for _, bad := range []string{"", "x", "eyJrIjoib2siLCJtIjoieCIsImEiOlsieCJdfQ"} { // the last: a value without its name
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.AddCookie(&http.Cookie{Name: noteCookie, Value: bad})
		if takeNote(httptest.NewRecorder(), r) != nil {
			t.Errorf("%q was taken for a message", bad)
		}
	}
}

func TestIsLoopback(t *testing.T) {
	for host, want := range map[string]bool{
		"localhost": true, "127.0.0.1": true, "127.9.9.9": true, "::1": true, "[::1]": true, "a.localhost": true,
		"0.0.0.0": false, "": false, "example.org": false, "localhost.example.org": false, "10.0.0.1": false, "127.0.0.1.example.org": false,
	} {
		if got := IsLoopback(host); got != want {
			t.Errorf("IsLoopback(%q) = %t", host, got)
		}
	}
}

func TestAcceptsGzip(t *testing.T) {
	for header, want := range map[string]bool{"": false, "gzip": true, "br, gzip": true, "gzip;q=0": false, "gzip; q=0.5": true, "identity": false, "xgzip": false} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Header.Set("Accept-Encoding", header)
		if got := acceptsGzip(r); got != want {
			t.Errorf("%q: %t", header, got)
		}
	}
}

// After a POST the selected organization is carried on, but not into the admin
// centre, which names its own.
func TestSee(t *testing.T) {
	for path, want := range map[string]string{
		"/organizations":            "/organizations?tenantId=contoso.example",
		"/organizations?q=x":        "/organizations?q=x&tenantId=contoso.example",
		"/organizations?tenantId=y": "/organizations?tenantId=y",
		"/manage/t/users":           "/manage/t/users",
	} {
		w := httptest.NewRecorder()
		r := WithVisit(httptest.NewRequest(http.MethodPost, "/", nil), &Visit{Tenant: Tenant{Carry: "contoso.example"}})
		if err := See(w, r, path); err != nil || w.Code != http.StatusSeeOther || w.Header().Get("Location") != want {
			t.Errorf("%s: %d %s, want %s", path, w.Code, w.Header().Get("Location"), want)
		}
	}
}

func TestComeBack(t *testing.T) {
	post := func(referer string) *http.Request {
		r := httptest.NewRequest(http.MethodPost, "http://portal.example/organizations/x/leave", nil)
		r.Header.Set("Referer", referer)
		return r
	}
	for name, test := range map[string]struct {
		r    *http.Request
		want string
	}{
		"a page":                    {httptest.NewRequest(http.MethodGet, "http://portal.example/organizations?q=a", nil), "/organizations?q=a"},
		"a form of ours":            {post("http://portal.example/organizations/x/leave?tenantId=t"), "/organizations/x/leave?tenantId=t"},
		"a form of somebody else's": {post("http://evil.example/organizations"), "/"},
		"a form from nowhere":       {post(""), "/"},
	} {
		if got := ComeBack(test.r); got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
}
