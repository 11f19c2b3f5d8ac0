package outbox_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"sojourn/internal/db"
	"sojourn/internal/dbtest"
	"sojourn/internal/mail"
	"sojourn/internal/outbox"
	"sojourn/internal/secret"
)

func TestFlush_givesUp(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := &recorder{fail: func() error { return errors.New("no route to noor@contoso.example") }}
		o := box(t, d, r)
		put(t, o, "leave 1", "noor@contoso.example")
		for hours := 0; hours < 100; hours++ {
			d.SetShift(time.Duration(hours) * time.Hour)
			flush(t, o)
		}
		v := rows(t, d)[0]
		if v.dead.IsZero() || v.payload == nil || v.tries != len(r.sent()) || v.tries < 5 || v.tries > 12 {
			t.Errorf("after %d tries: %+v", len(r.sent()), v)
		}
		if v.reason != "other" || strings.Contains(v.reason, "noor") {
			t.Errorf("the row tells %q", v.reason)
		}
	})
}

func TestFlush_afterADeath(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		var r recorder
		o := box(t, d, &r)
		put(t, o, "leave 1", "noor@contoso.example")
		held, err := o.ClaimAndDie(ctx)
		if err != nil || len(held) != 1 {
			t.Fatalf("%v, %v", held, err)
		}
		flush(t, o)
		if n := len(r.sent()); n != 0 {
			t.Fatalf("sent under another's lease")
		}
		d.SetShift(outbox.Lease + time.Second)
		flush(t, o)
		if got := r.sent(); len(got) != 1 || got[0] != held[0] {
			t.Errorf("sent as %v; want %v", got, held)
		}
	})
}

// A mail at which the process dies each time does not kill it for ever.
func TestFlush_poison(t *testing.T) {
	d := dbtest.Open(t)
	ctx := context.Background()
	var r recorder
	o := box(t, d, &r)
	put(t, o, "leave 1", "noor@contoso.example")
	for i := range 12 {
		d.SetShift(time.Duration(i) * 2 * outbox.Lease)
		if held, err := o.ClaimAndDie(ctx); err != nil || len(held) != 1 {
			t.Fatalf("%v, %v", held, err)
		}
	}
	d.SetShift(13 * 2 * outbox.Lease)
	flush(t, o)
	if v := rows(t, d)[0]; len(r.sent()) != 0 || v.dead.IsZero() || v.reason != "died trying" {
		t.Errorf("%d sent; %+v", len(r.sent()), v)
	}
}

func TestFlush_panicWaits(t *testing.T) {
	d := dbtest.Open(t)
	r := &recorder{fail: func() error { panic("noor@contoso.example") }}
	o := box(t, d, r)
	put(t, o, "leave 1", "noor@contoso.example")
	put(t, o, "leave 2", "noor@contoso.example")
	flush(t, o)
	for _, v := range rows(t, d) {
		if v.reason != "panic" || v.payload == nil || v.tries != 1 {
			t.Errorf("after a panic: %+v", v)
		}
	}
}

func TestFlush_otherKeyWaits(t *testing.T) {
	d := dbtest.Open(t)
	var r recorder
	put(t, box(t, d, &r), "leave 1", "noor@contoso.example")
	other, err := secret.New(bytes.Repeat([]byte{9}, secret.KeySize))
	if err != nil {
		t.Fatal(err)
	}
	wrong := box(t, d, &r)
	wrong.Box = other
	flush(t, wrong)
	if v := rows(t, d)[0]; v.payload == nil || v.reason != "other key" || !v.dead.IsZero() {
		t.Errorf("with another key: %+v", v)
	}
	d.SetShift(5 * time.Minute)
	flush(t, box(t, d, &r))
	if n := len(r.sent()); n != 1 {
		t.Errorf("%d sent with the right key again", n)
	}
}

