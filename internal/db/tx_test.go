package db_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sojourn/internal/db"
	"sojourn/internal/dbtest"
	"sojourn/internal/fault"
)

func addLease(ctx context.Context, c db.Conn, name string, until int64) error {
	_, err := c.Exec(ctx, "INSERT INTO leases (name, owner, until) VALUES ($1, $2, $3)", name, "test", until)
	return err
}

func countLeases(t *testing.T, c db.Conn) int {
	t.Helper()
	n, err := db.Count(context.Background(), c, "SELECT count(*) FROM leases")
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// Each of two transactions counts the rows and then adds one that says how many
// there were: only one after the other gives 0 and 1.
func TestTx_conflictingOnesRunAgain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		var bodies atomic.Int64
		var both sync.WaitGroup
		both.Add(2)
		act := func(name string) error {
			first := true
			return d.Tx(ctx, func(tx *db.Tx) error {
				bodies.Add(1)
				n, err := db.Count(ctx, tx, "SELECT count(*) FROM leases")
				if err != nil {
					return err
				}
				if first && d.Name() == "postgres" { // SQLite lets one in at a time
					first = false
					both.Done()
					both.Wait()
				}
				return addLease(ctx, tx, name, int64(n))
			})
		}
		results := make(chan error, 2)
		go func() { results <- act("a") }()
		go func() { results <- act("b") }()
		for range 2 {
			if err := <-results; err != nil {
				t.Fatal(err)
			}
		}
		found, err := db.All(ctx, d, db.Int, "SELECT until FROM leases ORDER BY until")
		if err != nil || len(found) != 2 || found[0] != 0 || found[1] != 1 {
			t.Fatalf("counted %v, %v; want [0 1]", found, err)
		}
		want := int64(2)
		if d.Name() == "postgres" {
			want = 3
		}
		if bodies.Load() < want {
			t.Errorf("the bodies ran %d times; want %d at least", bodies.Load(), want)
		}
	})
}

func TestTx_errorRollsBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		refused := fault.New(fault.Conflict, "no", "x")
		err := d.Tx(ctx, func(tx *db.Tx) error {
			if err := addLease(ctx, tx, "a", 1); err != nil {
				return err
			}
			return refused
		})
		if !errors.Is(err, refused) {
			t.Fatalf("got %v; want the body's error", err)
		}
		if n := countLeases(t, d); n != 0 {
			t.Fatalf("%d rows stayed", n)
		}
	})
}

func TestTx_panicRollsBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		func() {
			defer func() { recover() }()
			d.Tx(ctx, func(tx *db.Tx) error {
				addLease(ctx, tx, "a", 1)
				panic("body")
			})
		}()
		if n := countLeases(t, d); n != 0 {
			t.Fatalf("%d rows stayed", n)
		}
		if err := d.Tx(ctx, func(tx *db.Tx) error { return addLease(ctx, tx, "b", 1) }); err != nil {
			t.Fatalf("after a panic: %v", err)
		}
	})
}

func TestTx_nowIsOneTimeAndMovesWithTheShift(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		at := func() (first, second time.Time) {
			err := d.Tx(context.Background(), func(tx *db.Tx) error {
				first = tx.Now()
				time.Sleep(2 * time.Millisecond)
				second = tx.Now()
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			return first, second
		}
		first, second := at()
		if !first.Equal(second) {
			t.Errorf("Now went from %v to %v", first, second)
		}
		if first.Location() != time.UTC || first.Nanosecond()%1000 != 0 {
			t.Errorf("Now is %v; want UTC and microseconds", first)
		}
		const day = 24 * time.Hour
		d.SetShift(30 * day)
		moved, _ := at()
		if by := moved.Sub(first); by < 30*day || by > 30*day+time.Minute {
			t.Errorf("a transaction's clock moved by %v", by)
		}
		if off := d.Now().Sub(moved); off < -time.Second || off > time.Minute {
			t.Errorf("a read's clock is %v from a transaction's", off)
		}
		if d.Shift() != 30*day {
			t.Errorf("Shift is %v", d.Shift())
		}
	})
}

func TestDB_measuresTheClock(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if err := d.MeasureClock(context.Background()); err != nil {
			t.Fatal(err)
		}
		if off := time.Since(d.Now()).Abs(); off > time.Minute {
			t.Errorf("Now is off by %v", off)
		}
	})
}

func TestDB_writerReadsItsOwnWrite(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		name, err := db.One(ctx, d.Writer(), db.Text,
			"INSERT INTO leases (name, owner, until) VALUES ($1, $2, $3) RETURNING name", "a", "test", 1)
		if err != nil || name != "a" {
			t.Fatalf("%q, %v", name, err)
		}
		if n := countLeases(t, d); n != 1 {
			t.Fatalf("%d rows", n)
		}
	})
}
