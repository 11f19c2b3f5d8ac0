package main

import (
	"context"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"sojourn/accounts"
	"sojourn/app"
	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/dbtest"
	"sojourn/internal/outbox"
	"sojourn/internal/phone"
	"sojourn/internal/smtpsink"
	"sojourn/securityinfo"
	"sojourn/securityinfo/usermethods"
	"sojourn/sojourntest"
)

// What is good once is good once, whichever of two processes on one database is asked:
// fifty come at the same moment, half of them here and half of them there.

const (
	together  = 50
	onceSeed  = "seed of a test's own"
	oncePhone = "+31612345698"
	onceMail  = "p1@post.example"
)

// secrets are what is good once, and where codes arrive.
type secrets struct {
	t       *testing.T
	w       *killWorld
	c       *cluster
	mails   *smtpsink.Sink
	printed string // a recovery code
	pass    string
	link    string
	factors map[accounts.MethodType]string

	mu     sync.Mutex
	texted string
}

func TestOnce_twoProcesses(t *testing.T) {
	dbtest.EachSource(t, func(t *testing.T, source string) {
		s := &secrets{t: t, w: killWorldOn(t, source), mails: &smtpsink.Sink{}, factors: map[accounts.MethodType]string{}}
		s.w.open(t, s.furnish)
		if err := s.mails.Listen("127.0.0.1:0"); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.mails.Close() })
		texts := httptest.NewServer(http.HandlerFunc(s.receive))
		t.Cleanup(texts.Close)
		s.c = newCluster(t, s.w, fmt.Sprintf("SOJOURN_SMTP=%s:%d", s.mails.Host(), s.mails.Port()), "SOJOURN_SMTP_TLS=none",
			"SOJOURN_TEXTS=webhook", "SOJOURN_WEBHOOK_URL="+texts.URL, "SOJOURN_WEBHOOK_SECRET=secret of the webhook", "SOJOURN_PHONE_COUNTRIES=NL")
		for _, part := range []struct {
			name string
			test func(t *testing.T)
		}{
			{"recovery code", s.recoveryCode},
			{"step of an authenticator", s.step},
			{"code that was sent", s.sentCode},
			{"last step of a reset", s.lastStep},
			{"temporary access pass", s.accessPass},
			{"link to set a password", s.passwordLink},
		} {
			t.Run(part.name, part.test)
		}
	})
}

// furnish gives the first everything for a second step, the second a way back in, the
// third a pass and the fourth a link.
func (s *secrets) furnish(ctx context.Context, a *app.App) {
	info, people := a.SecurityInfo, s.w.people
	info.Delivers, info.Countries = func(outbox.Channel) bool { return true }, phone.Countries{"NL"}
	must := func(err error) {
		s.t.Helper()
		if err != nil {
			s.t.Fatal(err)
		}
	}
	must(info.Issue(ctx, operator, people[0].account, "App", []byte(onceSeed)))
	must(info.IssuePhone(ctx, operator, people[0].account, securityinfo.PhoneForm{Type: accounts.MobilePhone, Number: oncePhone, Way: accounts.ByText}))
	codes, err := info.MakeCodes(ctx, actor.Actor{Kind: actor.Person, AccountID: people[0].account, ProvedAt: a.DB.Now()}, "")
	must(err)
	s.printed = codes[0]
	list, err := info.Factors(ctx, a.DB, people[0].account)
	must(err)
	for _, f := range list {
		if f.Way != accounts.ByCall {
			s.factors[f.Type] = f.ID
		}
	}
	must(info.IssueEmail(ctx, operator, people[1].account, onceMail))
	for i, give := range map[int]func(directory.User) error{
		2: func(u directory.User) (err error) {
			s.pass, err = a.UserMethods.GivePass(ctx, operator, u.TenantID, u.ID, usermethods.PassForm{Minutes: "60", Length: "8", Once: true})
			return err
		},
		3: func(u directory.User) (err error) {
			s.link, err = a.Directory.SendLink(ctx, operator, u.TenantID, u.ID)
			return err
		},
	} {
		home, found, err := directory.HomeOf(ctx, a.DB, people[i].account)
		if err != nil || !found {
			s.t.Fatal(found, err)
		}
		u, _, err := directory.UserOf(ctx, a.DB, home.TenantID, people[i].account)
		must(err)
		must(give(u))
	}
}

// receive is the other end of the webhook.
func (s *secrets) receive(_ http.ResponseWriter, r *http.Request) {
	var got struct {
		Text string `json:"text"`
	}
	if json.NewDecoder(r.Body).Decode(&got) == nil {
		s.mu.Lock()
		s.texted = code.FindString(got.Text)
		s.mu.Unlock()
	}
}

var code = regexp.MustCompile(`\b\d{6}\b`)

// asker is a browser that is about to send its last form.
type asker struct {
	b    *sojourntest.Browser
	form url.Values
}

// ready is a browser at the i-th of the processes; it follows redirects no further.
func (s *secrets) ready(page *sojourntest.Page, more ...string) asker {
	out := asker{b: page.Browser, form: url.Values{}}
	for _, m := range regexp.MustCompile(`<input[^>]* name="(csrf|account|flow|method)"[^>]* value="([^"]*)"`).FindAllStringSubmatch(page.HTML, -1) {
		out.form.Set(m[1], html.UnescapeString(m[2]))
	}
	for i := 0; i+1 < len(more); i += 2 {
		out.form.Set(more[i], more[i+1])
	}
	out.b.Client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return out
}

