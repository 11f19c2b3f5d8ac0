package app_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/securityinfo"
	"sojourn/securityinfo/usermethods"
	"sojourn/sojourntest"
)

// Whoever guesses is counted, from whatever browser, in whatever flow, by whatever
// page, and whatever was sent in between.

// armed is somebody with every sort of second factor.
type armed struct {
	t            *testing.T
	p            *sojourntest.Portal
	name         string
	app, printed string // ids
	text, call   string
	codes        []string // recovery codes
	shift        time.Duration
}

const (
	armedSeed  = "seed of a test's own"
	armedPhone = "+31612345699"
	noor       = "noor.haddad@contoso.example"
)

func newArmed(t *testing.T, p *sojourntest.Portal, name string) *armed {
	t.Helper()
	ctx, info, who := context.Background(), p.App.SecurityInfo, p.Self(name)
	a := &armed{t: t, p: p, name: name}
	err := info.Issue(ctx, actor.OperatorActor(), who.AccountID, "App", []byte(armedSeed))
	if err == nil {
		err = info.IssuePhone(ctx, actor.OperatorActor(), who.AccountID, securityinfo.PhoneForm{Type: accounts.MobilePhone, Number: armedPhone, Way: accounts.ByText})
	}
	if err == nil {
		a.codes, err = info.MakeCodes(ctx, who, "")
	}
	if err != nil {
		t.Fatal(err)
	}
	list, err := info.Factors(ctx, p.App.DB, who.AccountID)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range list {
		switch {
		case f.Type == accounts.Authenticator:
			a.app = f.ID
		case f.Type == accounts.RecoveryCodes:
			a.printed = f.ID
		case f.Way == accounts.ByText:
			a.text = f.ID
		case f.Way == accounts.ByCall:
			a.call = f.ID
		}
	}
	return a
}

// later moves the clock on.
func (a *armed) later(by time.Duration) {
	a.shift += by
	a.p.App.DB.SetShift(a.shift)
}

// shows is what the app shows.
func (a *armed) shows() string {
	a.t.Helper()
	code, _, err := securityinfo.CodeNow([]byte(armedSeed), a.p.App.DB.Now())
	if err != nil {
		a.t.Fatal(err)
	}
	return code
}

var sixDigits = regexp.MustCompile(`\b\d{6}\b`)

// told is the code of the newest text. What a voice says is not looked for.
func (a *armed) told() string {
	a.t.Helper()
	list := a.p.Told(armedPhone)
	if len(list) == 0 {
		a.t.Fatal("nothing was sent")
	}
	return sixDigits.FindString(list[len(list)-1].Text)
}

// password takes the first step in a browser.
func (a *armed) password(b *sojourntest.Browser) *sojourntest.Page {
	a.t.Helper()
	return b.Get("/sign-in").Submit("Next", url.Values{"name": {a.name}}).
		Submit("Sign in", url.Values{"password": {sojourntest.Password}}).At("/sign-in/second")
}

// enter types a code of a factor in a browser of its own.
func (a *armed) enter(factor, code string) *sojourntest.Page {
	a.t.Helper()
	b := a.p.Browser()
	a.password(b)
	return b.Get("/sign-in/second?use="+factor).Submit("Verify", url.Values{"code": {code}})
}

// prove types a code of a factor in a session that stands.
func (a *armed) prove(b *sojourntest.Browser, factor, code string) *sojourntest.Page {
	a.t.Helper()
	b.Get("/prove").Submit("Continue", url.Values{"password": {sojourntest.Password}}).At("/prove/second")
	return b.Get("/prove/second?use="+factor).Submit("Verify", url.Values{"code": {code}})
}

// counted says that this many wrong ones stand in a counter.
func (a *armed) counted(prefix string, to int) {
	a.t.Helper()
	_, err := a.p.App.DB.Exec(context.Background(), `UPDATE counters SET count = $1 WHERE name LIKE $2`, to, prefix+"%")
	if err != nil {
		a.t.Fatal(err)
	}
}

