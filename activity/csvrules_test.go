package activity

import (
	"slices"
	"testing"
	"time"

	"sojourn/internal/actor"
	"sojourn/internal/audit"
)

func TestRecord(t *testing.T) {
	l := Line{
		At: time.Date(2026, 5, 12, 9, 41, 7, 250000000, time.FixedZone("x", 7200)), Actor: actor.Administrator, By: Thing{ID: "1", Name: "=HYPERLINK(1)"},
		Act: "user.create", On: Thing{ID: "2", Name: "@x"}, Result: "done", Address: "203.0.113.7", Agent: "-agent",
		Values: audit.Details{"name": "Ann", "mail": "=a"},
	}
	want := []string{"2026-05-12T07:41:07.25Z", "administrator", "1", "=HYPERLINK(1)", "user.create", "2", "@x", "", "", "done", ""}
	if got := record(l, false); !slices.Equal(got, want) || len(got) != len(heads)-personalColumns {
		t.Errorf("%q, want %q", got, want)
	}
	want = append(want, "203.0.113.7", "-agent", "mail: =a; name: Ann")
	if got := record(l, true); !slices.Equal(got, want) || len(got) != len(heads) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestBehind(t *testing.T) {
	at := time.Date(2026, 5, 12, 9, 41, 7, 250000, time.UTC)
	if p, ok := behind(cursor(at, "7")); !ok || p != (point{at.UnixMicro(), "7"}) {
		t.Errorf("a cursor leads to %+v, %t", p, ok)
	}
	for _, c := range []string{"", "x", "9223372036854775808", "-"} {
		bad := cursor(at, "7")
		bad.Key = []byte(c)
		if p, ok := behind(bad); ok || p != newest {
			t.Errorf("%q leads to %+v", c, p)
		}
	}
}
