package reset_test

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sojourn/internal/db"
	"sojourn/internal/smtpsink"
	"sojourn/sojourntest"
)

// Somebody without a second factor gets back in by one method.
func TestReset_email(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		open := p.SignIn(sato) // a session that is to end
		b := p.Browser()
		page := b.Get("/sign-in").Follow("Can’t access your account?").Has("Get back into your account")
		page = page.Submit("Next", url.Values{"name": {""}}).Is(http.StatusUnprocessableEntity).Has("Enter your email address or sign-in name")
		page = page.Submit("Next", url.Values{"name": {"anything at all"}}).Is(http.StatusUnprocessableEntity).Has("Enter an email address or sign-in name")
		page.Submit("Next", url.Values{"name": {sato}}).At("/reset/verify").Has("Email a code", "Text my mobile phone", "Answer my security questions").HasNot("post.example")
		page = b.Get("/reset/verify/email").Submit("Email me a code", url.Values{"place": {"no address"}}).Is(http.StatusUnprocessableEntity)
		page = page.Submit("Email me a code", url.Values{"place": {"Ken.Sato@post.example"}}).At("/reset/verify/email").Has("If ken.sato@post.example is right")
		first := mailed(p, satosMail)
		page = verify(page, "12").Is(http.StatusUnprocessableEntity).Has("The code has six digits")
		page = page.Submit("Send again", nil).Has("If that is right, a new code is on its way")
		second := mailed(p, satosMail)
		if first != second {
			page = verify(page, first).Is(http.StatusUnprocessableEntity).Has("That is not right")
		}
		page = verify(page, second).At("/reset/password").Has(sato)
		page = page.Submit("Finish", url.Values{"new": {"short"}}).Is(http.StatusUnprocessableEntity).Has("at least 15")
		finish(page).Has("Your password has been reset", "If your account has a second step")
		open.Get("/").At("/sign-in")
		b.SignIn(sato, fresh).At("/")
		for _, to := range []string{sato, satosMail} {
			if !slices.ContainsFunc(p.Mails(to), func(m smtpsink.Message) bool { return m.Subject == "Your password was reset" }) {
				t.Errorf("%s was not told", to)
			}
		}
		b.Get("/activity").Has("Your password was reset", "Password reset refused", "What was given as a proof was not right")
		b.Get("/reset/password").At("/reset")
		if n, err := db.Count(context.Background(), p.App.DB, `SELECT count(*) FROM sent_codes WHERE method_id LIKE 'reset-%' AND used_at IS NULL`); err != nil || n != 0 {
			t.Error(n, err)
		}
	})
}

// Whoever has a second factor proves two methods of different types, and is asked for
// the second step as before.
func TestReset_two(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		b := p.Browser()
		begin(b, odile).Has("Enter a code from my authenticator app")
		page := verify(send(b, "email", "Email me a code", odilesMail), mailed(p, odilesMail))
		page.At("/reset/verify").Has("One more is asked of you", "Whoever has a second step").HasNot("Email a code")
		b.Get("/reset/verify/email").At("/reset/verify")
		b.Get("/reset/password").At("/reset/verify")
		page = verify(b.Get("/reset/verify/authenticator"), shown(t, p, odilesSeed)).At("/reset/password")
		finish(page)
		p.App.DB.SetShift(time.Minute)
		page = b.Get("/sign-in").Submit("Next", url.Values{"name": {odile}}).Submit("Sign in", url.Values{"password": {fresh}}).At("/sign-in/second")
		verify(page, shown(t, p, odilesSeed)).At("/")
		b.Get("/activity").Has("Password right, second step asked", "Email, Authenticator app").
			Has("This wasn’t me")

		// A telephone is a type of its own, however the code comes.
		p.App.DB.SetShift(0)
		b = p.Browser()
		begin(b, iris)
		page = verify(send(b, "text", "Text me a code", "+31 6 12345642"), texted(p, irisPhone)).At("/reset/verify").HasNot("Call my mobile phone", "Text my mobile phone")
		page = verify(b.Get("/reset/verify/authenticator"), shown(t, p, irisSeed))
		finish(page)
	})
}