// clear forgets what was counted.
func (a *armed) clear() {
	a.t.Helper()
	if _, err := a.p.App.DB.Exec(context.Background(), `DELETE FROM counters`); err != nil {
		a.t.Fatal(err)
	}
}

// never is a code that is none of these.
func never(codes ...string) string {
	for _, guess := range []string{"000000", "111111", "222222", "333333", "444444"} {
		if !slices.Contains(codes, guess) {
			return guess
		}
	}
	return ""
}

func TestBruteForce_authenticator(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		a := newArmed(t, p, noor)
		page := a.enter(a.app, a.shows()).At("/")
		session := page.Browser
		a.later(6 * time.Minute) // the proof is old, and nothing known to be near this code
		wrong := func() string { return a.never() }
		for range 3 {
			a.enter(a.app, wrong()).Is(http.StatusUnprocessableEntity)
		}
		for range 2 {
			a.prove(session, a.app, wrong()).Is(http.StatusUnprocessableEntity)
		}
		a.enter(a.app, a.shows()).Is(http.StatusTooManyRequests).Has("was not looked at")
		a.prove(session, a.app, a.shows()).Is(http.StatusTooManyRequests).Has("was not looked at")
		a.enter(a.printed, a.codes[0]).At("/") // another factor stands apart
		a.later(time.Minute)
		a.prove(session, a.app, a.shows()).At("/")
		a.later(time.Minute)

		// A hundred in a row end it, however long the waits are waited out.
		a.enter(a.app, wrong()).Is(http.StatusUnprocessableEntity)
		a.counted("second:", 99)
		a.later(20 * time.Minute)
		a.enter(a.app, wrong()).Is(http.StatusUnprocessableEntity)
		a.later(24 * time.Hour)
		a.enter(a.app, a.shows()).Is(http.StatusTooManyRequests).Has("until a new password has been set")
	})
}

// never is a code that the app does not show anywhere near.
func (a *armed) never() string {
	var near []string
	for step := -3; step <= 3; step++ {
		code, _, err := securityinfo.CodeNow([]byte(armedSeed), a.p.App.DB.Now().Add(time.Duration(step)*30*time.Second))
		if err != nil {
			a.t.Fatal(err)
		}
		near = append(near, code)
	}
	return never(near...)
}

func TestBruteForce_recoveryCodes(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		a := newArmed(t, p, noor)
		session := a.enter(a.app, a.shows()).At("/").Browser
		a.later(6 * time.Minute)
		const wrong = "0000-0000-0000-0000"
		for range 3 {
			a.enter(a.printed, wrong).Is(http.StatusUnprocessableEntity)
		}
		for range 2 {
			a.prove(session, a.printed, wrong).Is(http.StatusUnprocessableEntity)
		}
		a.enter(a.printed, a.codes[0]).Is(http.StatusTooManyRequests)
		a.prove(session, a.printed, a.codes[0]).Is(http.StatusTooManyRequests)
		a.later(time.Minute)
		a.enter(a.printed, a.codes[0]).At("/")
		a.enter(a.printed, a.codes[0]).Is(http.StatusConflict) // used
		a.counted("second:", 100)
		a.later(24 * time.Hour)
		a.enter(a.printed, a.codes[1]).Is(http.StatusTooManyRequests)
	})
}

