package directory

import (
	"testing"
	"time"
)

func TestTelling(t *testing.T) {
	at := time.Date(2026, 5, 21, 9, 30, 0, 123000, time.UTC)
	for _, want := range []telling{{}, {after: "0196f1c2-7c11-7000-8000-000000000001"}, {announced: at}, {announced: at, after: "0196f1c2-7c11-7000-8000-000000000001"}} {
		if got := parseTelling(want.String()); got != want {
			t.Errorf("%+v comes back as %+v", want, got)
		}
	}
	if got := parseTelling("x y"); got.after != "x y" || !got.announced.IsZero() {
		t.Errorf("%+v", got)
	}
}
