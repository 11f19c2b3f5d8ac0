package outbox_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"sojourn/internal/db"
	"sojourn/internal/dbtest"
	"sojourn/internal/outbox"
)

// What was taken back is not sent later, whatever becomes of the try that has begun.
func TestRecall(t *testing.T) {
	ctx := context.Background()
	failing := func(o *outbox.Outbox, r *recorder, fail error, recall func()) error {
		r.fail = func() error { recall(); return fail }
		return o.Flush(ctx)
	}
	for name, test := range map[string]struct {
		work func(o *outbox.Outbox, r *recorder, recall func()) error // takes it back at some moment
		gone bool                                                     // what taking it back answered
		sent bool                                                     // what the row says in the end
	}{
		"nobody holds it": {func(_ *outbox.Outbox, _ *recorder, recall func()) error { recall(); return nil }, false, false},
		"and the try goes wrong": {func(o *outbox.Outbox, r *recorder, recall func()) error {
			return failing(o, r, errors.New("no route"), recall)
		}, true, false},
		"and it is given up": {func(o *outbox.Outbox, r *recorder, recall func()) error {
			return failing(o, r, &outbox.Failure{Class: "payload", Permanent: true}, recall)
		}, true, false},
		"and it goes out":           {func(o *outbox.Outbox, r *recorder, recall func()) error { return failing(o, r, nil, recall) }, true, true},
		"and the worker is stopped": {func(o *outbox.Outbox, _ *recorder, recall func()) error { return o.ClaimAndGiveBack(ctx, recall) }, true, false},
		"and the worker dies": {func(o *outbox.Outbox, _ *recorder, recall func()) error {
			_, err := o.ClaimAndDie(ctx)
			recall()
			return err
		}, true, false},
	} {
		t.Run(name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				var r recorder
				o := box(t, d, &r)
				put(t, o, "closing", "noor@contoso.example")
				recall := func() {
					err := d.Tx(ctx, func(tx *db.Tx) error {
						gone, err := o.Recall(ctx, tx, "closing")
						if gone != test.gone {
							t.Errorf("it has gone out: %t, want %t", gone, test.gone)
						}
						return err
					})
					if err != nil {
						t.Error(err)
					}
				}
				if err := test.work(o, &r, recall); err != nil {
					t.Fatal(err)
				}
				tried := len(r.sent())
				r.fail = nil
				for hours := range 30 {
					d.SetShift(time.Duration(hours+1) * time.Hour)
					flush(t, o)
				}
				v := rows(t, d)[0]
				if len(r.sent()) != tried || v.payload != nil || v.sent.IsZero() == test.sent {
					t.Errorf("tried %d times, then %d times more: %+v", tried, len(r.sent())-tried, v)
				}
			})
		})
	}
}

// A worker claims several at once: what is recalled while it sends the first is left.
func TestRecall_amongABatch(t *testing.T) {
	ctx := context.Background()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var (
			r    recorder
			once sync.Once
		)
		o := box(t, d, &r)
		for i := range outbox.Batch {
			put(t, o, fmt.Sprint("notice ", i), "noor@contoso.example")
		}
		recallAll := func() {
			err := d.Tx(ctx, func(tx *db.Tx) error {
				for i := range outbox.Batch {
					if _, err := o.Recall(ctx, tx, fmt.Sprint("notice ", i)); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		}
		r.fail = func() error { once.Do(recallAll); return nil }
		flush(t, o)
		if n := len(r.sent()); n == 0 || n > outbox.Senders {
			t.Errorf("%d went out, want those that had begun, %d at most", n, outbox.Senders)
		}
	})
}
