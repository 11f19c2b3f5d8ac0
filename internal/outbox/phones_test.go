package outbox_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"sojourn/internal/db"
	"sojourn/internal/dbtest"
	"sojourn/internal/outbox"
)

// phones is a Sender of texts and calls that keeps what it was given.
type phones struct {
	mu   sync.Mutex
	got  []outbox.Message
	ids  []string
	fail error
}

func (p *phones) Send(_ context.Context, m outbox.Message, id string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ids = append(p.ids, id)
	if p.fail != nil {
		return p.fail
	}
	p.got = append(p.got, m)
	return nil
}

const number = "+31612345642"

func putText(t *testing.T, o *outbox.Outbox, dedupe string, expires time.Time) {
	t.Helper()
	err := o.DB.Tx(context.Background(), func(tx *db.Tx) error {
		return o.PutText(context.Background(), tx, outbox.Text{
			Dedupe: dedupe, Tenant: "t1", Account: "a1", To: number, Text: "Your code is 048213.", Language: "en", ExpiresAt: expires,
		})
	})
	if err != nil {
		t.Fatal(err)
	}
}

func putCall(t *testing.T, o *outbox.Outbox, dedupe string) {
	t.Helper()
	err := o.DB.Tx(context.Background(), func(tx *db.Tx) error {
		return o.PutCall(context.Background(), tx, outbox.Call{
			Dedupe: dedupe, Tenant: "t1", Account: "a1", To: "+31206241111", Extension: "12", Spoken: "Your code is 048213.", Language: "nl",
		})
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestPhones_each(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var r recorder
		var texts, calls phones
		o := box(t, d, &r)
		o.Texts, o.Calls = &texts, &calls
		put(t, o, "mail", "noor@contoso.example")
		putText(t, o, "text", time.Time{})
		putCall(t, o, "call")
		for _, v := range rows(t, d) {
			for _, told := range []string{number, "048213", "0, 4", "noor"} {
				if bytes.Contains(v.payload, []byte(told)) {
					t.Errorf("the database holds %q in the clear", told)
				}
			}
		}
		flush(t, o)
		flush(t, o)
		if len(r.sent()) != 1 || len(texts.got) != 1 || len(calls.got) != 1 {
			t.Fatalf("%d mails, %+v, %+v", len(r.sent()), texts.got, calls.got)
		}
		if m := texts.got[0]; m.To != number || m.Text != "Your code is 048213." || m.Channel != outbox.ByText || m.Language != "en" {
			t.Errorf("the text: %+v", m)
		}
		if m := calls.got[0]; m.Text != "Your code is 0, 4, 8, 2, 1, 3." || m.Extension != "12" || m.Channel != outbox.ByVoice || m.Language != "nl" {
			t.Errorf("the call: %+v", m)
		}
		for _, v := range rows(t, d) {
			if v.payload != nil || v.sent.IsZero() {
				t.Errorf("left: %+v", v)
			}
		}
		for _, c := range o.Counts() {
			if want := map[bool]int64{true: 1}[c.Result == outbox.Sent]; c.N != want {
				t.Errorf("counted %+v", c)
			}
		}
	})
}

// What a channel nobody serves waits for does not go out by another one.
func TestPhones_noneOffered(t *testing.T) {
	d := dbtest.Open(t)
	var r recorder
	o := box(t, d, &r)
	putText(t, o, "code", d.Now().Add(10*time.Minute))
	putText(t, o, "notice", time.Time{})
	flush(t, o)
	if n, _, err := o.Waiting(context.Background()); n != 2 || len(r.sent()) != 0 || err != nil || o.Delivers(outbox.ByText) || !o.Delivers(outbox.ByMail) {
		t.Errorf("%d wait, %d sent, %v", n, len(r.sent()), err)
	}
	d.SetShift(2 * time.Hour)
	if err := o.Sweep(context.Background()); err != nil {
		t.Fatal(err)
	}
	for _, v := range rows(t, d) {
		if (v.reason == "expired") != (v.payload == nil) || v.reason == "expired" && v.dead.IsZero() {
			t.Errorf("after two hours: %+v", v)
		}
	}
}

func TestPhones_expired(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		texts := phones{fail: errors.New("no")}
		o := box(t, d, &recorder{})
		o.Texts = &texts
		putText(t, o, "code", d.Now().Add(10*time.Minute))
		flush(t, o)
		if v := rows(t, d)[0]; v.tries != 1 || v.reason != "other" || !v.dead.IsZero() {
			t.Errorf("after the first try: %+v", v)
		}
		texts.fail = nil
		d.SetShift(10*time.Minute + time.Second)
		flush(t, o)
		v := rows(t, d)[0]
		if v.reason != "expired" || v.dead.IsZero() || len(texts.got) != 0 || len(texts.ids) != 1 {
			t.Errorf("after its time: %+v, %+v", v, texts.got)
		}
		one, found, err := o.UndeliveredBy(context.Background(), d, "t1", v.id)
		if err != nil || !found || one.To != number || one.Again {
			t.Errorf("%+v, %t, %v", one, found, err)
		}
		plain, err := o.Box.Open("outbox", "t1", v.id, v.payload)
		if err != nil || strings.Contains(string(plain), "048213") {
			t.Errorf("what is left: %s, %v", plain, err)
		}
		err = d.Tx(context.Background(), func(tx *db.Tx) error { return o.Again(context.Background(), tx, "t1", one) })
		if err == nil {
			t.Error("a code that is of no use was tried again")
		}
	})
}

