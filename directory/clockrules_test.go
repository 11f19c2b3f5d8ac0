package directory

import (
	"testing"
	"time"
)

func TestSkipped(t *testing.T) {
	now := time.Date(2026, 6, 11, 9, 41, 0, 0, time.UTC)
	for name, test := range map[string]struct {
		last    time.Time
		skipped time.Duration
		setBack bool
	}{
		"the first beat":        {time.Time{}, 0, false},
		"a beat in time":        {now.Add(-5 * time.Minute), 0, false},
		"two days, just":        {now.Add(-48 * time.Hour), 0, false},
		"a jump":                {now.Add(-1440 * time.Hour), 1440 * time.Hour, false},
		"a little back":         {now.Add(48 * time.Hour), 0, false},
		"set back by two weeks": {now.Add(336 * time.Hour), 0, true},
	} {
		if got := skipped(now, test.last); got != test.skipped {
			t.Errorf("%s: %s skipped, want %s", name, got, test.skipped)
		}
		if got := setBack(now, test.last); got != test.setBack {
			t.Errorf("%s: set back %t", name, got)
		}
	}
}

func TestPurgeDate(t *testing.T) {
	now := time.Date(2026, 6, 11, 9, 41, 0, 0, time.UTC)
	for name, test := range map[string]struct{ last, want time.Time }{
		"no beat yet":         {time.Time{}, now.AddDate(0, 0, 30)},
		"the clock runs":      {now.Add(-5 * time.Minute), now.AddDate(0, 0, 30)},
		"the clock is behind": {now.AddDate(0, 0, 60), now.AddDate(0, 0, 90)},
	} {
		if got := purgeDate(now, test.last); !got.Equal(test.want) {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
}
