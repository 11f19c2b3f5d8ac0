package outbox_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"sync"
	"testing"
	"time"

	"sojourn/internal/db"
	"sojourn/internal/dbtest"
	"sojourn/internal/id"
	"sojourn/internal/mail"
	"sojourn/internal/outbox"
	"sojourn/internal/smtpsink"
)

const link = "https://sojourn.example/links/s3cr3t-0f-4-link"

func letter(to string) mail.Letter {
	return mail.Letter{
		Language: "en", Dir: "ltr", To: to, Subject: "You left Fabrikam", Title: "You left Fabrikam",
		Button: mail.Button{Text: "See the receipt", URL: link}, Brand: "Sojourn",
	}
}

// recorder is a Sender that keeps what it was given.
type recorder struct {
	mu   sync.Mutex
	ids  []string
	fail func() error
}

func (r *recorder) Send(_ context.Context, l mail.Letter, messageID string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ids = append(r.ids, messageID)
	if r.fail != nil {
		return r.fail()
	}
	return nil
}

func (r *recorder) sent() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]string(nil), r.ids...)
}

func box(t *testing.T, d *db.DB, s mail.Sender) *outbox.Outbox {
	t.Helper()
	return &outbox.Outbox{DB: d, Box: dbtest.Box(t), IDs: id.System, Sender: s, Log: slog.New(slog.NewTextHandler(io.Discard, nil))}
}

func put(t *testing.T, o *outbox.Outbox, dedupe, to string) {
	t.Helper()
	err := o.DB.Tx(context.Background(), func(tx *db.Tx) error {
		return o.Put(context.Background(), tx, outbox.Mail{Dedupe: dedupe, Tenant: "t1", Account: "a1", Letter: letter(to)})
	})
	if err != nil {
		t.Fatal(err)
	}
}

func flush(t *testing.T, o *outbox.Outbox) {
	t.Helper()
	if err := o.Flush(context.Background()); err != nil {
		t.Fatal(err)
	}
}

// row is what the database holds of a mail.
type row struct {
	id            string
	payload       []byte
	tries         int
	next, sent    time.Time
	dead, created time.Time
	reason        string
}

func rows(t *testing.T, d *db.DB) []row {
	t.Helper()
	scan := func(r db.Row) (v row, err error) {
		err = r.Scan(&v.id, &v.payload, &v.tries, db.At(&v.next), db.At(&v.sent), db.At(&v.dead), db.At(&v.created), &v.reason)
		return
	}
	all, err := db.All(context.Background(), d, scan, "SELECT id, payload, attempts, next_at, sent_at, dead_at, created_at, last_error FROM outbox ORDER BY id")
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestPut_rolledBackSendsNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var r recorder
		o := box(t, d, &r)
		changedMind := errors.New("changed my mind")
		err := d.Tx(context.Background(), func(tx *db.Tx) error {
			if err := o.Put(context.Background(), tx, outbox.Mail{Dedupe: "leave 1", Letter: letter("noor@contoso.example")}); err != nil {
				return err
			}
			return changedMind
		})
		if !errors.Is(err, changedMind) {
			t.Fatal(err)
		}
		flush(t, o)
		if n := len(r.sent()) + len(rows(t, d)); n != 0 {
			t.Errorf("something is left of it")
		}
	})
}

func TestPut_sameKeyIsSentOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var r recorder
		o := box(t, d, &r)
		put(t, o, "leave 1", "noor@contoso.example")
		put(t, o, "leave 1", "noor@contoso.example")
		put(t, o, "leave 2", "noor@contoso.example")
		flush(t, o)
		put(t, o, "leave 1", "noor@contoso.example")
		flush(t, o)
		if n := len(r.sent()); n != 2 {
			t.Errorf("%d mails went out; want two", n)
		}
		err := d.Tx(context.Background(), func(tx *db.Tx) error {
			return o.Put(context.Background(), tx, outbox.Mail{Letter: letter("noor@contoso.example")})
		})
		if err == nil {
			t.Error("a mail without a key was accepted")
		}
	})
}

