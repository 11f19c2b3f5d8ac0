package app_test

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"sync"
	"testing"
	"time"

	"sojourn/securityinfo"
	"sojourn/sojourntest"
)

var secondFields = regexp.MustCompile(`<input[^>]* name="(csrf|account|flow|method)"[^>]* value="([^"]*)"`)

// Fifty at once type what an app shows, has just shown and is about to show, each in a
// flow and browser of its own: every one of the three lets in one at most, and once
// all is quiet none of them lets in anybody.
func TestReplay_window(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		a := newArmed(t, p, noor)
		var codes [3]string
		for i := range codes {
			var err error
			if codes[i], _, err = securityinfo.CodeNow([]byte(armedSeed), p.App.DB.Now().Add(time.Duration(i-1)*30*time.Second)); err != nil {
				t.Fatal(err)
			}
		}
		type typist struct {
			b    *sojourntest.Browser
			form url.Values
		}
		all := make([]typist, 50)
		for i := range all {
			b := stay(p.Browser())
			post := func(page *sojourntest.Page, path string, typed ...string) *sojourntest.Page {
				return b.Post(path, fieldsOf(page, typed...))
			}
			post(b.Get("/sign-in"), "/sign-in", "name", noor)
			post(b.Get("/sign-in/password"), "/sign-in/password", "password", sojourntest.Password)
			all[i] = typist{b, fieldsOf(b.Get("/sign-in/second?use="+a.app), "code", codes[i%3])}
		}
		var mu sync.Mutex
		var work sync.WaitGroup
		in := map[string]int{}
		begin := make(chan struct{})
		for _, x := range all {
			work.Go(func() {
				<-begin
				page := x.b.Post("/sign-in/second", x.form)
				mu.Lock()
				defer mu.Unlock()
				if page.Status == http.StatusSeeOther && page.Header.Get("Location") == "/" {
					in[x.form.Get("code")]++
				}
			})
		}
		close(begin)
		work.Wait()
		if len(in) == 0 {
			t.Error("nobody got in")
		}
		for code, n := range in {
			if n > 1 {
				t.Errorf("%s was good %d times: %v", code, n, in)
			}
		}
		newest := 0
		for i, code := range codes {
			if in[code] > 0 {
				newest = i
			}
		}
		for i := range newest + 1 { // what was taken, and what was passed over
			a.clear()
			a.enter(a.app, codes[i]).Is(http.StatusConflict).Has("used already")
		}
	})
}

// fieldsOf is a form of a page with what is typed into it.
func fieldsOf(page *sojourntest.Page, typed ...string) url.Values {
	form := url.Values{}
	for _, m := range secondFields.FindAllStringSubmatch(page.HTML, -1) {
		form.Set(m[1], html.UnescapeString(m[2]))
	}
	for i := 0; i+1 < len(typed); i += 2 {
		form.Set(typed[i], typed[i+1])
	}
	return form
}
