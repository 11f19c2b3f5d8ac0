package reset_test

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/securityinfo"
	"sojourn/sojourntest"
)

// People of the demo: one without a second step, an administrator with one, one whose
// phone is one, one without a home, and nobody.
const (
	sato, satosMail   = "sato@litware.example", "ken.sato@post.example"
	aiko, aikosMail   = "aiko@proseware.example", "aiko.tanaka@post.example" // whose organization has closed
	odile, odilesMail = "odile.marchand@sainte-genevieve.example", "odile@courrier.example"
	iris, irisPhone   = "iris.koning@relecloud.example", "+31612345642"
	mirjam            = "mirjam@postbus.example"
	nobody            = "nobody.at.all@litware.example"

	odilesSeed = "a doctor's own seed!"
	irisSeed   = "the demo's own seed!"
	fresh      = "velvet anchor pepper drizzle"
)

var satosAnswers = map[string]string{"toy": "赤い凧", "street": "Sakura Lane", "job": "the bakery", "dish": "natto", "nickname": "Ken-chan"}

var digits = regexp.MustCompile(`\b\d{6}\b`)

// mailed is the code of the newest mail to an address, "" without one.
func mailed(p *sojourntest.Portal, to string) string {
	list := p.Mails(to)
	if len(list) == 0 {
		return ""
	}
	return digits.FindString(list[len(list)-1].Text)
}

func texted(p *sojourntest.Portal, to string) string {
	list := p.Told(to)
	if len(list) == 0 {
		return ""
	}
	return digits.FindString(list[len(list)-1].Text)
}

func shown(t testing.TB, p *sojourntest.Portal, seed string) string {
	t.Helper()
	code, _, err := securityinfo.CodeNow([]byte(seed), p.App.DB.Now())
	if err != nil {
		t.Fatal(err)
	}
	return code
}

// begin types a name.
func begin(b *sojourntest.Browser, name string) *sojourntest.Page {
	return b.Get("/reset").Submit("Next", url.Values{"name": {name}}).At("/reset/verify")
}

// send has a code sent to an address or number.
func send(b *sojourntest.Browser, way, button, place string) *sojourntest.Page {
	return b.Get("/reset/verify/"+way).Submit(button, url.Values{"place": {place}})
}

func verify(page *sojourntest.Page, code string) *sojourntest.Page {
	return page.Submit("Verify", url.Values{"code": {code}})
}

// question finds what a page asks, by the fields' order.
func questionsOn(p *sojourntest.Portal, page *sojourntest.Page) (out []string) {
	text := page.Text()
	type found struct {
		at       int
		question string
	}
	var all []found
	words := p.App.Words.Get("en")
	for _, q := range []string{
		"toy", "teacher", "street", "neighbour", "job", "concert", "journey", "dish", "book", "film", "hero", "hiding",
		"nickname", "pet", "bicycle", "colleague", "present", "song", "smell", "game", "shop", "camp", "gift", "fear",
	} {
		if at := strings.Index(text, words.T(securityinfo.QuestionKey(q))); at >= 0 {
			all = append(all, found{at, q})
		}
	}
	for i := range all {
		for j := i + 1; j < len(all); j++ {
			if all[j].at < all[i].at {
				all[i], all[j] = all[j], all[i]
			}
		}
	}
	for _, f := range all {
		out = append(out, f.question)
	}
	return out
}

func answering(p *sojourntest.Portal, page *sojourntest.Page, answers map[string]string) url.Values {
	v := url.Values{}
	for n, q := range questionsOn(p, page) {
		v.Set("answer-"+string(rune('0'+n)), answers[q])
	}
	return v
}

// finish chooses the new password.
func finish(page *sojourntest.Page) *sojourntest.Page {
	return page.At("/reset/password").Submit("Finish", url.Values{"new": {fresh}}).At("/reset/done").Is(http.StatusOK)
}

var stranger = actor.Actor{Address: "127.0.0.1"}

// cookie is the secret of a browser's reset.
func cookie(t testing.TB, b *sojourntest.Browser) string {
	t.Helper()
	secret := cookieOr(b)
	if secret == "" {
		t.Fatal("the browser has no reset")
	}
	return secret
}

func copyCookie(t testing.TB, from, to *sojourntest.Browser) {
	t.Helper()
	u, err := url.Parse(from.Portal.URL)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range from.Client.Jar.Cookies(u) {
		if strings.Contains(c.Name, "_reset") {
			c.Path = "/"
			to.Client.Jar.SetCookies(u, []*http.Cookie{c})
		}
	}
}

// formKey is what the newest reset is bound to.
func formKey(t testing.TB, p *sojourntest.Portal) string {
	t.Helper()
	key, err := db.One(context.Background(), p.App.DB, db.Text, `SELECT browser_id FROM resets ORDER BY created_at DESC LIMIT 1`)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func versionOf(t testing.TB, p *sojourntest.Portal, name string) int {
	t.Helper()
	account, _, err := accounts.ByName(context.Background(), p.App.DB, name)
	if err != nil {
		t.Fatal(err)
	}
	password, _, err := accounts.PasswordOf(context.Background(), p.App.DB, account.ID)
	if err != nil {
		t.Fatal(err)
	}
	return password.Version
}

// wrongOf is a code that is another.
func wrongOf(code string) string {
	if code == "000000" {
		return "111111"
	}
	return "000000"
}
