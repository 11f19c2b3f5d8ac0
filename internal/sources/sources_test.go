package sources

import (
	"fmt"
	"testing"
	"time"

	"sojourn/internal/fault"
)

func TestOf(t *testing.T) {
	for address, want := range map[string]string{
		"203.0.113.7":             "203.0.113.7",
		"::ffff:203.0.113.7":      "203.0.113.7",
		"2001:db8:1:2:3:4:5:6":    "2001:db8:1:2::/64",
		"2001:db8:1:2:ffff::1":    "2001:db8:1:2::/64",
		"fe80::1%eth0":            "fe80::/64",
		"":                        "",
		"unix":                    "",
		"203.0.113.7, 10.0.0.1":   "",
		"2001:db8:1:3:3:4:5:6":    "2001:db8:1:3::/64",
		"0:0:0:0:0:ffff:cb00:717": "203.0.7.23",
	} {
		if got := Of(address); got != want {
			t.Errorf("%q: %q, want %q", address, got, want)
		}
	}
}

// One source that asks too much is refused, and no other.
func TestLimiter(t *testing.T) {
	now := time.Date(2026, 6, 11, 9, 41, 0, 0, time.UTC)
	l := &Limiter{Limits: Limits{AtOnce: 3, Minute: 10, Wrong: 20}, Now: func() time.Time { return now }}
	enter := func(address string, want bool) Try {
		t.Helper()
		try, err := l.Enter(address)
		if (err == nil) != want || err != nil && !fault.Is(err, Code) {
			t.Fatalf("%s is let in: %v, want %t", address, err, want)
		}
		return try
	}
	const flood, neighbour, other = "2001:db8::1", "2001:db8::2", "203.0.113.7"
	running := []Try{enter(flood, true), enter(flood, true), enter(neighbour, true)}
	enter(neighbour, false) // three at once
	enter(other, true).Done(false)
	for _, r := range running {
		r.Done(false)
	}
	for range 7 {
		enter(flood, true).Done(false)
	}
	enter(flood, false) // ten in the minute
	enter(other, true).Done(true)
	now = now.Add(time.Minute)
	for wrong := range 20 {
		if wrong%10 == 0 {
			now = now.Add(time.Minute)
		}
		enter(flood, true).Done(true)
	}
	now = now.Add(time.Minute)
	enter(neighbour, false) // twenty wrong in the hour
	enter(other, true).Done(false)
	now = now.Add(time.Hour)
	enter(flood, true).Done(false)
	now = now.Add(-24 * time.Hour) // a clock set back locks nobody out
	enter(flood, true).Done(false)
}

func TestLimiter_bounded(t *testing.T) {
	now := time.Date(2026, 6, 11, 9, 41, 0, 0, time.UTC)
	l := &Limiter{Limits: Limits{Minute: 1}, Now: func() time.Time { return now }}
	for i := range maxKnown + 1000 {
		try, err := l.Enter(fmt.Sprintf("10.%d.%d.%d", i>>16, i>>8&255, i&255))
		if err != nil {
			t.Fatal(err)
		}
		try.Done(false)
	}
	if len(l.known) > maxKnown {
		t.Errorf("%d sources are kept", len(l.known))
	}
	now = now.Add(2 * time.Minute)
	if try, err := l.Enter("203.0.113.7"); err != nil || len(l.known) != 1 {
		t.Errorf("%d sources are kept after their time (%v)", len(l.known), err)
	} else {
		try.Done(false)
	}
	for range 3 {
		if _, err := l.Enter("127.0.0.1"); err != nil {
			t.Error("this machine is refused")
		}
	}
	var none *Limiter
	try, err := none.Enter("203.0.113.7")
	if try.Done(true); err != nil {
		t.Error(err)
	}
}
