package dbtest_test

import (
	"context"
	"testing"

	"sojourn/internal/db"
	"sojourn/internal/dbtest"
)

func TestEach_givesEveryTestItsOwnDatabase(t *testing.T) {
	ctx := context.Background()
	for range 2 {
		dbtest.Each(t, func(t *testing.T, d *db.DB) {
			n, err := db.Count(ctx, d, "SELECT count(*) FROM leases")
			if err != nil || n != 0 {
				t.Fatalf("leases: %d, %v; want an empty table", n, err)
			}
			if _, err := d.Exec(ctx, "INSERT INTO leases (name, owner, until) VALUES ($1, $2, $3)", "a", "b", 1); err != nil {
				t.Fatal(err)
			}
		})
	}
}

func TestEach_inParallel(t *testing.T) {
	for range 4 {
		t.Run("", func(t *testing.T) {
			t.Parallel()
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				if err := d.Ping(context.Background()); err != nil {
					t.Fatal(err)
				}
			})
		})
	}
}

func TestBox_sameKeyEveryTime(t *testing.T) {
	sealed := dbtest.Box(t).Seal("p", "t", "r", []byte("x"))
	if plain, err := dbtest.Box(t).Open("p", "t", "r", sealed); err != nil || string(plain) != "x" {
		t.Fatalf("%q, %v", plain, err)
	}
}
