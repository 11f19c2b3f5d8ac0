package guests

import (
	"context"
	"regexp"
	"strings"
	"testing"
	"time"

	"sojourn/internal/i18n"
	"sojourn/locales"
	"sojourn/ui"
)

var rawKey = regexp.MustCompile(`(guests|directory|accounts|ui)\.[a-z]+\.[a-z.]+`)

func TestPreviews(t *testing.T) {
	words, err := i18n.Load(locales.Files, false)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range words.Locales() {
		s := &ui.Shell{Locale: l, Now: time.Date(2026, 5, 12, 9, 41, 0, 0, time.UTC), Zone: time.UTC, Person: &ui.Person{Name: "Noor", Kind: "ui.kind.work"}, Token: "x", For: "y"}
		for _, p := range Previews(s) {
			var b strings.Builder
			if err := p.Page.Render(context.Background(), &b); err != nil {
				t.Fatalf("%s: %v", p.Name, err)
			}
			page := b.String()
			if key := rawKey.FindString(page); key != "" {
				t.Errorf("%s in %s shows the key %s", p.Name, l.Lang(), key)
			}
			if strings.Contains(page, "{") {
				t.Errorf("%s in %s has a placeholder left", p.Name, l.Lang())
			}
			if strings.Count(page, "<h1") != 1 {
				t.Errorf("%s has %d headings of the page", p.Name, strings.Count(page, "<h1"))
			}
		}
	}
}
