package signin_test

import (
	"context"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"sojourn/internal/db"
	"sojourn/internal/dbtest"
	"sojourn/internal/mail"
	"sojourn/internal/outbox"
	"sojourn/internal/smtpsink"
)

// posted gives a portal an SMTP server, and reads what arrived for an address.
func posted(t *testing.T, p *portal) func(to string) []smtpsink.Message {
	t.Helper()
	sink := &smtpsink.Sink{Now: p.d.Now}
	if err := sink.Listen("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { sink.Close() })
	box := p.info.Outbox.(*outbox.Outbox)
	box.Sender = mail.SMTP{Host: sink.Host(), Port: sink.Port(), TLS: mail.TLSNone, From: "sojourn@portal.example", FromName: "Sojourn"}
	return func(to string) []smtpsink.Message {
		t.Helper()
		if err := box.Flush(context.Background()); err != nil {
			t.Fatal(err)
		}
		return sink.To(to)
	}
}

var notMe = regexp.MustCompile(`/not-me/[A-Za-z0-9_-]{43}`)

const noorAddress = "noor@contoso.example"

// The first sign-in ever is not told; one from a browser known is not; every
// other one is, once.
func TestNotice_whoIsTold(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p, noor := settled(t, d)
		mails := posted(t, p)
		own := p.signedIn(noorAddress)
		if n := len(mails(noorAddress)); n != 0 {
			t.Fatalf("%d mails about the first sign-in", n)
		}
		own.get("/").submit("/sign-out")
		own.enter(noorAddress, secretWord).want(303, "/")
		if n := len(mails(noorAddress)); n != 0 {
			t.Fatalf("%d mails about a known browser", n)
		}
		p.browser().enter(noorAddress, "wrong wrong wrong")
		p.exec(`UPDATE accounts SET language = 'nl' WHERE id = $1`, noor)
		p.signedIn(noorAddress)
		list := mails(noorAddress)
		if len(list) != 1 {
			t.Fatalf("%d mails about a new browser, want 1", len(list))
		}
		for _, want := range []string{"Nieuwe browser aangemeld bij uw account", "Dit was ik niet", "192.0.2.1", noorAddress, "Wanneer"} {
			if !strings.Contains(list[0].Subject+list[0].Text, want) {
				t.Errorf("the mail lacks %q:\n%s\n%s", want, list[0].Subject, list[0].Text)
			}
		}
		for range 7 { // never capped
			p.signedIn(noorAddress)
		}
		if n := len(mails(noorAddress)); n != 8 {
			t.Errorf("%d mails about eight new browsers", n)
		}
		secret := notMe.FindString(list[0].Text)[len("/not-me/"):]
		if n := p.count(`SELECT count(*) FROM notices WHERE hash = $1`, []byte(secret)); n != 0 || secret == "" {
			t.Error("the link stands in the database as it is")
		}
	})
}

func TestNotice_work(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p, _ := settled(t, d)
		p.exec(`UPDATE tenants SET technical_contact = 'it@contoso.example' WHERE id = $1`, contoso)
		mails := posted(t, p)
		own := p.signedIn(noorAddress)
		thief := p.signedIn(noorAddress)
		link := notMe.FindString(mails(noorAddress)[0].Text)

		reader := p.browser().get(link).has("Wasn’t this you?", "192.0.2.1")
		again := reader.clone()
		thief.get("/").want(200, "") // looking changes nothing
		if strings.Contains(reader.page, "Noor") || strings.Contains(reader.page, "contoso") {
			t.Error("the page of a link names whose it is")
		}
		reader.submit(link).want(303, link)
		thief.get("/").want(303, "/sign-in?returnUrl=%2F")
		own.get("/").want(200, "")
		reader.follow().has("signed out", "it@contoso.example", "Contoso", "/password")
		again.submit(link).want(410, "")
		if list := mails(noorAddress); len(list) != 1 {
			t.Errorf("%d mails: a work account was mailed a link for a password", len(list))
		}
		if n := p.count(`SELECT count(*) FROM audit WHERE act = 'session.disown' AND result = 'done' AND tenant_id = $1 AND target = $2 AND actor_id = $2`, contoso, noorHere); n != 1 {
			t.Errorf("%d rows in the audit log", n)
		}
		// The browser is known no more: signing in there again is told again.
		thief.enter(noorAddress, secretWord).want(303, "/")
		if n := len(mails(noorAddress)); n != 2 {
			t.Errorf("%d mails after the disowned browser came back, want 2", n)
		}
	})
}

func TestNotice_mailbox(t *testing.T) {
	p := newPortal(t, dbtest.Open(t), "http://localhost:8080")
	p.account("", "", "mia@post.example", "Mia", true)
	mails := posted(t, p)
	p.signedIn("mia@post.example")
	thief := p.signedIn("mia@post.example")
	link := notMe.FindString(mails("mia@post.example")[0].Text)
	reader := p.browser().get(link)
	reader.submit(link).want(303, link).follow().has("mia@<wbr>post.example")
	thief.get("/").want(303, "/sign-in?returnUrl=%2F")
	list := mails("mia@post.example")
	if len(list) != 2 || !strings.Contains(list[1].Text, "/welcome/") {
		t.Fatalf("%d mails; none with a link for a new password", len(list))
	}
}

// In a browser of one's own the act leads right on to the new password.
func TestNotice_signedIn(t *testing.T) {
	p, _ := settled(t, dbtest.Open(t))
	mails := posted(t, p)
	own, thief := p.signedIn(noorAddress), p.signedIn(noorAddress)
	link := notMe.FindString(mails(noorAddress)[0].Text)
	own.get(link).submit(link).want(303, "/password")
	own.follow().want(200, "")
	thief.get("/").want(303, "/sign-in?returnUrl=%2F")
}

// Unknown, expired and wrong links are answered alike, and a link works once.
func TestNotice_dead(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p, _ := settled(t, d)
		mails := posted(t, p)
		p.signedIn(noorAddress)
		thief := p.signedIn(noorAddress)
		link := notMe.FindString(mails(noorAddress)[0].Text)
		unknown := p.browser().get("/not-me/"+strings.Repeat("A", 43)).want(410, "").has("This link no longer works")
		readers := make([]*browser, 8)
		for i := range readers {
			readers[i] = p.browser().get(link)
		}
		var wait sync.WaitGroup
		for _, r := range readers {
			wait.Go(func() { r.submit(link) })
		}
		wait.Wait()
		done := 0
		for _, r := range readers {
			if r.status == http.StatusSeeOther {
				done++
			} else if r.status != http.StatusGone {
				t.Errorf("answered %d: %.200s", r.status, r.page)
			}
		}
		if done != 1 || p.audited("session.disown", "") != 1 {
			t.Errorf("the link worked %d times", done)
		}
		thief.get("/").want(303, "/sign-in?returnUrl=%2F")
		p.d.SetShift(8 * 24 * time.Hour)
		if late := p.browser().get(link).want(410, ""); len(late.page) != len(unknown.page) {
			t.Error("an expired link and an unknown one read differently")
		}
		if err := p.signin.Sweep(context.Background()); err != nil {
			t.Fatal(err)
		}
		if n := p.count(`SELECT count(*) FROM notices`); n != 0 {
			t.Errorf("%d notices stay after their time", n)
		}
	})
}
