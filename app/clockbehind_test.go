package app_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"sojourn/internal/db"
	"sojourn/internal/dbtest"
	"sojourn/internal/fault"
	"sojourn/sojourntest"
)

// Who was deleted while the clock ran behind gets thirty days all the same, once
// it has been put right.
func TestPurge_clockWasBehind(t *testing.T) {
	const behind = 60 * 24 * time.Hour
	for name, test := range map[string]struct {
		beats bool                    // while the clock is behind
		right func(*clocks, *rapid.T) // after the correction
	}{
		"noticed by beats":              {true, (*clocks).beat},
		"noticed only afterwards":       {false, (*clocks).beat},
		"the operator vouches":          {true, (*clocks).vouch},
		"the operator vouches, unaware": {false, (*clocks).vouch},
	} {
		t.Run(name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				c := newClocks(nil, sojourntest.Empty(t, d), 1)
				steady := func(days int) {
					for range 2 * days {
						d.SetShift(d.Shift() + 12*time.Hour)
						c.beat(nil)
					}
				}
				steady(1)
				d.SetShift(d.Shift() - behind)
				if test.beats {
					steady(2)
				}
				c.delete(nil)
				if test.beats {
					c.beat(nil)
				}
				d.SetShift(d.Shift() + behind)
				test.right(c, nil)
				for day := range 29 {
					steady(1)
					if n, err := c.p.App.Directory.Purge(c.ctx, nil); n > 0 || err != nil && !fault.Is(err, "clock_jumped") {
						t.Fatalf("purged on day %d (%v)", day+1, err)
					}
				}
				steady(2)
				if n, err := c.p.App.Directory.Purge(c.ctx, nil); n != 1 || err != nil {
					t.Errorf("%d purged after 31 days, want 1 (%v)", n, err)
				}
			})
		})
	}
}
