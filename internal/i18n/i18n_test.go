package i18n

import (
	"testing"
	"testing/fstest"
	"time"
)

func bundle(t *testing.T) *Bundle {
	t.Helper()
	b, err := Load(fstest.MapFS{
		"en.json": {Data: []byte(`{"a.b.leave": "Leave {org}?", "a.b.n": {"one": "{n} group", "other": "{n} groups"}, "ui.list.and": "and",
			"ui.ago.today": "today", "ui.ago.yesterday": "yesterday", "ui.ago.days": {"one": "{n} day ago", "other": "{n} days ago"},
			"ui.ago.weeks": {"one": "{n} week ago", "other": "{n} weeks ago"}, "ui.ago.months": {"one": "{n} month ago", "other": "{n} months ago"}, "ui.ago.years": {"one": "{n} year ago", "other": "{n} years ago"}}`)},
		"nl.json": {Data: []byte(`{"a.b.leave": "{org} verlaten?", "a.b.n": {"one": "{n} groep", "other": "{n} groepen"}, "ui.list.and": "en"}`)},
	}, true)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestMessages(t *testing.T) {
	b := bundle(t)
	en, nl, rtl := b.Get("en"), b.Get("nl"), b.Get(Pseudo)
	for got, want := range map[string]string{
		en.T("a.b.leave", "org", "Fabrikam"): "Leave Fabrikam?",
		nl.T("a.b.leave", "org", "Fabrikam"): "Fabrikam verlaten?",
		en.T("a.b.leave", "org", "{n}"):      "Leave {n}?", // a value is never read as a placeholder
		en.N("a.b.n", 1):                     "1 group",
		en.N("a.b.n", 0):                     "0 groups",
		en.N("a.b.n", 12345):                 "12,345 groups",
		nl.N("a.b.n", 12345):                 "12.345 groepen",
		en.T("a.b.unknown"):                  "a.b.unknown",
		en.T("a.b.leave"):                    "Leave {org}?", // a missing value shows
		en.List([]string{"a"}):               "a",
		en.List([]string{"a", "b", "c"}):     "a, b and c",
		nl.List([]string{"a", "b"}):          "a en b",
		rtl.Dir():                            "rtl",
		nl.Dir():                             "ltr",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestDates(t *testing.T) {
	b := bundle(t)
	at := time.Date(2026, 5, 2, 9, 4, 0, 0, time.UTC)
	if got := b.Get("en").DateTime(at); got != "2 May 2026, 09:04 (UTC)" {
		t.Error(got)
	}
	if got := b.Get("nl").Date(at); got != "2 mei 2026" {
		t.Error(got)
	}
	now := time.Date(2026, 5, 2, 0, 30, 0, 0, time.UTC)
	for days, want := range map[int]string{0: "today", 1: "yesterday", 2: "2 days ago", 13: "13 days ago", 14: "2 weeks ago", 60: "2 months ago", 800: "2 years ago", -3: "today"} {
		if got := b.Get("en").Ago(now.AddDate(0, 0, -days), now); got != want {
			t.Errorf("%d days: %q, want %q", days, got, want)
		}
	}
	if got := Days(now.Add(-time.Hour), now); got != 1 {
		t.Errorf("an hour before half past midnight is %d calendar days ago", got)
	}
}

func TestMatch(t *testing.T) {
	b := bundle(t)
	for name, test := range map[string]struct {
		header string
		wishes []string
		want   string
	}{
		"nothing known":                  {"", nil, "en"},
		"the browser's language":         {"nl-BE,nl;q=0.9,en;q=0.8", nil, "nl"},
		"a language not shipped":         {"fi", nil, "en"},
		"the best of those shipped":      {"fi, nl;q=0.5", nil, "nl"},
		"a choice beats the browser":     {"nl", []string{"", "en"}, "en"},
		"a choice with a region":         {"en", []string{"nl-NL"}, "nl"},
		"an unknown choice":              {"nl", []string{"xx"}, "nl"},
		"rubbish":                        {";;;=", []string{"<script>"}, "en"},
		"the pseudo language by choice":  {"en", []string{Pseudo}, Pseudo},
		"the pseudo language by browser": {"ar", nil, "en"},
	} {
		if got := b.Match(test.header, test.wishes...); got.Lang() != test.want {
			t.Errorf("%s: %s, want %s", name, got.Lang(), test.want)
		}
	}
}

func TestLoadRefuses(t *testing.T) {
	for name, text := range map[string]string{
		"no JSON":           `{`,
		"unclosed":          `{"a.b.c": "x {y"}`,
		"empty placeholder": `{"a.b.c": "x {}"}`,
		"no other form":     `{"a.b.c": {"one": "x"}}`,
		"unknown form":      `{"a.b.c": {"other": "x", "lots": "y"}}`,
		"a number":          `{"a.b.c": 3}`,
	} {
		if _, err := Load(fstest.MapFS{"en.json": {Data: []byte(text)}}, false); err == nil {
			t.Errorf("%s: loaded", name)
		}
	}
	if _, err := Load(fstest.MapFS{"nl.json": {Data: []byte(`{}`)}}, false); err == nil {
		t.Error("loaded without English")
	}
}