func TestPut_sealsTheLink(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := box(t, d, &recorder{})
		put(t, o, "leave 1", "noor@contoso.example")
		kept := rows(t, d)[0].payload
		if d.Name() == "sqlite" {
			for _, name := range []string{d.Path(), d.Path() + "-wal"} {
				data, err := os.ReadFile(name)
				if err != nil {
					t.Fatal(err)
				}
				kept = append(kept, data...)
			}
		}
		for _, secret := range []string{"s3cr3t", "sojourn.example", "noor", "Fabrikam"} {
			if bytes.Contains(kept, []byte(secret)) {
				t.Errorf("the database holds %q in the clear", secret)
			}
		}
	})
}

func sink(t *testing.T, refuse func(string) int) (*smtpsink.Sink, mail.SMTP) {
	t.Helper()
	s := &smtpsink.Sink{Refuse: refuse}
	if err := s.Listen("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s, mail.SMTP{Host: s.Host(), Port: s.Port(), TLS: mail.TLSNone, From: "no-reply@sojourn.example", HELO: "test"}
}

func TestFlush_sendsAndWipes(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, sender := sink(t, nil)
		o := box(t, d, sender)
		for i := range 30 {
			put(t, o, fmt.Sprint(i), fmt.Sprintf("person%d@contoso.example", i))
		}
		flush(t, o)
		got := s.To("person7@contoso.example")
		if len(s.Messages()) != 30 || len(got) != 1 || !bytes.Contains([]byte(got[0].Text), []byte(link)) {
			t.Fatalf("%d mails arrived", len(s.Messages()))
		}
		ids := map[string]bool{}
		for _, m := range s.Messages() {
			ids[m.Header.Get("Message-Id")] = true
		}
		for _, r := range rows(t, d) {
			if r.payload != nil || r.sent.IsZero() || !r.dead.IsZero() || r.tries != 1 {
				t.Errorf("after sending: %+v", r)
			}
			if !ids["<"+r.id+"@sojourn.example>"] {
				t.Errorf("no mail bears the id of row %s", r.id)
			}
		}
	})
}

func TestFlush_temporaryRefusal(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var mu sync.Mutex
		code := 450
		s, sender := sink(t, func(string) int { mu.Lock(); defer mu.Unlock(); return code })
		o := box(t, d, sender)
		put(t, o, "leave 1", "noor@contoso.example")
		flush(t, o)
		flush(t, o) // not due any more
		r := rows(t, d)[0]
		if r.tries != 1 || r.payload == nil || r.reason != "smtp 450" {
			t.Errorf("after a 450: %+v", r)
		}
		if wait := r.next.Sub(r.created); wait < 48*time.Second || wait > 80*time.Second {
			t.Errorf("the next try is after %v", wait)
		}
		mu.Lock()
		code = 0
		mu.Unlock()
		d.SetShift(2 * time.Minute)
		flush(t, o)
		if n := len(s.To("noor@contoso.example")); n != 1 {
			t.Errorf("%d mails arrived", n)
		}
		if r := rows(t, d)[0]; r.sent.IsZero() || r.tries != 2 || r.reason != "" || r.payload != nil {
			t.Errorf("after the second try: %+v", r)
		}
	})
}

func TestFlush_permanentRefusal(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, sender := sink(t, func(string) int { return 550 })
		o := box(t, d, sender)
		put(t, o, "refused", "noor@contoso.example")
		put(t, o, "no address", "noor")
		flush(t, o)
		for _, r := range rows(t, d) {
			if r.dead.IsZero() || !r.sent.IsZero() || r.payload == nil || r.tries != 1 {
				t.Errorf("after a permanent refusal: %+v", r)
			}
		}
		for _, reason := range []string{"smtp 550", "address"} {
			n, err := db.Count(context.Background(), d, `SELECT count(*) FROM outbox WHERE last_error = $1 AND dead_at IS NOT NULL`, reason)
			if err != nil || n != 1 {
				t.Errorf("%d are given up for %s, want 1 (%v)", n, reason, err)
			}
		}
		d.SetShift(24 * time.Hour)
		flush(t, o)
		if n := len(s.Messages()); n != 0 {
			t.Errorf("%d mails arrived", n)
		}
	})
}
