package db_test

import (
	"context"
	"errors"
	"reflect"
	"testing"
	"time"

	"sojourn/internal/db"
	"sojourn/internal/dbtest"
)

func TestWhere(t *testing.T) {
	var w db.Where
	w.And("tenant_id = $?", "t")
	w.And("deleted_at IS NULL")
	w.And("(sort_key, id) > ($?, $?)", []byte("k"), "i")
	if got, want := w.Text(), "tenant_id = $1 AND deleted_at IS NULL AND (sort_key, id) > ($2, $3)"; got != want {
		t.Errorf("text %q; want %q", got, want)
	}
	if got, want := w.Args(), []any{"t", []byte("k"), "i"}; !reflect.DeepEqual(got, want) {
		t.Errorf("args %v; want %v", got, want)
	}
}

func TestWhere_runsOnBoth(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		for i, name := range []string{"a", "b", "c"} {
			if err := addLease(ctx, d, name, int64(i)); err != nil {
				t.Fatal(err)
			}
		}
		var w db.Where
		w.And("owner = $?", "test")
		w.And("(until, name) > ($?, $?)", 0, "a")
		got, err := db.All(ctx, d, db.Text, "SELECT name FROM leases WHERE "+w.Text()+" ORDER BY name", w.Args()...)
		if err != nil || !reflect.DeepEqual(got, []string{"b", "c"}) {
			t.Fatalf("%v, %v; want [b c]", got, err)
		}
	})
}

func TestScan_roundTrips(t *testing.T) {
	type row struct {
		tenant, account string
		payload         []byte
		next, sent      time.Time
	}
	write := func(ctx context.Context, c db.Conn, id string, r row) error {
		_, err := c.Exec(ctx, `
			INSERT INTO outbox (id, channel, dedupe_key, tenant_id, account_id, payload, created_at, attempts, next_at, lease_until, sent_at, last_error)
			VALUES ($1, 'mail', $1, $2, $3, $4, 0, 0, $5, 0, $6, '')`,
			id, db.Null(r.tenant), db.Null(r.account), r.payload, db.Micros(r.next), db.Micros(r.sent))
		return err
	}
	scan := func(r db.Row) (v row, err error) {
		err = r.Scan(db.Opt(&v.tenant), db.Opt(&v.account), &v.payload, db.At(&v.next), db.At(&v.sent))
		return
	}
	at := time.Date(2026, 5, 12, 7, 41, 3, 123456000, time.UTC)
	rows := map[string]row{
		"set":   {tenant: "Ünïcode 你好", account: "x", payload: []byte{0, 255}, next: at, sent: at.Add(-time.Hour)},
		"empty": {next: at.In(time.FixedZone("", 7200))},
		"early": {next: time.UnixMicro(-1).UTC()},
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		for id, want := range rows {
			if err := write(ctx, d, id, want); err != nil {
				t.Fatal(err)
			}
			want.next = want.next.UTC()
			got, found, err := db.Maybe(ctx, d, scan, "SELECT tenant_id, account_id, payload, next_at, sent_at FROM outbox WHERE id = $1", id)
			if err != nil || !found || !reflect.DeepEqual(got, want) {
				t.Errorf("%s: %+v, %v, %v; want %+v", id, got, found, err, want)
			}
		}
		_, found, err := db.Maybe(ctx, d, scan, "SELECT tenant_id, account_id, payload, next_at, sent_at FROM outbox WHERE id = $1", "none")
		if found || err != nil {
			t.Errorf("a missing row: %v, %v", found, err)
		}
		if _, err := db.One(ctx, d, db.Text, "SELECT id FROM outbox WHERE id = 'none'"); !errors.Is(err, db.ErrNone) {
			t.Errorf("One without a row: %v", err)
		}
		if n, err := db.Changed(ctx, d, "UPDATE outbox SET attempts = 1 WHERE tenant_id IS NULL"); n != 2 || err != nil {
			t.Errorf("Changed: %d, %v", n, err)
		}
	})
}

func TestScan_refusesAnotherType(t *testing.T) {
	var at time.Time
	if err := db.At(&at).Scan("2026-05-12"); err == nil {
		t.Error("a text was taken for a time")
	}
	var s string
	if err := db.Opt(&s).Scan(int64(1)); err == nil {
		t.Error("a number was taken for a text")
	}
}
