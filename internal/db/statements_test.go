package db_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"sojourn/internal/db"
	"sojourn/internal/dbtest"
)

const untilOf = "SELECT until FROM leases WHERE name = $1"

// A statement is kept: it must serve again after anything that can happen to it.
func TestStatements_serveAgain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		for round := range 3 {
			name := fmt.Sprintf("lease %d", round)
			if err := d.Tx(ctx, func(tx *db.Tx) error { return addLease(ctx, tx, name, int64(round)) }); err != nil {
				t.Fatal(err)
			}
			failed := d.Tx(ctx, func(tx *db.Tx) error { return addLease(ctx, tx, name, 7) })
			if failed == nil {
				t.Fatal("the same name was taken twice")
			}
			if n, err := db.Count(ctx, d, untilOf, name); err != nil || n != round {
				t.Errorf("%s: %d, %v", name, n, err)
			}
			if _, found, err := db.Maybe(ctx, d, db.Int, untilOf, "nothing"); found || err != nil {
				t.Errorf("nothing: found %t, %v", found, err)
			}
			undone := errors.New("undone")
			err := d.Tx(ctx, func(tx *db.Tx) error {
				return errors.Join(addLease(ctx, tx, name+" undone", 1), undone)
			})
			if !errors.Is(err, undone) || countLeases(t, d) != round+1 {
				t.Errorf("%v, %d leases", err, countLeases(t, d))
			}
		}
	})
}

// The same text asked while its rows are being read is a statement of its own.
func TestStatements_withinOneself(t *testing.T) {
	d := dbtest.Open(t)
	ctx := context.Background()
	for i := range 5 {
		if err := addLease(ctx, d, fmt.Sprint(i), int64(i)); err != nil {
			t.Fatal(err)
		}
	}
	const all = "SELECT until FROM leases ORDER BY until"
	err := d.Tx(ctx, func(tx *db.Tx) error {
		rows, err := tx.Query(ctx, all)
		if err != nil {
			return err
		}
		defer rows.Close()
		for want := 0; rows.Next(); want++ {
			inner, err := db.All(ctx, tx, db.Int, all)
			if err != nil || len(inner) != 5 {
				return fmt.Errorf("within: %v, %w", inner, err)
			}
			var got int
			if err := rows.Scan(&got); err != nil || got != want {
				return fmt.Errorf("%d, want %d: %w", got, want, err)
			}
		}
		return rows.Err()
	})
	if err != nil {
		t.Error(err)
	}
}

func TestStatements_manyAtOnce(t *testing.T) {
	d := dbtest.Open(t)
	ctx := context.Background()
	for i := range 10 {
		if err := addLease(ctx, d, fmt.Sprint(i), int64(i)); err != nil {
			t.Fatal(err)
		}
	}
	var wait sync.WaitGroup
	for i := range 10 {
		wait.Go(func() {
			for range 200 {
				if n, err := db.Count(ctx, d, untilOf, fmt.Sprint(i)); err != nil || n != i {
					t.Errorf("%d: %d, %v", i, n, err)
					return
				}
			}
		})
	}
	wait.Wait()
}

// Whoever has hung up before a statement is not served.
func TestStatements_hungUp(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, hangUp := context.WithCancel(context.Background())
		hangUp()
		if _, err := db.Count(ctx, d, "SELECT count(*) FROM leases"); !errors.Is(err, context.Canceled) {
			t.Errorf("reading: %v", err)
		}
		if err := d.Tx(ctx, func(tx *db.Tx) error { return addLease(ctx, tx, "a", 1) }); !errors.Is(err, context.Canceled) {
			t.Errorf("writing: %v", err)
		}
	})
}