// Five wrong ones of a telephone: by text and call, sent again and again, at a sign-in
// and in a session.
func TestBruteForce_sent(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		a := newArmed(t, p, noor)
		session := a.enter(a.app, a.shows()).At("/").Browser
		right := func(path, factor string, b *sojourntest.Browser) string {
			button := map[string]string{a.text: "Text me a code", a.call: "Call me"}[factor]
			b.Get(path+"?use="+factor).Submit(button, nil).Is(http.StatusOK)
			return a.told()
		}
		for n := range 5 {
			a.later(21 * time.Minute)               // below what may be sent to a number, above every wait
			factor := []string{a.text, a.call}[n%2] // the last one can be read
			if n%3 == 2 {
				session.Get("/prove").Submit("Continue", url.Values{"password": {sojourntest.Password}})
				code := right("/prove/second", factor, session)
				session.Get("/prove/second?sent=1&use="+factor).Submit("Verify", url.Values{"code": {never(code)}}).Is(http.StatusUnprocessableEntity)
				continue
			}
			b := p.Browser()
			a.password(b)
			code := right("/sign-in/second", factor, b)
			b.Get("/sign-in/second?sent=1&use="+factor).Submit("Verify", url.Values{"code": {never(code)}}).Is(http.StatusUnprocessableEntity)
		}
		sent := len(p.Told(armedPhone))
		a.later(21 * time.Minute)
		b := p.Browser()
		a.password(b)
		b.Get("/sign-in/second?use="+a.text).Submit("Text me a code", nil).Is(http.StatusTooManyRequests).Has("This phone is off for a day")
		b.Get("/sign-in/second?sent=1&use="+a.call).Submit("Verify", url.Values{"code": {a.told()}}).Is(http.StatusTooManyRequests)
		session.Get("/prove").Submit("Continue", url.Values{"password": {sojourntest.Password}})
		session.Get("/prove/second?use="+a.text).Submit("Text me a code", nil).Is(http.StatusTooManyRequests)
		if n := len(p.Told(armedPhone)); n != sent {
			t.Errorf("%d more were sent to a phone that is off", n-sent)
		}
		a.enter(a.app, a.shows()).At("/") // the app is not
	})
}

// Wrong ones of a pass have to wait: at sign-ins together, and in the session that it
// opened by themselves. Whatever strangers do, it is looked at again after six minutes.
func TestBruteForce_pass(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		a := newArmed(t, p, noor)
		user := p.User(noor, "contoso.example")
		pass, err := p.App.UserMethods.GivePass(context.Background(), p.Administrator("sam.rivera@contoso.example", "contoso.example"), user.TenantID, user.ID,
			usermethods.PassForm{Minutes: "480", Length: "8"})
		if err != nil {
			t.Fatal(err)
		}
		type_ := func(pass string) *sojourntest.Page {
			page := p.Browser().Get("/sign-in").Submit("Next", url.Values{"name": {noor}}).Follow("I have a temporary access pass")
			return page.Submit("Sign in", url.Values{"pass": {pass}})
		}
		session := type_(pass).At("/").Browser
		a.later(6 * time.Minute)
		prove := func(pass string) *sojourntest.Page {
			return session.Get("/prove/pass").Submit("Continue", url.Values{"pass": {pass}})
		}
		for range 5 {
			type_("00000000").Is(http.StatusUnprocessableEntity)
		}
		a.counted("pass:", 12)
		type_(pass).Is(http.StatusTooManyRequests)
		prove(pass).At("/") // strangers do not keep its owner from it
		a.later(6 * time.Minute)
		for range 5 {
			prove("00000000").Is(http.StatusUnprocessableEntity)
		}
		a.counted("pass:", 12)
		prove(pass).Is(http.StatusTooManyRequests)
		a.counted("pass:", 1000000) // a stranger's whole life
		type_("00000000").Is(http.StatusUnprocessableEntity)
		type_(pass).Is(http.StatusTooManyRequests)
		a.later(6 * time.Minute)
		type_(pass).At("/")
		prove(pass).At("/")
	})
}

