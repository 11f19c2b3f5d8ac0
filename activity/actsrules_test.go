package activity

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"sojourn/internal/i18n"
	"sojourn/locales"
)

// Acts that no organization is told of: they have no words.
var outside = []string{"account.create", "account.link", "account.settings", "account.rename", "account.photo", "account.photo_remove", "clock.trust", "key.replace", "key.rotate"}

var inSource = regexp.MustCompile(`\bAct:\s*"([a-z_]+\.[a-z_]+)"`)

// Every act that is recorded has its words, in every language.
func TestActs_haveWords(t *testing.T) {
	recorded := map[string]string{}
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.HasSuffix(path, "previews.go") {
			return err
		}
		text, err := os.ReadFile(path)
		for _, m := range inSource.FindAllStringSubmatch(string(text), -1) {
			recorded[m[1]] = path
		}
		return err
	})
	if err != nil || len(recorded) < 20 {
		t.Fatalf("%d acts found, %v", len(recorded), err)
	}
	for _, act := range outside {
		delete(recorded, act)
	}
	for act, path := range recorded {
		if !known(act) {
			t.Errorf("%s is recorded in %s and has no words: add it to acts", act, path)
		}
	}
	words, err := i18n.Load(locales.Files, false)
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range words.Languages() {
		seen := map[string]string{}
		for _, act := range acts {
			text := words.Get(lang).T("activity.act." + act)
			if text == "activity.act."+act {
				t.Errorf("%s has no words in %s", act, lang)
			}
			if other := seen[text]; other != "" {
				t.Errorf("%s: %s and %s are both %q", lang, act, other, text)
			}
			seen[text] = act
		}
	}
}
