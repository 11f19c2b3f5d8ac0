package outbox_test

import (
	"testing"
	"time"

	"sojourn/internal/outbox"
)

func TestWaitAfter(t *testing.T) {
	for tries, want := range map[int]time.Duration{
		0: time.Minute, 1: time.Minute, 2: 2 * time.Minute, 3: 4 * time.Minute, 9: 256 * time.Minute, 10: 6 * time.Hour, 11: 6 * time.Hour, 1000: 6 * time.Hour,
	} {
		for _, luck := range []float64{0, 0.5, 0.999} {
			got := outbox.WaitAfter(tries, luck)
			if got < want*8/10-time.Second || got > want*12/10+time.Second {
				t.Errorf("after %d tries with luck %v: %v; want about %v", tries, luck, got, want)
			}
		}
	}
}

func TestExhausted(t *testing.T) {
	for _, test := range []struct {
		tries int
		age   time.Duration
		want  bool
	}{{1, 0, false}, {11, 71 * time.Hour, false}, {12, 0, true}, {1, 72 * time.Hour, true}} {
		if got := outbox.Exhausted(test.tries, test.age); got != test.want {
			t.Errorf("%d tries in %v: %t", test.tries, test.age, got)
		}
	}
}

func TestSpell(t *testing.T) {
	for text, want := range map[string]string{
		"Your code is 048213. It is good for 10 minutes.": "Your code is 0, 4, 8, 2, 1, 3. It is good for 10 minutes.",
		"No digits":             "No digits",
		"12345678":              "1, 2, 3, 4, 5, 6, 7, 8",
		"123":                   "123",
		"Uw code is 1234-5678.": "Uw code is 1, 2, 3, 4-5, 6, 7, 8.",
	} {
		if got := outbox.Spell(text); got != want {
			t.Errorf("%q is read as %q; want %q", text, got, want)
		}
	}
}