func TestFlush_twoWorkersSendEachOnce(t *testing.T) {
	dbtest.EachSource(t, func(t *testing.T, source string) {
		const mails = 200
		s, sender := sink(t, nil)
		one, two := box(t, dbtest.Connect(t, source), sender), box(t, dbtest.Connect(t, source), sender)
		err := one.DB.Tx(context.Background(), func(tx *db.Tx) error {
			for i := range mails {
				m := outbox.Mail{Dedupe: fmt.Sprint(i), Letter: letter(fmt.Sprintf("person%d@contoso.example", i))}
				if err := one.Put(context.Background(), tx, m); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		results := make(chan error, 4)
		for _, o := range []*outbox.Outbox{one, two, one, two} {
			go func() { results <- o.Flush(context.Background()) }()
		}
		for range 4 {
			if err := <-results; err != nil {
				t.Fatal(err)
			}
		}
		times := map[string]int{}
		for _, m := range s.Messages() {
			times[m.To]++
		}
		for to, n := range times {
			if n != 1 {
				t.Errorf("%s got %d", to, n)
			}
		}
		if len(times) != mails {
			t.Errorf("%d of %d arrived", len(times), mails)
		}
		for _, r := range rows(t, one.DB) {
			if r.payload != nil || r.sent.IsZero() {
				t.Errorf("left: %+v", r)
			}
		}
	})
}

// slow is a Sender that waits until it may go on.
type slow struct {
	begun, goOn chan struct{}
	recorder
}

func (s *slow) Send(ctx context.Context, l mail.Letter, messageID string) error {
	s.begun <- struct{}{}
	<-s.goOn
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return s.recorder.Send(ctx, l, messageID)
}

func TestRun_wakesOnPutAndStopsGracefully(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := &slow{begun: make(chan struct{}, 100), goOn: make(chan struct{})}
		o := box(t, d, s)
		ctx, cancel := context.WithCancel(context.Background())
		done := make(chan struct{})
		go func() { o.Run(ctx); close(done) }()
		time.Sleep(100 * time.Millisecond) // past the first round
		start := time.Now()
		err := d.Tx(ctx, func(tx *db.Tx) error {
			for i := range 6 {
				if err := o.Put(ctx, tx, outbox.Mail{Dedupe: fmt.Sprint(i), Letter: letter("noor@contoso.example")}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		for range 4 { // as many as are sent at once
			select {
			case <-s.begun:
			case <-time.After(10 * time.Second):
				t.Fatal("Run does not send")
			}
		}
		if waited := time.Since(start); waited > 1500*time.Millisecond {
			t.Errorf("Run woke after %v", waited)
		}
		cancel()
		close(s.goOn)
		select {
		case <-done:
		case <-time.After(10 * time.Second):
			t.Fatal("Run does not stop")
		}
		sent, back := 0, 0
		for _, r := range rows(t, d) {
			switch {
			case !r.sent.IsZero():
				sent++
			case r.tries == 0 && r.payload != nil:
				back++
			}
		}
		if sent != 4 || back != 2 {
			t.Errorf("%d sent and %d given back; want 4 and 2", sent, back)
		}
		s.goOn = nil
		next := box(t, d, &s.recorder)
		flush(t, next) // nothing waits for a lease to end
		if n := len(s.sent()); n != 6 {
			t.Errorf("%d sent in the end", n)
		}
	})
}

func TestPrune(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		o := box(t, d, &recorder{})
		put(t, o, "old", "noor@contoso.example")
		flush(t, o)
		put(t, o, "waiting", "noor@contoso.example")
		if n, err := outbox.Prune(ctx, d, d.Now().Add(-time.Hour)); n != 0 || err != nil {
			t.Errorf("pruned %d, %v", n, err)
		}
		if n, err := outbox.Prune(ctx, d, d.Now().Add(time.Hour)); n != 1 || err != nil {
			t.Errorf("pruned %d, %v", n, err)
		}
		if n := len(rows(t, d)); n != 1 {
			t.Errorf("%d rows left", n)
		}
	})
}
