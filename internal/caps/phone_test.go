package caps_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"sojourn/internal/caps"
	"sojourn/internal/db"
	"sojourn/internal/dbtest"
)

func TestPhone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p := caps.Phone{Number: 2, Hour: 3, Day: 4}
		count := func(number, tenant string) (full string) {
			t.Helper()
			err := d.Tx(context.Background(), func(tx *db.Tx) error {
				c, within, err := caps.Count(context.Background(), tx, p.All(number, tenant)...)
				if !within {
					full, _, _ = strings.Cut(c.Counter, ":")
				}
				if strings.Contains(c.Counter, "3161234") {
					t.Errorf("a counter names a number: %s", c.Counter)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return full
		}
		const one, two, three = "+31612345642", "+31612345643", "+31612345644"
		for i, step := range []struct {
			shift  time.Duration
			number string
			tenant string
			full   string
		}{
			{0, one, "a", ""}, {0, one, "a", ""}, {0, one, "a", "text-number"}, {0, one, "b", "text-number"},
			{0, two, "a", ""}, {0, three, "a", "text-tenant"}, {0, three, "b", ""},
			{61 * time.Minute, one, "a", ""}, {61 * time.Minute, two, "a", "text-day"},
			{24*time.Hour + time.Minute, two, "a", ""},
		} {
			d.SetShift(step.shift)
			if full := count(step.number, step.tenant); full != step.full {
				t.Errorf("step %d: %q is full, want %q", i, full, step.full)
			}
		}
	})
}
