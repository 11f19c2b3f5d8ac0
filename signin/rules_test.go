package signin

import (
	"testing"
	"time"
)

func TestEnding(t *testing.T) {
	now := time.Date(2026, 5, 12, 9, 0, 0, 0, time.UTC)
	for name, test := range map[string]struct {
		seen, expires, want time.Duration
		final               bool
	}{
		"just used":                    {0, 24 * time.Hour, 8 * time.Hour, false},
		"used seconds ago, not noted":  {-20 * time.Second, 24 * time.Hour, 8*time.Hour - 20*time.Second, false},
		"used long ago, noted now":     {-7 * time.Hour, 10 * time.Hour, 8 * time.Hour, false},
		"late in its day":              {-time.Hour, 3 * time.Hour, 3 * time.Hour, true},
		"its day ends as it goes idle": {0, 8 * time.Hour, 8 * time.Hour, true},
	} {
		at, final := ending(now.Add(test.seen), now.Add(test.expires), false, 8*time.Hour, now)
		if at.Sub(now) != test.want || final != test.final {
			t.Errorf("%s: ends in %s, final %t", name, at.Sub(now), final)
		}
	}
	if at, final := ending(now.Add(-9*24*time.Hour), now.Add(time.Hour), true, 8*time.Hour, now); at.Sub(now) != time.Hour || !final {
		t.Errorf("who stays signed in ends in %s, final %t", at.Sub(now), final)
	}
	for name, test := range map[string]struct{ managed, proved, want time.Duration }{
		"just managed":        {0, -5 * time.Hour, time.Hour},
		"managed long ago":    {-50 * time.Minute, -5 * time.Hour, time.Hour},
		"managed seconds ago": {-20 * time.Second, -5 * time.Hour, time.Hour - 20*time.Second},
		"proved since":        {-20 * time.Second, 0, time.Hour},
	} {
		if at := askedAgain(now.Add(test.managed), now.Add(test.proved), now); at.Sub(now) != test.want {
			t.Errorf("%s: asked in %s", name, at.Sub(now))
		}
	}
}
