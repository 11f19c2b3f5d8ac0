package reset_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"testing"
	"time"

	"sojourn/internal/db"
	"sojourn/sojourntest"
)

// everyWay has a stranger use up whatever a name lets them use up.
func everyWay(p *sojourntest.Portal, name string, places ...string) {
	for n := range 7 {
		for _, place := range places {
			b := p.Browser()
			begin(b, name)
			page := send(b, "email", "Email me a code", place)
			verify(page, fmt.Sprintf("%06d", n)).Is(http.StatusUnprocessableEntity)
			verify(b.Get("/reset/verify/email"), "999999").Is(http.StatusUnprocessableEntity)
		}
		b := p.Browser()
		begin(b, name)
		page := send(b, "text", "Text me a code", "+31 6 87654321")
		verify(page, "123456").Is(http.StatusUnprocessableEntity)
		verify(b.Get("/reset/verify/authenticator"), fmt.Sprintf("%06d", n)).Is(http.StatusUnprocessableEntity)
		page = b.Get("/reset/verify/questions")
		if len(questionsOn(p, page)) == 0 {
			continue
		}
		v := url.Values{}
		for n := range 3 {
			v.Set(fmt.Sprint("answer-", n), "anything")
		}
		page.Submit("Verify", v).Is(http.StatusUnprocessableEntity)
	}
}

// Who knows no more than a name keeps nobody from getting back in: not in a browser that
// the portal has never seen, and not where two proofs are asked.
func TestReset_strangerKnowsAName(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		for range 3 {
			everyWay(p, odile, "stranger@post.example", odile)
		}
		if n := counters(t, p, "reset-flow:"); n == 0 {
			t.Error("tries at nothing are not counted")
		}
		b := p.Browser()
		begin(b, odile)
		verify(send(b, "email", "Email me a code", odilesMail), mailed(p, odilesMail)).At("/reset/verify")
		finish(verify(b.Get("/reset/verify/authenticator"), shown(t, p, odilesSeed)).At("/reset/password"))
		p.App.DB.SetShift(time.Minute)
		page := b.Get("/sign-in").Submit("Next", url.Values{"name": {odile}}).Submit("Sign in", url.Values{"password": {fresh}}).At("/sign-in/second")
		verify(page, shown(t, p, odilesSeed)).At("/")
	})
}

// Who knows the mailbox as well uses up the codes that are mailed there, for strangers:
// of fifteen sent codes three wrong ones are looked at, and the hour's letters are not
// all theirs. In a browser where its owner has been signed in, the owner gets in.
func TestReset_strangerKnowsTheMailbox(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		known := p.SignIn(sato)
		everyWay(p, sato, satosMail)
		if n := len(p.Mails(satosMail)); n != 3 {
			t.Errorf("strangers had %d letters sent within the hour, want 3", n)
		}
		b := p.Browser()
		begin(b, sato)
		before := len(p.Mails(satosMail))
		page := send(b, "email", "Email me a code", satosMail).Has("is on its way")
		if len(p.Mails(satosMail)) != before {
			t.Error("one more was sent")
		}
		verify(page, mailed(p, satosMail)).Is(http.StatusUnprocessableEntity) // of another flow, and no more are taken

		begin(known, sato)
		page = send(known, "email", "Email me a code", satosMail)
		if len(p.Mails(satosMail)) != before+1 {
			t.Fatal("the owner is sent nothing")
		}
		verify(page, wrongOf(mailed(p, satosMail))).Is(http.StatusUnprocessableEntity)
		finish(verify(known.Get("/reset/verify/email"), mailed(p, satosMail)).At("/reset/password"))
	})
}

// However many browsers, flows and codes, wrong ones of one method are compared three
// times for strangers and two times more for those who are known: then the right one is
// none.
func TestReset_bounded(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		known := p.SignIn(sato)
		try := func(b *sojourntest.Browser, right bool) *sojourntest.Page {
			begin(b, sato)
			page := send(b, "email", "Email me a code", satosMail)
			code := mailed(p, satosMail)
			if !right {
				code = wrongOf(code)
			}
			return verify(page, code)
		}
		shift := time.Duration(0)
		for n := range 3 {
			shift += time.Hour
			p.App.DB.SetShift(shift)
			try(p.Browser(), false).Is(http.StatusUnprocessableEntity)
			if n == 0 {
				try(p.Browser(), true).At("/reset/password") // right, and buys nothing
			}
		}
		shift += time.Hour
		p.App.DB.SetShift(shift)
		try(p.Browser(), true).Is(http.StatusUnprocessableEntity)
		for range 2 {
			try(known, false).Is(http.StatusUnprocessableEntity)
		}
		shift += time.Hour
		p.App.DB.SetShift(shift)
		try(known, true).Is(http.StatusUnprocessableEntity)
		if n := counters(t, p, "reset:"); n != 5 {
			t.Errorf("%d wrong ones were counted, want 5", n)
		}
		p.App.DB.SetShift(shift + 25*time.Hour)
		try(p.Browser(), true).At("/reset/password")
	})
}

// A browser that its owner has disowned is a stranger's.
func TestReset_disowned(t *testing.T) {
	p := sojourntest.Start(t)
	known := p.SignIn(sato)
	if _, err := p.App.DB.Exec(context.Background(), `UPDATE sessions SET end_reason = 'disowned' WHERE account_id = $1`, p.Self(sato).AccountID); err != nil {
		t.Fatal(err)
	}
	for range 4 {
		b := p.Browser()
		begin(b, sato)
		verify(send(b, "email", "Email me a code", satosMail), wrongOf(mailed(p, satosMail)))
	}
	p.App.DB.SetShift(2 * time.Hour)
	begin(known, sato)
	verify(send(known, "email", "Email me a code", satosMail), mailed(p, satosMail)).Is(http.StatusUnprocessableEntity)
}

// counters is how much stands in the counters whose names begin so.
func counters(t *testing.T, p *sojourntest.Portal, prefix string) int {
	t.Helper()
	list, err := db.All(context.Background(), p.App.DB, func(r db.Row) (x struct {
		name string
		n    int
	}, err error) {
		err = r.Scan(&x.name, &x.n)
		return
	}, `SELECT name, count FROM counters`)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, one := range list {
		if len(one.name) > len(prefix) && one.name[:len(prefix)] == prefix {
			n += one.n
		}
	}
	return n
}
