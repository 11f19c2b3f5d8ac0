package app_test

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"sojourn/app"
	"sojourn/demo"
	"sojourn/internal/dbtest"
	"sojourn/sojourntest"
)

// kept is a log that can be read while it is written.
type kept struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (k *kept) Write(b []byte) (int, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.text.Write(b)
}

func (k *kept) String() string {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.text.String()
}

// logged is a portal whose every line is kept.
func logged(t *testing.T, with ...func(*app.Parts)) (*sojourntest.Portal, *app.App, *kept) {
	t.Helper()
	var handler http.Handler
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { handler.ServeHTTP(w, r) }))
	t.Cleanup(server.Close)
	base, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	lines := &kept{}
	log := slog.New(slog.NewJSONHandler(lines, &slog.HandlerOptions{Level: slog.LevelDebug}))
	before := slog.Default()
	slog.SetDefault(log)
	t.Cleanup(func() { slog.SetDefault(before) })
	parts := app.Parts{
		DB: dbtest.Open(t), Box: dbtest.Box(t), Base: base, Zone: time.UTC, Hashing: sojourntest.Hashing, Log: log, LogRequests: true,
	}
	for _, add := range with {
		add(&parts)
	}
	a, err := app.New(parts)
	if err != nil {
		t.Fatal(err)
	}
	if err := demo.Seed(t.Context(), a, sojourntest.Password); err != nil {
		t.Fatal(err)
	}
	handler = a.Handler()
	return sojourntest.At(t, server.URL), a, lines
}

// Journeys that sign in, fail, leave and break something leave lines by number and
// pattern, and nothing of who it was.
func TestLog_nobody(t *testing.T) {
	p, a, lines := logged(t)
	noor := p.Browser()
	noor.SignIn("noor.haddad@contoso.example", sojourntest.Password)
	noor.Get("/organizations?q=secret-words")
	noor.Get("/organizations").Follow("Leave organization Fabrikam, Inc.").Submit("Leave", nil)
	p.Browser().Get("/sign-in").Submit("Next", url.Values{"name": {"noor.haddad@contoso.example"}}).Submit("Sign in", url.Values{"password": {"secret-words"}})
	noor.Get("/welcome/secret-words")
	own, err := http.NewRequest(http.MethodGet, p.URL+"/organizations", nil)
	if err != nil {
		t.Fatal(err)
	}
	own.Header.Set("X-Request-Id", "secret-words")
	if number := noor.Send(own).Header.Get("X-Request-Id"); number == "" || strings.Contains(number, "secret") {
		t.Errorf("the number of a request is %q", number)
	}
	at, err := url.Parse(p.URL)
	if err != nil {
		t.Fatal(err)
	}
	cookies := noor.Client.Jar.Cookies(at)
	a.DB.Close()
	broken := noor.Get("/organizations")
	number := broken.Header.Get("X-Request-Id")
	if broken.Status < 500 || number == "" || !strings.Contains(broken.HTML, number) || !strings.Contains(lines.String(), number) {
		t.Errorf("%d: the number %q is on the page and in the log\n%s", broken.Status, number, broken.Text())
	}
	withoutIDs := shapes(t, lines.String())
	nobody(t, withoutIDs, p.URL)
	if strings.Contains(withoutIDs, "secret-words") || strings.Contains(withoutIDs, sojourntest.Password) {
		t.Errorf("what was typed is in the log:\n%s", withoutIDs)
	}
	for _, c := range cookies {
		if len(c.Value) > 8 && strings.Contains(withoutIDs, c.Value) {
			t.Errorf("the cookie %s is in the log", c.Name)
		}
	}
}

// shapes are the lines without the numbers of requests, which are random.
func shapes(t *testing.T, lines string) string {
	t.Helper()
	var out strings.Builder
	requests := 0
	for decoder := json.NewDecoder(strings.NewReader(lines)); ; {
		var line map[string]any
		err := decoder.Decode(&line)
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("not JSON: %v", err)
		}
		if line["msg"] == "request" {
			if requests++; line["id"] == "" || line["route"] == "" || line["status"] == nil {
				t.Errorf("%v", line)
			}
		}
		delete(line, "id")
		text, err := json.Marshal(line)
		if err != nil {
			t.Fatal(err)
		}
		out.Write(append(text, '\n'))
	}
	if requests < 8 {
		t.Errorf("only %d requests are logged", requests)
	}
	return out.String()
}
