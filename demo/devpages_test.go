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
	"time"

	"sojourn/demo"
	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/outbox"
	"sojourn/sojourntest"
)

// devWorld is a demo and a browser at it.
func devWorld(t *testing.T) (*demo.World, *sojourntest.Browser) {
	t.Helper()
	var handler http.Handler
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { handler.ServeHTTP(w, r) }))
	t.Cleanup(server.Close)
	base, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	w, err := demo.Open(context.Background(), demo.Options{Dir: t.TempDir(), Base: base, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Hashing: sojourntest.Hashing})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	handler = w.App.Handler()
	return w, sojourntest.At(t, server.URL).Browser()
}

// Texts and calls are read beside mails, a call as it is spoken.
func TestDevPages_phones(t *testing.T) {
	w, b := devWorld(t)
	b.Get("/dev/mail").Is(http.StatusOK).Has("Mail", "Text messages", "Calls")
	b.Get("/dev/texts").Is(http.StatusOK).Has("No text messages yet")
	b.Get("/dev/calls").Is(http.StatusOK).Has("No calls yet")
	ctx := context.Background()
	err := w.App.DB.Tx(ctx, func(tx *db.Tx) error {
		text := outbox.Text{Dedupe: "1", To: "+31612345642", Text: "<b>048213</b> is your code.", Language: "en", ExpiresAt: tx.Now().Add(10 * time.Minute)}
		if err := w.App.Outbox.PutText(ctx, tx, text); err != nil {
			return err
		}
		return w.App.Outbox.PutCall(ctx, tx, outbox.Call{Dedupe: "2", To: "+31206241111", Extension: "12", Spoken: "Uw code is 731904.", Language: "nl"})
	})
	if err != nil {
		t.Fatal(err)
	}
	b.Get("/dev/texts").Is(http.StatusOK).Has("<b>048213</b> is your code.", "+31 6 12345642").HasNot("731904", "7, 3")
	b.Get("/dev/calls").Is(http.StatusOK).Has("Uw code is 7, 3, 1, 9, 0, 4.", "+31 20 624 1111 x12").HasNot("048213")
	b.Get("/dev/texts?lng=nl").Has("Sms-berichten", "Oproepen")
	for _, c := range []outbox.Channel{outbox.ByMail, outbox.ByText, outbox.ByVoice} {
		if !w.App.Delivers(c) {
			t.Errorf("%s is not offered in the demo", c)
		}
	}
}

// What is wrong with the clock's form is said on its page, which keeps what was
// typed; a mail that is not there has a page of its own.
func TestDevPages(t *testing.T) {
	_, b := devWorld(t)
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

// Who moves the clock sees at once all that has become due: also an organization that
// closed is emptied, after everybody was told.
func TestDevPages_clock(t *testing.T) {
	w, b := devWorld(t)
	ctx := context.Background()
	fabrikam, found, err := directory.TenantBy(ctx, w.App.DB, "fabrikam.example")
	if err != nil || !found {
		t.Fatal(found, err)
	}
	if _, err := w.App.Directory.AnnounceClosing(ctx, actor.OperatorActor(), fabrikam.ID, fabrikam.Name); err != nil {
		t.Fatal(err)
	}
	b.Get("/dev/mail").Submit("Move the clock", url.Values{"days": {"31"}}).Is(http.StatusOK).Has("31 days ahead")
	if fabrikam, _, err = directory.TenantBy(ctx, w.App.DB, fabrikam.ID); err != nil || fabrikam.State != directory.TenantClosed {
		t.Errorf("after 31 days it is %s, %v", fabrikam.State, err)
	}
	if err := w.App.Outbox.Flush(ctx); err != nil {
		t.Fatal(err)
	}
	b.Get("/dev/mail").Has("⁨Fabrikam, Inc.⁩ is closing")
}
