package demo_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"sojourn/demo"
	"sojourn/sojourntest"
)

// What is wrong with the clock's form is said on its page, which keeps what was
// typed; a mail that is not there has a page of its own.
func TestDevPages(t *testing.T) {
	var handler http.Handler
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { handler.ServeHTTP(w, r) }))
	defer server.Close()
	base, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	w, err := demo.Open(context.Background(), demo.Options{Dir: t.TempDir(), Base: base, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Hashing: sojourntest.Hashing})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	handler = w.App.Handler()
	b := sojourntest.At(t, server.URL).Browser()
	page := b.Get("/dev/mail")
	for _, typed := range [][2]string{{"soon", "1"}, {"-1", "0"}, {"1", "1e3"}, {"4001", "0"}, {"99999999999999999999", "0"}, {"1000000000000", "0"}} {
		refused := page.Submit("Move the clock", url.Values{"days": {typed[0]}, "hours": {typed[1]}}).Is(http.StatusUnprocessableEntity).
			Has("There is a problem", "Enter a number from 0 to", "Mails")
		if !strings.Contains(refused.HTML, `value="`+typed[0]+`"`) || !strings.Contains(refused.HTML, `value="`+typed[1]+`"`) {
			t.Errorf("%v is lost", typed)
		}
	}
	page.Submit("Move the clock", url.Values{"days": {" 2 "}, "hours": {""}}).Is(http.StatusOK).Has("2 days ahead")
	for _, path := range []string{"/dev/mail/4711", "/dev/mail/4711/html", "/dev/mail/none/html", "/dev/mail/..%2Fx/html"} {
		missing := b.Get(path).Is(http.StatusNotFound)
		if !strings.Contains(missing.HTML, "<h1") || !strings.Contains(missing.Header.Get("Content-Security-Policy"), "style-src 'self'") {
			t.Errorf("%s is no proper page: %.200s", path, missing.HTML)
		}
	}
}