func TestPut_refusesNoNumber(t *testing.T) {
	d := dbtest.Open(t)
	o := box(t, d, &recorder{})
	for _, to := range []string{"", "0612345678", "+", "+31 612345678", "+0612345678", "tel:+31612345678", "+31612345678\r\n"} {
		err := d.Tx(context.Background(), func(tx *db.Tx) error {
			return errors.Join(
				wantErr(o.PutText(context.Background(), tx, outbox.Text{Dedupe: "x", To: to, Text: "x"})),
				wantErr(o.PutCall(context.Background(), tx, outbox.Call{Dedupe: "x", To: to, Spoken: "x"})))
		})
		if err != nil {
			t.Errorf("%q: %v", to, err)
		}
	}
}

func wantErr(err error) error {
	if err == nil {
		return errors.New("was taken")
	}
	return nil
}

func refuse(t *testing.T, o *outbox.Outbox, n int) {
	t.Helper()
	o.Texts = &phones{fail: &outbox.Failure{Class: "twilio 21614", Permanent: true}}
	for i := range n {
		putText(t, o, strings.Repeat("x", i+1), time.Time{})
	}
	flush(t, o)
}

func TestUndelivered(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		o := box(t, d, &recorder{})
		refuse(t, o, 5)
		var all []outbox.Undelivered
		at, id := int64(1<<62), ""
		for {
			page, err := o.Undelivered(ctx, d, "t1", at, id, 2)
			if err != nil {
				t.Fatal(err)
			}
			if all = append(all, page...); len(page) < 2 {
				break
			}
			at, id = page[1].GivenUpAt.UnixMicro(), page[1].ID
		}
		if len(all) != 5 {
			t.Fatalf("%d are listed", len(all))
		}
		for _, one := range all {
			if one.To != number || one.Channel != outbox.ByText || one.Account != "a1" || one.Tries != 1 || one.Reason != "twilio 21614" || !one.Again || one.GivenUpAt.IsZero() {
				t.Errorf("%+v", one)
			}
		}
		if list, err := o.Undelivered(ctx, d, "t2", 1<<62, "", 9); len(list) != 0 || err != nil {
			t.Errorf("another tenant reads %+v, %v", list, err)
		}
		if _, found, err := o.UndeliveredBy(ctx, d, "t2", all[0].ID); found || err != nil {
			t.Errorf("another tenant finds it, %v", err)
		}

		d.SetShift(10 * 24 * time.Hour) // long after the three days in which a new one is tried
		texts := &phones{}
		o.Texts = texts
		err := d.Tx(ctx, func(tx *db.Tx) error {
			if err := o.Again(ctx, tx, "t1", all[0]); err != nil {
				return err
			}
			return o.Discard(ctx, tx, "t1", all[1].ID)
		})
		if err != nil {
			t.Fatal(err)
		}
		texts.fail = errors.New("away")
		flush(t, o)
		texts.fail = nil
		d.SetShift(10*24*time.Hour + 5*time.Minute)
		flush(t, o)
		if len(texts.got) != 1 || texts.ids[0] != all[0].ID {
			t.Errorf("tried again: %+v", texts)
		}
		if list, err := o.Undelivered(ctx, d, "t1", 1<<62, "", 9); len(list) != 3 || err != nil {
			t.Errorf("%d are left, %v", len(list), err)
		}
		if err := d.Tx(ctx, func(tx *db.Tx) error { return o.Forget(ctx, tx, "t1", "a1") }); err != nil {
			t.Fatal(err)
		}
		if list, err := o.Undelivered(ctx, d, "t1", 1<<62, "", 9); len(list) != 0 || err != nil {
			t.Errorf("%d are left of who was erased, %v", len(list), err)
		}
		for _, v := range rows(t, d) {
			if v.payload != nil {
				t.Errorf("left: %+v", v)
			}
		}
	})
}

func TestSweep(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		o := box(t, d, &recorder{})
		refuse(t, o, 2)
		for _, c := range []struct{ days, rows, listed int }{{29, 2, 2}, {31, 2, 0}, {91, 0, 0}} {
			d.SetShift(time.Duration(c.days) * 24 * time.Hour)
			if err := o.Sweep(ctx); err != nil {
				t.Fatal(err)
			}
			list, err := o.Undelivered(ctx, d, "t1", 1<<62, "", 9)
			if err != nil || len(list) != c.listed {
				t.Errorf("after %d days %d are listed, %v", c.days, len(list), err)
			}
			left := rows(t, d)
			if len(left) != c.rows {
				t.Errorf("after %d days %d rows", c.days, len(left))
			}
			for _, v := range left {
				if (v.payload != nil) != (c.listed > 0) {
					t.Errorf("after %d days: %+v", c.days, v)
				}
			}
		}
	})
}

// Nobody has what is no organization's tried again: it is wiped at once.
func TestGivenUp_ofNoOrganization(t *testing.T) {
	d := dbtest.Open(t)
	o := box(t, d, &recorder{fail: func() error { return &outbox.Failure{Class: "x", Permanent: true} }})
	err := d.Tx(context.Background(), func(tx *db.Tx) error {
		return o.Put(context.Background(), tx, outbox.Mail{Dedupe: "x", Letter: letter("noor@contoso.example")})
	})
	if err != nil {
		t.Fatal(err)
	}
	flush(t, o)
	if v := rows(t, d)[0]; v.payload != nil || v.dead.IsZero() {
		t.Errorf("%+v", v)
	}
}
