package usermethods_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"sojourn/sojourntest"
)

var passOnPage = regexp.MustCompile(`<code dir="ltr">(.*?)</code>`)

// given reads the pass off the page that shows it once.
func given(t *testing.T, page *sojourntest.Page) string {
	t.Helper()
	m := passOnPage.FindStringSubmatch(page.HTML)
	if m == nil {
		t.Fatalf("no pass on %s", page.Text())
	}
	return strings.Join(strings.Fields(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(m[1], "")), " ")
}

// withPass signs somebody in with a pass.
func withPass(p *sojourntest.Portal, name, pass string) (*sojourntest.Browser, *sojourntest.Page) {
	b := p.Browser()
	page := b.Get("/sign-in").Submit("Next", url.Values{"name": {name}}).Follow("I have a temporary access pass")
	return b, page.Submit("Sign in", url.Values{"pass": {pass}})
}

func TestGivePass(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		admin := p.SignIn(sam)
		armed(t, p, noor)
		id := p.User(noor, "contoso.example").ID
		form := admin.Get(at(p, id, "/methods")).Follow("Make a pass").Has("Temporary access pass", "in place of the password")
		form.Submit("Make a pass", url.Values{"minutes": {"9"}, "length": {"7"}}).Is(http.StatusUnprocessableEntity).
			Has("Enter a number of minutes from 10 to 480", "Enter a number of characters from 8 to 48")
		form.Submit("Make a pass", url.Values{"minutes": {"1e3"}, "length": {"49"}}).Is(http.StatusUnprocessableEntity)
		made := form.Submit("Make a pass", url.Values{"minutes": {"30"}, "length": {"12"}, "once": {"1"}}).Has("The pass has been made", "30 minutes, one sign-in")
		pass := given(t, made)
		if len(strings.ReplaceAll(pass, " ", "")) != 12 || !strings.Contains(made.Header.Get("Cache-Control"), "no-store") {
			t.Errorf("pass %q, kept where it can be read again: %s", pass, made.Header.Get("Cache-Control"))
		}
		for _, letter := range p.Mails(noor) {
			if strings.Contains(letter.Text+letter.HTML, strings.ReplaceAll(pass, " ", "")) || strings.Contains(letter.Text, pass) {
				t.Error("the pass stands in a mail")
			}
		}
		if n := letters(p, noor, "A temporary access pass was made for your account"); n != 1 {
			t.Errorf("%d letters, want 1", n)
		}
		if n := rows(t, p, "pass.give", "administrator", "done", id); n != 1 {
			t.Errorf("%d rows, want 1", n)
		}
		admin.Get(at(p, id, "/methods")).Has("Good until").HasNot(pass)

		// It stands in for password and second step, once, in whatever way it is typed.
		_, page := withPass(p, noor, "wrong-pass-00")
		page.Is(http.StatusUnprocessableEntity).Has("That pass is not right, or no longer")
		b, page := withPass(p, noor, strings.ToLower(strings.ReplaceAll(pass, " ", "-")))
		page.At("/")
		b.Get("/security-info").HasNot("Good until")
		_, page = withPass(p, noor, pass)
		page.Is(http.StatusUnprocessableEntity).Has("That pass is not right, or no longer")
		p.App.DB.SetShift(31 * time.Minute)
		if got := b.Get("/"); !strings.HasPrefix(got.Path, "/sign-in") {
			t.Errorf("the session outlives its pass: %s", got.Path)
		}
	})
}

func TestGivePass_often(t *testing.T) {
	p := sojourntest.Start(t)
	admin := p.SignIn(sam)
	id := p.User(noor, "contoso.example").ID
	form := admin.Get(at(p, id, "/methods/pass"))
	first := given(t, form.Submit("Make a pass", url.Values{"minutes": {"60"}, "length": {"8"}, "once": {}}))
	second := given(t, form.Submit("Make a pass", url.Values{"minutes": {"60"}, "length": {"8"}, "once": {}}))
	_, page := withPass(p, noor, first)
	page.Has("That pass is not right, or no longer") // replaced
	one, page := withPass(p, noor, second)
	page.At("/")
	_, page = withPass(p, noor, second)
	page.At("/")
	one.Get("/security-info").Has("You have a temporary access pass", "Add a sign-in method before then")

	// It proves afresh as well, and its owner can delete it.
	p.App.DB.SetShift(6 * time.Minute)
	proof := one.Get("/security-info/pass/delete").At("/prove").Follow("I have a temporary access pass")
	page = proof.Submit("Continue", url.Values{"pass": {second}}).At("/security-info/pass/delete")
	page.Submit("Delete", nil).At("/security-info/changed")
	_, page = withPass(p, noor, second)
	page.Has("That pass is not right, or no longer")

	// Nobody, and somebody without a pass, are answered alike.
	_, a := withPass(p, "nobody@contoso.example", "23456789")
	_, b := withPass(p, "lena.fischer@fabrikam.example", "23456789")
	same := strings.NewReplacer("nobody@contoso.example", "X", "lena.fischer@fabrikam.example", "X", "NO", "·", "LE", "·") // the initials are of what was typed
	if a.Status != b.Status || same.Replace(a.Text()) != same.Replace(b.Text()) {
		t.Errorf("%d %s\n%d %s", a.Status, a.Text(), b.Status, b.Text())
	}
}

// Wrong ones have to wait, up to six minutes, from wherever they come; the pass is never
// off, and a new one begins afresh.
func TestGivePass_tries(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		admin := p.SignIn(sam)
		id := p.User(noor, "contoso.example").ID
		give := func() string {
			return given(t, admin.Get(at(p, id, "/methods/pass")).Submit("Make a pass", url.Values{"minutes": {"480"}, "length": {"8"}}))
		}
		pass, shift := give(), time.Duration(0)
		wrongly := func(n int) {
			t.Helper()
			for range n {
				_, page := withPass(p, noor, "00000000")
				page.Is(http.StatusUnprocessableEntity)
				shift += 6 * time.Minute
				p.App.DB.SetShift(shift)
			}
		}
		wrongly(20)
		_, page := withPass(p, noor, "00000000")
		page.Is(http.StatusUnprocessableEntity).Has("Try again in 6 minutes")
		_, page = withPass(p, noor, pass)
		page.Is(http.StatusTooManyRequests).Has("This one was not looked at: try again in 6 minutes")
		p.App.DB.SetShift(shift + 6*time.Minute)
		_, page = withPass(p, noor, pass)
		page.Is(200)

		admin = p.SignIn(sam)
		for range 5 {
			_, page = withPass(p, noor, "00000000")
			page.Is(http.StatusUnprocessableEntity)
		}
		pass = give()
		_, page = withPass(p, noor, pass)
		page.Is(200)
	})
}

// Nobody gives one to themselves, to a guest or above their rank.
func TestGivePass_refused(t *testing.T) {
	p := sojourntest.Start(t)
	admin := p.SignIn(sam)
	admin.Post(at(p, p.User(sam, "contoso.example").ID, "/methods/pass"), with(admin.Token(), "minutes", "60", "length", "8")).Is(http.StatusForbidden)
	admin.Post(at(p, p.User(ann, "contoso.example").ID, "/methods/pass"), with(admin.Token(), "minutes", "60", "length", "8")).Is(http.StatusForbidden)
	lower := p.SignIn(ursula)
	lower.Post(at(p, p.User(sam, "contoso.example").ID, "/methods/pass"), with(lower.Token(), "minutes", "60", "length", "8")).Is(http.StatusForbidden)
}

func with(form url.Values, pairs ...string) url.Values {
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	return form
}
