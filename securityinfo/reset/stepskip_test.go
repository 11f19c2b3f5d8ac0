package reset_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sojourn/internal/db"
	"sojourn/internal/id"
	"sojourn/sojourntest"
)

// TestStepSkip drops, repeats, reorders and empties the steps of resets in two
// browsers, and swaps what belongs to one for what belongs to the other. After each,
// every reset stands where the steps taken for it, in its own browser and in time, have
// brought it, and no password has changed but by a last step that was due.
func TestStepSkip(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		rapid.Check(t, func(rt *rapid.T) {
			w := &walk{t: t, p: p, versions: map[string]int{}}
			w.exec(`UPDATE methods SET last_step = 0 WHERE type = 'authenticator'`)
			for _, name := range []string{sato, odile} {
				w.versions[name] = versionOf(t, p, name)
			}
			w.at = p.App.DB.Shift()
			for i := range w.who {
				w.who[i] = w.fresh()
			}
			rt.Repeat(map[string]func(*rapid.T){
				"begin": w.begin, "send": w.send, "send again": w.send, "sent": w.send, "code": w.code, "code again": w.code, "code once": w.code,
				"app": w.app, "app again": w.app, "answers": w.answers, "password": w.password, "last": w.password, "once more": w.password, "again": w.password,
				"get": w.get, "swap": w.swap, "forget": w.forget, "wait": w.wait,
				"": func(*rapid.T) {},
			})
		})
	})
}

type walk struct {
	t        *testing.T
	p        *sojourntest.Portal
	who      [2]*walker
	flows    []*begun
	versions map[string]int
	at       time.Duration
	step     int64 // of time, of the last code of the app that was taken
}

type walker struct {
	*sojourntest.Browser
	bound int
	token url.Values
}

// begun is a reset as the model knows it.
type begun struct {
	secret, name string
	bound        int
	at           time.Duration
	version      int
	step         string
	proved       []string
	way, code    string // asked for, and right for it now
}

var bounds int

func (w *walk) fresh() *walker {
	bounds++
	b := w.p.Browser()
	b.Client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	form := url.Values{} // a browser's forms all have the same token
	for _, m := range token.FindAllStringSubmatch(b.Get("/reset").HTML, -1) {
		form.Set(m[1], m[2])
	}
	return &walker{Browser: b, bound: bounds, token: form}
}

func (w *walk) walker(rt *rapid.T) *walker { return w.who[rapid.IntRange(0, 1).Draw(rt, "browser")] }

// any draws one of the last resets, in any browser.
func (w *walk) any(rt *rapid.T) (*walker, *begun) {
	for len(w.flows) == 0 {
		w.begin(rt)
	}
	f := w.flows[len(w.flows)-1-rapid.IntRange(0, min(2, len(w.flows)-1)).Draw(rt, "flow")]
	if b := w.who[0]; b.bound == f.bound && rapid.IntRange(0, 4).Draw(rt, "own") > 0 {
		return b, f
	}
	return w.who[rapid.IntRange(0, 1).Draw(rt, "browser")], f
}

func (w *walk) open(b *walker, f *begun) bool {
	return f.step != "done" && f.bound == b.bound && w.at-f.at < 15*time.Minute
}

func (f *begun) has(kind string) bool {
	for _, one := range f.proved {
		if one == kind {
			return true
		}
	}
	return false
}

// taken notes a proof that was right.
func (w *walk) taken(f *begun, kind string) {
	f.proved, f.way, f.code = append(f.proved, kind), "", ""
	need := map[string]int{sato: 1, odile: 2}[f.name]
	if f.step = "second"; len(f.proved) >= need {
		f.step = "password"
	}
}

var token = regexp.MustCompile(`<input type="hidden" name="(csrf|account)" value="([^"]*)"`)

// post sends a form of this browser, now and then without its token, or as a GET.
func (w *walk) post(rt *rapid.T, b *walker, path string, v url.Values) (sent bool) {
	sent = true
	for name, value := range b.token {
		v[name] = value
	}
	switch rapid.IntRange(0, 19).Draw(rt, "how") {
	case 0:
		v.Del("csrf")
		b.Post(path, v)
		return false
	case 1:
		b.Get(path + "?" + v.Encode())
		return false
	}
	if page := b.Post(path, v); page.Status >= 500 {
		rt.Fatalf("%s: %d", path, page.Status)
	}
	return sent
}

