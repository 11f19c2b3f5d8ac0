package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"sojourn/internal/i18n"
)

// Every cookie is named by one rule, and a message shows once.
func TestCookies(t *testing.T) {
	for base, test := range map[string]struct {
		note, language string
		secure         bool
	}{
		"https://portal.example":      {"__Host-sojourn_note", "__Host-sojourn_language", true},
		"https://portal.example:8443": {"__Host-sojourn_note", "__Host-sojourn_language", true},
		"http://localhost:8080":       {"sojourn_note_8080", "sojourn_language_8080", false},
		"http://127.0.0.1":            {"sojourn_note_80", "sojourn_language_80", false},
	} {
		u, err := url.Parse(base)
		if err != nil {
			t.Fatal(err)
		}
		s := &Server{Base: u}
		rec := httptest.NewRecorder()
		w := &answer{rec, s.cookies()}
		Say(w, "ok", "ui.cancel", "name", "Ann")
		s.KeepLanguage(w, &i18n.Locale{})
		set := map[string]*http.Cookie{}
		for _, c := range rec.Result().Cookies() {
			if c.Secure != test.secure || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" {
				t.Errorf("%s: %s", base, c)
			}
			set[c.Name] = c
		}
		if set[test.note] == nil || set[test.language] == nil || len(set) != 2 {
			t.Fatalf("%s: %v", base, set)
		}
		r := httptest.NewRequest(http.MethodGet, base+"/", nil)
		r.AddCookie(set[test.note])
		rec = httptest.NewRecorder()
		if n := takeNote(&answer{rec, s.cookies()}, r); n == nil || n.Key != "ui.cancel" || len(n.Args) != 2 {
			t.Errorf("%s: the message is lost: %+v", base, n)
		}
		if c := rec.Result().Cookies(); len(c) != 1 || c[0].Name != test.note || c[0].MaxAge >= 0 || c[0].Secure != test.secure {
			t.Errorf("%s: the message stays: %v", base, c)
		}
	}
}
