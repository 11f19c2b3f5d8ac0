package usermethods

import (
	"testing"

	"sojourn/internal/i18n"
	"sojourn/locales"
)

// Every act of the history has its words, in every language, and so has every method.
func TestHistory_hasWords(t *testing.T) {
	words, err := i18n.Load(locales.Files, false)
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range words.Languages() {
		l := words.Get(lang)
		for _, act := range historyActs {
			if !l.Has("activity.act." + act) {
				t.Errorf("%s has no words in %s", act, lang)
			}
		}
		for _, kind := range named {
			if !l.Has("securityinfo.type." + string(kind)) {
				t.Errorf("%s has no words in %s", kind, lang)
			}
		}
	}
}
