package app

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
	rawKey      = regexp.MustCompile(`\b(accounts|admin|app|directory|guests|myaccount|organizations|securityinfo|signin|ui)\.[a-zA-Z]+(\.[a-zA-Z]+)*\b`)
	placeholder = regexp.MustCompile(`\{[a-z]+\}`)
	idAttribute = regexp.MustCompile(` id="([^"]*)"`)
	fragment    = regexp.MustCompile(`href="#([^"]+)"`)
	pageHeading = regexp.MustCompile(`<h1[^>]*>\s*(<bdi>)?[^<\s]`)
)

// Every state of every page, in every language: whole, and well made.
func TestPreviews(t *testing.T) {
	words, err := i18n.Load(locales.Files, true)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range words.Locales() {
		seen := map[string]bool{}
		shell := &ui.Shell{Locale: l, Zone: time.UTC, Now: time.Date(2026, 5, 12, 9, 41, 0, 0, time.UTC), Token: "t", For: "a"}
		for _, p := range previews(preview(shell)) {
			name := l.Lang() + ": " + p.Name
			if seen[p.Name] {
				t.Errorf("%s: two previews have this name", name)
			}
			seen[p.Name] = true
			var w strings.Builder
			if err := p.Page.Render(context.Background(), &w); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			checkPreview(t, name, w.String())
		}
		if len(seen) < 50 {
			t.Errorf("%s: only %d previews", l.Lang(), len(seen))
		}
	}
}

func checkPreview(t *testing.T, name, page string) {
	t.Helper()
	if key := rawKey.FindString(page); key != "" {
		t.Errorf("%s: the message key %s stands on the page", name, key)
	}
	if hole := placeholder.FindString(page); hole != "" {
		t.Errorf("%s: the placeholder %s was not filled", name, hole)
	}
	if n := len(pageHeading.FindAllString(page, -1)); n != 1 {
		t.Errorf("%s: the page has %d h1 with words", name, n)
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
	for _, m := range fragment.FindAllStringSubmatch(page, -1) {
		if !ids[m[1]] {
			t.Errorf("%s: a link to #%s leads nowhere", name, m[1])
		}
	}
}
