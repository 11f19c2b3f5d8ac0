package ui

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
)

// The whole look and script of the portal stay small.
func TestStatic_budget(t *testing.T) {
	for name, c := range map[string]struct {
		body   []byte
		packed []byte
		raw    int
		gzip   int
	}{
		"app.css": {style, styleAsset.packed(), 30 << 10, 8 << 10},
		"app.js":  {script, scriptAsset.packed(), 10 << 10, 4 << 10},
	} {
		if len(c.body) > c.raw || len(c.packed) > c.gzip {
			t.Errorf("%s: %d bytes, %d packed; at most %d and %d", name, len(c.body), len(c.packed), c.raw, c.gzip)
		}
	}
}

// One script for every engine: words and signs younger than ES5 do not occur.
func TestScript_isES5(t *testing.T) {
	code := regexp.MustCompile(`(?s)/\*.*?\*/`).ReplaceAll(script, nil)
	for _, younger := range []string{`=>`, "`", `\blet\b`, `\bconst\b`, `\bclass\b\s*\{`, `\basync\b`, `\bawait\b`, `\.\.\.`, `\?\.`, `\?\?`, `,\s*[)\]}]`, `\.catch\(`} {
		if at := regexp.MustCompile(younger).FindIndex(code); at != nil {
			t.Errorf("%s in: %s", younger, code[max(0, at[0]-40):min(len(code), at[1]+20)])
		}
	}
}

// Old engines get the first part of the style sheet, so it holds nothing that
// they do not know; young ones get the second, all of it inside one @supports.
func TestStyle_twoParts(t *testing.T) {
	base, modern, found := bytes.Cut(style, []byte("/* Part 2: modern"))
	if !found {
		t.Fatal("the marker of the second part is missing")
	}
	for _, younger := range []string{"var(", "gap:", "display:grid", "inset", "inline-start", "inline-end", ":is(", ":has(", "min(", "prefers-", "@supports"} {
		if bytes.Contains(base, []byte(younger)) {
			t.Errorf("%s in the baseline", younger)
		}
	}
	_, modern, _ = bytes.Cut(modern, []byte("*/"))
	rest := bytes.TrimSpace(modern)
	if !bytes.HasPrefix(rest, []byte("@supports (--a:0){")) {
		t.Fatal("the second part does not open with @supports (--a:0)")
	}
	depth := 0
	for i, c := range rest {
		switch c {
		case '{':
			depth++
		case '}':
			depth--
			if depth == 0 && i != len(rest)-1 {
				t.Fatalf("rules outside @supports: %.60s", rest[i+1:])
			}
		}
	}
	if depth != 0 {
		t.Errorf("%d braces are not closed", depth)
	}
}

func get(path, header, value string) *http.Response {
	r := httptest.NewRequest("GET", path, nil)
	if header != "" {
		r.Header.Set(header, value)
	}
	w := httptest.NewRecorder()
	Static().ServeHTTP(w, r)
	return w.Result()
}

func TestStatic_serves(t *testing.T) {
	for href, kind := range map[string]string{StyleHref(): "text/css", ScriptHref(): "text/javascript"} {
		plain, packed := get(href, "", ""), get(href, "Accept-Encoding", "br, gzip;q=0.8")
		for _, r := range []*http.Response{plain, packed} {
			if r.StatusCode != 200 || !strings.HasPrefix(r.Header.Get("Content-Type"), kind) ||
				!strings.Contains(r.Header.Get("Cache-Control"), "immutable") || r.Header.Get("Vary") != "Accept-Encoding" {
				t.Errorf("%s: %d %v", href, r.StatusCode, r.Header)
			}
		}
		if packed.Header.Get("Content-Encoding") != "gzip" || plain.Header.Get("Content-Encoding") != "" {
			t.Errorf("%s: packed when not asked, or not packed when asked", href)
		}
		z, err := gzip.NewReader(packed.Body)
		if err != nil {
			t.Fatal(err)
		}
		a, _ := io.ReadAll(z)
		b, _ := io.ReadAll(plain.Body)
		if len(b) == 0 || !bytes.Equal(a, b) {
			t.Errorf("%s: the packed file differs", href)
		}
		if tag := plain.Header.Get("ETag"); tag == packed.Header.Get("ETag") || get(href, "If-None-Match", tag).StatusCode != 304 {
			t.Errorf("%s: entity tag %s", href, tag)
		}
		if r := get(href, "Accept-Encoding", "gzip;q=0"); r.Header.Get("Content-Encoding") != "" {
			t.Errorf("%s: packed though refused", href)
		}
	}
}

func TestStatic_otherNames(t *testing.T) {
	if r := get("/static/app.0123456789ab.css", "", ""); r.StatusCode != 200 || r.Header.Get("Cache-Control") != "no-cache" {
		t.Errorf("another version's name: %d, %s", r.StatusCode, r.Header.Get("Cache-Control"))
	}
	for _, path := range []string{"/static/", "/static/app.css", "/static/../ui.go", "/static/app.zzzzzzzzzzzz.css", "/static/x.js"} {
		if r := get(path, "", ""); r.StatusCode != 404 {
			t.Errorf("%s: %d", path, r.StatusCode)
		}
	}
}

// Every message of this package exists in every language.
func TestMessages(t *testing.T) {
	b := bundle(t)
	for _, key := range []string{"ui.kind.work", "ui.kind.personal", "ui.kind.passcode", "ui.kind.federated"} {
		for _, l := range b.Locales() {
			if !l.Has(key) {
				t.Errorf("%s: no %s", l.Lang(), key)
			}
		}
	}
	s := testShell(b.Get("nl"))
	s.Note = nil
	page := html(t, AdminPage(s, Head{})) + html(t, AccountPage(s, Head{})) + html(t, Bulk(s)) + html(t, Filters(s, "/")) + html(t, Pager(s, "/", "/")) +
		html(t, SearchForm(s, "/", "", "")) + html(t, PasswordField(s, Field{Error: "x"})) + html(t, Who(s, "a", "a", "/")) + html(t, PrintButton(s))
	if left := regexp.MustCompile(`ui\.[a-z.]+`).FindString(page); left != "" {
		t.Errorf("%s stands on a page unresolved", left)
	}
}
