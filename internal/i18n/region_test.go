package i18n

import (
	"testing"
	"time"
	_ "time/tzdata"

	"golang.org/x/text/language"
)

func TestRegions(t *testing.T) {
	at := time.Date(2026, 5, 12, 21, 4, 0, 0, time.UTC)
	english, dutch := newLocale(language.English, "en", 0), newLocale(language.Dutch, "nl", 0)
	for _, c := range []struct {
		l                   *Locale
		region              string
		date, clock, number string
	}{
		{english, "", "12 May 2026", "21:04", "12,345"}, {english, "XX", "12 May 2026", "21:04", "12,345"},
		{english, "US", "May 12, 2026", "9:04\u00a0PM", "12,345"}, {english, "NL", "12 May 2026", "21:04", "12.345"},
		{english, "AU", "12 May 2026", "9:04\u00a0PM", "12,345"}, {english, "ISO", "2026-05-12", "21:04", "12\u202f345"},
		{dutch, "", "12 mei 2026", "21:04", "12.345"}, {dutch, "GB", "12 mei 2026", "21:04", "12,345"}, {dutch, "US", "mei 12, 2026", "9:04\u00a0PM", "12,345"},
	} {
		l := c.l.In(c.region)
		if d, k, n := l.Date(at), l.Clock(at), l.Number(12345); d != c.date || k != c.clock || n != c.number {
			t.Errorf("%s in %q: %s, %s, %s", c.l.Lang(), c.region, d, k, n)
		}
	}
	if got := english.For("US", "Asia/Tokyo").DateTime(at); got != "May 13, 2026, 6:04\u00a0AM (Asia/Tokyo)" {
		t.Errorf("for somebody in Tokyo: %s", got)
	}
	if got := english.In("US").In("NL").Number(1234); got != "1.234" {
		t.Errorf("from one region to the next: %s", got)
	}
	if len(Regions()) != len(customs) {
		t.Error("a region is not listed")
	}
}

func TestZones(t *testing.T) {
	for _, name := range Zones() {
		if Zone(name) == nil {
			t.Errorf("%s cannot be loaded", name)
		}
	}
	for _, name := range []string{"", "Local", "../etc/passwd", "Mars/Base"} {
		if Zone(name) != nil {
			t.Errorf("%q is a time zone", name)
		}
	}
}
