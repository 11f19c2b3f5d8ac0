package directory

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

var (
	rawKey      = regexp.MustCompile(`\b(directory|admin|accounts|ui)\.[a-zA-Z]+(\.[a-zA-Z]+)*\b`)
	placeholder = regexp.MustCompile(`\{[a-z]+\}`)
	idAttribute = regexp.MustCompile(` id="([^"]*)"`)
	pageHeading = regexp.MustCompile(`<h1>\s*(<bdi>)?[^<\s]`)
)

func shells(t *testing.T) []*ui.Shell {
	t.Helper()
	b, err := i18n.Load(locales.Files, true)
	if err != nil {
		t.Fatal(err)
	}
	var out []*ui.Shell
	for _, lang := range []string{"en", "nl", i18n.Pseudo} {
		out = append(out, &ui.Shell{
			Locale: b.Get(lang), Zone: time.UTC, Now: time.Date(2026, 5, 12, 9, 41, 0, 0, time.UTC), Token: "t", For: "a",
			Person: &ui.Person{Name: "Noor Haddad", Address: "noor@contoso.example", Kind: "ui.kind.work"},
		})
	}
	return out
}

func TestPreviews(t *testing.T) {
	for _, s := range shells(t) {
		seen := map[string]bool{}
		for _, p := range Previews(s) {
			name := s.Locale.Lang() + ": " + p.Name
			if seen[p.Name] {
				t.Errorf("%s: two previews have this name", name)
			}
			seen[p.Name] = true
			var w strings.Builder
			if err := p.Page.Render(context.Background(), &w); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			checkPage(t, name, w.String())
		}
	}
}

func checkPage(t *testing.T, name, page string) {
	t.Helper()
	if key := rawKey.FindString(page); key != "" {
		t.Errorf("%s: the message key %s stands on the page", name, key)
	}
	if hole := placeholder.FindString(page); hole != "" {
		t.Errorf("%s: the placeholder %s was not filled", name, hole)
	}
	if len(pageHeading.FindAllString(page, -1)) != 1 {
		t.Errorf("%s: the page has not one h1", name)
	}
	if strings.Contains(page, "style=") || strings.Contains(page, "onclick") {
		t.Errorf("%s: inline style or script", name)
	}
	ids := map[string]bool{}
	for _, m := range idAttribute.FindAllStringSubmatch(page, -1) {
		if ids[m[1]] {
			t.Errorf("%s: the id %q stands twice", name, m[1])
		}
		ids[m[1]] = true
	}
	for _, m := range regexp.MustCompile(`href="#([^"]+)"`).FindAllStringSubmatch(page, -1) {
		if !ids[m[1]] {
			t.Errorf("%s: a link to #%s leads nowhere", name, m[1])
		}
	}
}