// Five wrong proofs of a way back in: of whatever sort, sent again, in browsers of
// their own; then the right one is none. Nobody can lock a sign-in that way, and
// wrong codes of a sign-in leave the way back in open.
func TestBruteForce_reset(t *testing.T) {
	const sato, satosMail = "sato@litware.example", "ken.sato@post.example"
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		for range 5 { // wrong passwords do not count here
			b := p.Browser()
			b.Get("/sign-in").Submit("Next", url.Values{"name": {sato}}).Submit("Sign in", url.Values{"password": {"wrong"}}).Is(http.StatusUnprocessableEntity)
		}
		begin := func(way string) (*sojourntest.Browser, *sojourntest.Page) {
			b := p.Browser()
			b.Get("/reset").Submit("Next", url.Values{"name": {sato}}).At("/reset/verify")
			return b, b.Get("/reset/verify/" + way)
		}
		mailed := func() string {
			list := p.Mails(satosMail)
			return sixDigits.FindString(list[len(list)-1].Text)
		}
		verify := func(page *sojourntest.Page, fill url.Values) *sojourntest.Page { return page.Submit("Verify", fill) }
		wrong := func(page *sojourntest.Page, fill url.Values) *sojourntest.Page {
			t.Helper()
			return verify(page, fill).Is(http.StatusUnprocessableEntity).Has("That is not right")
		}
		_, page := begin("email")
		page = page.Submit("Email me a code", url.Values{"place": {satosMail}})
		page = wrong(page, url.Values{"code": {never(mailed())}})
		page = page.Submit("Send again", nil)
		wrong(page, url.Values{"code": {never(mailed())}})
		_, page = begin("authenticator")
		wrong(page, url.Values{"code": {"000000"}})
		_, page = begin("questions")
		answers := url.Values{}
		for n := range 3 {
			answers.Set(fmt.Sprint("answer-", n), "anything")
		}
		wrong(page, answers)
		b, page := begin("email")
		page = page.Submit("Email me a code", url.Values{"place": {satosMail}})
		fifth := mailed()
		wrong(page, url.Values{"code": {never(fifth)}})
		wrong(b.Get("/reset/verify/email"), url.Values{"code": {fifth}}) // it is right

		p.App.DB.SetShift(time.Hour) // the wrong passwords have rested, too
		p.SignIn(sato).Get("/").At("/")
		if list := p.Mails(satosMail); !strings.Contains(list[len(list)-1].Text, fifth) {
			t.Error("something was sent that nobody asked for")
		}
	})
}

// Wrong passwords count together from browsers that the account has not been seen
// in, and apart for each one that it has: there they count whichever page asks.
func TestBruteForce_password(t *testing.T) {
	const ann = "ann.lee@fabrikam.example"
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		type_ := func(b *sojourntest.Browser, password string) *sojourntest.Page {
			return b.Get("/sign-in?another=1").Submit("Next", url.Values{"name": {ann}}).Submit("Sign in", url.Values{"password": {password}})
		}
		known := p.SignIn(ann)
		for range 5 {
			type_(p.Browser(), "wrong").Is(http.StatusUnprocessableEntity)
		}
		type_(p.Browser(), sojourntest.Password).Is(http.StatusTooManyRequests)
		p.App.DB.SetShift(6 * time.Minute)
		proof := func(password string) *sojourntest.Page {
			return known.Get("/prove").Submit("Continue", url.Values{"password": {password}})
		}
		proof("wrong").Is(http.StatusUnprocessableEntity)
		proof("wrong").Is(http.StatusUnprocessableEntity)
		change := func() *sojourntest.Page {
			form := known.Token()
			form.Set("current", "wrong")
			form.Set("new", "velvet anchor pepper drizzle")
			return known.Post("/password", form)
		}
		change().Is(http.StatusUnprocessableEntity)
		change().Is(http.StatusUnprocessableEntity)
		type_(known, "wrong").Is(http.StatusUnprocessableEntity)
		type_(known, sojourntest.Password).Is(http.StatusTooManyRequests)
		proof(sojourntest.Password).Is(http.StatusTooManyRequests)
		p.App.DB.SetShift(8 * time.Minute)
		proof(sojourntest.Password).At("/")
		type_(p.Browser(), sojourntest.Password).At("/")
	})
}