// copied are browsers with the cookies of one, half of them at the other process.
func (s *secrets) copied(one asker) (all []asker) {
	u, err := url.Parse(s.c.base)
	if err != nil {
		s.t.Fatal(err)
	}
	for i := range together {
		b := s.c.at(i % 2)
		jar, _ := cookiejar.New(nil)
		jar.SetCookies(u, one.b.Client.Jar.Cookies(u))
		b.Client.Jar, b.Client.CheckRedirect = jar, one.b.Client.CheckRedirect
		all = append(all, asker{b, one.form})
	}
	return all
}

// many opens so many browsers, a few at a time.
func (s *secrets) many(open func(b *sojourntest.Browser) asker) (all []asker) {
	all = make([]asker, together)
	var work sync.WaitGroup
	next := make(chan int)
	for range 4 {
		work.Go(func() {
			for i := range next {
				all[i] = open(s.c.at(i % 2))
			}
		})
	}
	for i := range together {
		next <- i
	}
	close(next)
	work.Wait()
	return all
}

// one fails the test unless exactly one of them is answered by leading on to a place,
// and the others are refused or asked to come back.
func one(t *testing.T, all []asker, path, place string) {
	t.Helper()
	answers := make([]*sojourntest.Page, len(all))
	var work sync.WaitGroup
	begin := make(chan struct{})
	for i, a := range all {
		work.Go(func() {
			<-begin
			answers[i] = a.b.Post(path, a.form)
		})
	}
	close(begin)
	work.Wait()
	won, told := 0, map[string]int{}
	for _, page := range answers {
		to, _, _ := strings.Cut(page.Header.Get("Location"), "?")
		told[fmt.Sprint(page.Status, " ", to)]++
		if page.Status == http.StatusSeeOther && to == place {
			won++
		}
		if page.Status == http.StatusInternalServerError {
			t.Errorf("an answer is an error: %.300s", page.Text())
		}
	}
	t.Log("answers: ", told)
	if won != 1 {
		t.Errorf("it was good %d times of %d", won, len(all))
	}
}

// second takes somebody to the second step.
func (s *secrets) second(b *sojourntest.Browser, factor string) *sojourntest.Page {
	b.Get("/sign-in").Submit("Next", url.Values{"name": {s.w.people[0].name}}).
		Submit("Sign in", url.Values{"password": {sojourntest.Password}}).At("/sign-in/second")
	return b.Get("/sign-in/second?use=" + factor)
}

func (s *secrets) recoveryCode(t *testing.T) {
	all := s.many(func(b *sojourntest.Browser) asker {
		return s.ready(s.second(b, s.factors[accounts.RecoveryCodes]), "code", s.printed)
	})
	one(t, all, "/sign-in/second", "/")
}

// step: each comes from a flow of its own, with what the app shows.
func (s *secrets) step(t *testing.T) {
	all := s.many(func(b *sojourntest.Browser) asker { return s.ready(s.second(b, s.factors[accounts.Authenticator])) })
	shown, _, err := securityinfo.CodeNow([]byte(onceSeed), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range all {
		a.form.Set("code", shown)
	}
	one(t, all, "/sign-in/second", "/")
}

// sentCode is good in one flow, so it is one browser's that others have taken.
func (s *secrets) sentCode(t *testing.T) {
	page := s.second(s.c.at(0), s.factors[accounts.MobilePhone]).Submit("Text me a code", nil)
	var typed string
	eventually(t, "the code arrives", func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		typed = s.texted
		return typed != ""
	})
	one(t, s.copied(s.ready(page, "code", typed)), "/sign-in/second", "/")
}

func (s *secrets) lastStep(t *testing.T) {
	b := s.c.at(0)
	b.Get("/reset").Submit("Next", url.Values{"name": {s.w.people[1].name}}).At("/reset/verify")
	page := b.Get("/reset/verify/email").Submit("Email me a code", url.Values{"place": {onceMail}})
	eventually(t, "the mail arrives", func() bool { return len(s.mails.To(onceMail)) > 0 })
	page = page.Submit("Verify", url.Values{"code": {code.FindString(s.mails.To(onceMail)[0].Text)}}).At("/reset/password")
	one(t, s.copied(s.ready(page, "new", "velvet anchor pepper drizzle")), "/reset/password", "/reset/done")
	if n := len(s.mails.To(onceMail)); n > 2 {
		t.Errorf("%d mails", n)
	}
}

func (s *secrets) accessPass(t *testing.T) {
	all := s.many(func(b *sojourntest.Browser) asker {
		page := b.Get("/sign-in").Submit("Next", url.Values{"name": {s.w.people[2].name}}).Follow("I have a temporary access pass")
		return s.ready(page, "pass", s.pass)
	})
	one(t, all, "/sign-in/pass", "/")
}

func (s *secrets) passwordLink(t *testing.T) {
	all := s.many(func(b *sojourntest.Browser) asker {
		return s.ready(b.Get(path(t, s.link)), "new", "velvet anchor pepper drizzle")
	})
	one(t, all, path(t, s.link), "/sign-in")
}