func (w *walk) begin(rt *rapid.T) {
	b := w.walker(rt)
	name := rapid.SampledFrom([]string{sato, odile, odile, nobody}).Draw(rt, "name")
	w.exec("DELETE FROM counters")
	if !w.post(rt, b, "/reset", url.Values{"name": {name}}) {
		return
	}
	w.flows = append(w.flows, &begun{secret: cookie(w.t, b.Browser), name: name, bound: b.bound, at: w.at, version: w.versions[name], step: "first"})
}

func (w *walk) send(rt *rapid.T) {
	b, f := w.any(rt)
	right := map[string]string{sato: satosMail, odile: odilesMail, nobody: "x@post.example"}[f.name]
	place := rapid.SampledFrom([]string{right, right, right, "stranger@post.example", satosMail, odilesMail, ""}).Draw(rt, "place")
	w.exec("DELETE FROM counters")
	before := len(w.p.Mails(right))
	may := w.open(b, f) && (f.step == "first" || f.step == "second") && !f.has("email") && place != ""
	if !w.post(rt, b, "/reset/verify/email/send", url.Values{"flow": {f.secret}, "place": {place}}) {
		may = false
	}
	list := w.p.Mails(right)
	goes := may && place == right && f.name != nobody && f.version == w.versions[f.name]
	if (len(list) > before) != goes {
		rt.Fatalf("a code was sent: %v, want %v", len(list) > before, goes)
	}
	if may {
		f.way, f.code = "email", ""
	}
	if goes {
		f.code = digits.FindString(list[len(list)-1].Text)
	}
	w.check(rt)
}

func (w *walk) code(rt *rapid.T) {
	b, f := w.any(rt)
	codes := []string{"000000", "", f.code, f.code, f.code}
	for _, other := range w.flows {
		codes = append(codes, other.code)
	}
	typed := rapid.SampledFrom(codes).Draw(rt, "code")
	w.exec("DELETE FROM counters")
	way := rapid.SampledFrom([]string{"email", "email", "email", "text", "questions", "authenticator"}).Draw(rt, "way")
	right := w.open(b, f) && (f.step == "first" || f.step == "second") && !f.has("email") && way == "email" && typed != "" && typed == f.code && f.version == w.versions[f.name]
	if w.post(rt, b, "/reset/verify/"+way, url.Values{"flow": {f.secret}, "code": {typed}, "name": {odile}, "step": {"password"}}) && right {
		w.taken(f, "email")
	}
	w.check(rt)
}

func (w *walk) app(rt *rapid.T) {
	b, f := w.any(rt)
	now := w.p.App.DB.Now().Unix() / 30
	typed := rapid.SampledFrom([]string{shown(w.t, w.p, odilesSeed), shown(w.t, w.p, odilesSeed), "000000", ""}).Draw(rt, "code")
	w.exec("DELETE FROM counters")
	right := w.open(b, f) && (f.step == "first" || f.step == "second") && !f.has("authenticator") && f.name == odile && f.version == w.versions[odile] && now > w.step &&
		typed != "" && typed != "000000"
	if w.post(rt, b, "/reset/verify/authenticator", url.Values{"flow": {f.secret}, "code": {typed}}) && right {
		if w.p.App.DB.Now().Unix()/30 != now {
			rt.Skip("a code's time was up meanwhile")
		}
		w.step = now
		w.taken(f, "authenticator")
	}
	w.check(rt)
}

