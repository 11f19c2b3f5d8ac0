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