func TestReset_ownMailbox(t *testing.T) {
	p := sojourntest.Start(t)
	b := p.Browser()
	begin(b, mirjam)
	page := verify(send(b, "email", "Email me a code", mirjam), mailed(p, mirjam))
	finish(page)
	b.SignIn(mirjam, fresh).At("/")

	// A work account's sign-in name is no method: who is locked out there cannot read it.
	b = p.Browser()
	begin(b, sato)
	send(b, "email", "Email me a code", sato)
	if list := p.Mails(sato); len(list) != 0 {
		t.Errorf("a code went to the sign-in name: %s", list[len(list)-1].Subject)
	}
}

func TestReset_questions(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		b := p.SignIn(sato) // so that some wrong answers more are taken here
		begin(b, sato)
		page := b.Get("/reset/verify/questions")
		if n := len(questionsOn(p, page)); n != 3 {
			t.Fatalf("%d questions are asked", n)
		}
		page = page.Submit("Verify", answering(p, page, map[string]string{})).Is(http.StatusUnprocessableEntity).Has("Enter an answer")
		draws := map[string]bool{}
		for range 3 {
			draws[strings.Join(questionsOn(p, page), " ")] = true
			page = page.Submit("Verify", answering(p, page, map[string]string{"toy": "x", "street": "x", "job": "x", "dish": "x", "nickname": "x"})).Is(http.StatusUnprocessableEntity).Has("That is not right")
		}
		if len(draws) < 2 {
			t.Error("a wrong answer draws no others")
		}
		right := map[string]string{}
		for q, a := range satosAnswers {
			right[q] = "  " + strings.ToUpper(a) + " "
		}
		finish(page.Submit("Verify", answering(p, page, right)))
	})
}

// Fifty of one last step at once: one sets the password.
func TestReset_concurrent(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		b := p.Browser()
		begin(b, sato)
		verify(send(b, "email", "Email me a code", satosMail), mailed(p, satosMail)).At("/reset/password")
		secret, browser := cookie(t, b), formKey(t, p)
		var done atomic.Int32
		var wait sync.WaitGroup
		for range 50 {
			wait.Go(func() {
				if err := p.App.SecurityInfo.FinishReset(context.Background(), stranger, secret, browser, fresh); err == nil {
					done.Add(1)
				}
			})
		}
		wait.Wait()
		if done.Load() != 1 {
			t.Errorf("%d passwords were set", done.Load())
		}
		if n := versionOf(t, p, sato); n != 2 {
			t.Errorf("the password stands at version %d", n)
		}
	})
}

// A reset is one browser's, and each form does its step once.
func TestReset_otherBrowser(t *testing.T) {
	p := sojourntest.Start(t)
	b, other := p.Browser(), p.Browser()
	begin(b, sato)
	page := send(b, "email", "Email me a code", satosMail)
	code := mailed(p, satosMail)
	copyCookie(t, b, other)
	other.Get("/reset")
	other.Get("/reset/verify").At("/reset")
	other.Get("/reset/verify/email").At("/reset")
	last := verify(page, code).At("/reset/password")
	verify(page, code).At("/reset/password") // the button pressed twice goes on where it stands
	finish(last)
	last.Submit("Finish", url.Values{"new": {"quilted harbour sandwich moth"}}).At("/reset").Has("Start again")
	b.SignIn(sato, fresh).At("/")
}

// What is begun before a password changes does not outlive it.
func TestReset_changedMeanwhile(t *testing.T) {
	p := sojourntest.Start(t)
	one, two := p.Browser(), p.Browser()
	begin(one, sato)
	first := verify(send(one, "email", "Email me a code", satosMail), mailed(p, satosMail)).At("/reset/password")
	begin(two, sato)
	second := verify(send(two, "email", "Email me a code", satosMail), mailed(p, satosMail)).At("/reset/password")
	finish(first)
	second.Submit("Finish", url.Values{"new": {"quilted harbour sandwich moth"}})
	two.SignIn(sato, fresh).At("/")
	p.App.DB.SetShift(16 * time.Minute)
	three := p.Browser()
	begin(three, odile)
	p.App.DB.SetShift(32 * time.Minute)
	three.Get("/reset/verify").At("/reset").Has("Start again")
}