func (w *walk) answers(rt *rapid.T) {
	b, f := w.any(rt)
	w.exec("DELETE FROM counters")
	page := b.Get("/reset/verify/questions") // of the reset that this browser is at
	v := answering(w.p, page, satosAnswers)
	asked := questionsOn(w.p, page)
	for n := range 3 {
		if v.Get(fmt.Sprint("answer-", n)) == "" {
			v.Set(fmt.Sprint("answer-", n), "anything")
		}
	}
	if rapid.IntRange(0, 3).Draw(rt, "wrong") == 0 {
		v.Set("answer-1", "something else")
		asked = nil
	}
	v.Set("flow", f.secret)
	here := len(asked) == 3 && cookieOr(b.Browser) == f.secret // others are asked others
	right := w.open(b, f) && f.step == "first" && f.name == sato && f.version == w.versions[sato] && here
	if !here && w.open(b, f) && f.name == sato && f.step == "first" && len(asked) == 3 {
		return // they may be the same by chance
	}
	if w.post(rt, b, "/reset/verify/questions", v) && right {
		w.taken(f, "questions")
	}
	w.check(rt)
}

func (w *walk) password(rt *rapid.T) {
	b, f := w.any(rt)
	w.exec("DELETE FROM counters")
	word := rapid.SampledFrom([]string{fresh, fresh, fresh, "short", ""}).Draw(rt, "password")
	right := w.open(b, f) && f.step == "password" && word == fresh && f.version == w.versions[f.name]
	if w.post(rt, b, "/reset/password", url.Values{"flow": {f.secret}, "new": {word}, "name": {odile}, "proved": {"email+authenticator"}}) && right {
		f.step = "done"
		w.versions[f.name]++
	}
	w.check(rt)
}

// get asks for every step as a page, with everything in the address.
func (w *walk) get(rt *rapid.T) {
	b, f := w.any(rt)
	query := "?" + url.Values{"flow": {f.secret}, "code": {f.code}, "new": {fresh}, "place": {satosMail}}.Encode()
	for _, path := range []string{"/reset/verify", "/reset/verify/email", "/reset/verify/authenticator", "/reset/verify/email/send", "/reset/password", "/reset/done", "/reset/help"} {
		b.Get(path + query)
	}
	w.check(rt)
}

// swap puts the reset of one browser in the other.
func (w *walk) swap(rt *rapid.T) {
	if cookieOr(w.who[0].Browser) == "" {
		return
	}
	copyCookie(w.t, w.who[0].Browser, w.who[1].Browser)
	page := w.who[1].Get("/reset/password")
	if page.Status == http.StatusOK {
		for _, f := range w.flows {
			if f.secret == cookieOr(w.who[1].Browser) && f.bound != w.who[1].bound {
				rt.Fatal("another browser's reset was shown")
			}
		}
	}
	w.check(rt)
}

func (w *walk) forget(rt *rapid.T) { w.who[rapid.IntRange(0, 1).Draw(rt, "browser")] = w.fresh() }

func (w *walk) wait(rt *rapid.T) {
	w.at += time.Duration(rapid.IntRange(31, 200).Draw(rt, "seconds")) * time.Second
	w.p.App.DB.SetShift(w.at)
}

// check holds every reset, and the passwords, against the model.
func (w *walk) check(rt *rapid.T) {
	for _, f := range w.flows {
		got, err := db.One(context.Background(), w.p.App.DB, func(r db.Row) (s [2]string, err error) { err = r.Scan(&s[0], &s[1]); return },
			`SELECT step, proved FROM resets WHERE hash = $1`, id.Hash(f.secret))
		if err != nil {
			rt.Fatal(err)
		}
		if want := [2]string{f.step, strings.Join(f.proved, "+")}; got != want {
			rt.Fatalf("a reset of %s stands at %v, want %v", f.name, got, want)
		}
	}
	for name, want := range w.versions {
		if got := versionOf(w.t, w.p, name); name != nobody && got != want {
			rt.Fatalf("the password of %s stands at %d, want %d", name, got, want)
		}
	}
}

func (w *walk) exec(text string) {
	if _, err := w.p.App.DB.Exec(context.Background(), text); err != nil {
		w.t.Fatal(err)
	}
}

func cookieOr(b *sojourntest.Browser) string {
	u, err := url.Parse(b.Portal.URL)
	if err != nil {
		return ""
	}
	for _, c := range b.Client.Jar.Cookies(u) {
		if strings.Contains(c.Name, "_reset") {
			return c.Value
		}
	}
	return ""
}
