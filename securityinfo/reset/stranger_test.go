package reset_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"sojourn/accounts"
	"sojourn/internal/db"
	"sojourn/sojourntest"
)

// transcript is all that somebody sees who knows no more than a name.
func transcript(p *sojourntest.Portal, name string) (out []string) {
	b := p.Browser()
	note := func(page *sojourntest.Page) *sojourntest.Page {
		text := strings.ReplaceAll(page.Text(), name, "…")
		text = strings.ReplaceAll(text, strings.ToUpper(name[:2])+" …", "…") // the tile
		for _, q := range questionsOn(p, page) {
			text = strings.ReplaceAll(text, p.App.Words.Get("en").T("securityinfo.questions.q."+q), "?")
		}
		out = append(out, fmt.Sprintf("%d %s %s", page.Status, page.Path, text))
		return page
	}
	note(begin(b, name))
	page := note(send(b, "email", "Email me a code", "stranger@post.example"))
	note(verify(page, "000000"))
	page = note(send(b, "text", "Text me a code", "+31 6 87654321"))
	note(verify(page, "000000"))
	note(verify(b.Get("/reset/verify/authenticator"), "000000"))
	page = note(b.Get("/reset/verify/questions"))
	v := url.Values{}
	for n := range 3 {
		v.Set(fmt.Sprint("answer-", n), "anything")
	}
	note(page.Submit("Verify", v))
	note(b.Get("/reset/password"))
	note(b.Get("/reset/help").Submit("Contact your administrator", nil))
	return out
}

func TestReset_tellsNothing(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		ctx := context.Background()
		tenant := p.Tenant("litware.example").ID
		compare := func(what string, names ...string) {
			t.Helper()
			want := transcript(p, names[0])
			for _, name := range names[1:] {
				if got := transcript(p, name); !slices.Equal(got, want) {
					for i := range want {
						if got[i] != want[i] {
							t.Errorf("%s: %s:\n%s\nand %s:\n%s", what, name, got[i], names[0], want[i])
							break
						}
					}
				}
			}
		}
		names := []string{nobody, sato, "tomas@litware.example"}
		compare("first", names...)
		compare("again, and locked by now", names...)
		for change, says := range map[string]string{
			`{"for":{"who":"none"},"number":1,"methods":["email","questions","authenticator","phone"],"toRegister":5,"toAnswer":3}`:                 "For most people one is enough.",
			`{"for":{"who":"all"},"number":2,"methods":["email","phone","authenticator","questions"],"toRegister":5,"toAnswer":3,"tellOwner":true}`: "Your organization asks everybody for two different ones.",
		} {
			if _, err := p.App.DB.Exec(ctx, `DELETE FROM settings WHERE tenant_id = $1 AND name = 'policy.reset'`, tenant); err != nil {
				t.Fatal(err)
			}
			if _, err := p.App.DB.Exec(ctx, `INSERT INTO settings (tenant_id, name, value, set_at, set_by) VALUES ($1, 'policy.reset', $2, 1, '')`, tenant, change); err != nil {
				t.Fatal(err)
			}
			if _, err := p.App.DB.Exec(ctx, `DELETE FROM counters`); err != nil {
				t.Fatal(err)
			}
			compare(change, names...)
			begin(p.Browser(), nobody).Has(says)
		}
		if _, err := p.App.DB.Exec(ctx, `UPDATE users SET account_enabled = FALSE WHERE principal_name = $1`, sato); err != nil {
			t.Fatal(err)
		}
		compare("disabled", names...)
		if n, err := db.Count(ctx, p.App.DB, `SELECT count(*) FROM sent_codes`); err != nil || n != 0 {
			t.Errorf("%d codes were sent, %v", n, err)
		}
		for _, to := range []string{"stranger@post.example", satosMail} {
			if list := p.Mails(to); len(list) != 0 {
				t.Errorf("%s was written to: %s", to, list[0].Subject)
			}
		}
	})
}

// The questions of a name that nobody has stay among the same few, as anybody's do.
func TestReset_questionsOfNobody(t *testing.T) {
	p := sojourntest.Start(t)
	for _, name := range []string{nobody, sato, "tomas@litware.example", mirjam} {
		seen := map[string]bool{}
		for range 12 {
			b := p.Browser()
			begin(b, name)
			for _, q := range questionsOn(p, b.Get("/reset/verify/questions")) {
				seen[q] = true
			}
		}
		if len(seen) != 5 {
			t.Errorf("%s is asked %d questions in all", name, len(seen))
		}
	}
}

// Three wrong proofs of a sort, wherever: then that sort is not right for a day, which
// reads as always. Whoever has proved something has two more, and no more for proving
// it again.
func TestReset_locked(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		wrongly := func(n int) {
			for range n {
				b := p.Browser()
				begin(b, odile)
				verify(b.Get("/reset/verify/authenticator"), "000000").Is(http.StatusUnprocessableEntity).Has("That is not right")
			}
		}
		wrongly(4)
		b := p.Browser()
		begin(b, odile)
		verify(b.Get("/reset/verify/authenticator"), shown(t, p, odilesSeed)).Is(http.StatusUnprocessableEntity).Has("That is not right", "After three wrong tries")
		for range 2 {
			b = p.Browser()
			begin(b, odile)
			verify(send(b, "email", "Email me a code", odilesMail), mailed(p, odilesMail)).At("/reset/verify")
			verify(b.Get("/reset/verify/authenticator"), "000000").Is(http.StatusUnprocessableEntity)
		}
		verify(b.Get("/reset/verify/authenticator"), shown(t, p, odilesSeed)).Is(http.StatusUnprocessableEntity).Has("That is not right")
		p.App.DB.SetShift(time.Hour)
		for range 3 { // of the codes that are mailed there are as few
			b = p.Browser()
			begin(b, odile)
			send(b, "email", "Email me a code", odilesMail).Has("is on its way")
			verify(b.Get("/reset/verify/email"), wrongOf(mailed(p, odilesMail))).Is(http.StatusUnprocessableEntity)
		}
		p.App.DB.SetShift(2*time.Hour + time.Minute)
		b = p.Browser()
		begin(b, odile)
		send(b, "email", "Email me a code", odilesMail).Has("is on its way")
		list := p.Mails(odilesMail)
		if last := list[len(list)-1]; !strings.Contains(last.Text, "too many wrong tries") || digits.FindString(last.Text) != "" {
			t.Errorf("the owner is not told why: %s", last.Text)
		}
		// Signing in is another matter.
		page := p.Browser().Get("/sign-in").Submit("Next", url.Values{"name": {odile}}).Submit("Sign in", url.Values{"password": {sojourntest.Password}}).At("/sign-in/second")
		verify(page, shown(t, p, odilesSeed)).At("/")
		p.App.DB.SetShift(27 * time.Hour)
		b = p.Browser()
		begin(b, odile)
		verify(b.Get("/reset/verify/authenticator"), shown(t, p, odilesSeed)).At("/reset/verify")
	})
}

// Whose password was forgotten a hundred times can get back in.
func TestReset_lockedOut(t *testing.T) {
	p := sojourntest.Start(t)
	account, _, err := accounts.ByName(context.Background(), p.App.DB, sato)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.App.DB.Exec(context.Background(), `INSERT INTO counters (name, count, first_at, last_at) VALUES ($1, 100, $2, $2)`,
		"password:"+account.ID+":1", db.Micros(p.App.DB.Now())); err != nil {
		t.Fatal(err)
	}
	b := p.Browser()
	b.Get("/sign-in").Submit("Next", url.Values{"name": {sato}}).Submit("Sign in", url.Values{"password": {sojourntest.Password}}).Is(http.StatusTooManyRequests)
	begin(b, sato)
	finish(verify(send(b, "email", "Email me a code", satosMail), mailed(p, satosMail)))
	b.SignIn(sato, fresh).At("/")
}

// Who does not get in is told why where only they read it, and can ask for help, once.
func TestReset_why(t *testing.T) {
	p := sojourntest.Start(t)
	b := p.Browser()
	begin(b, aiko)
	page := send(b, "email", "Email me a code", aikosMail).Has("is on its way")
	list := p.Mails(aikosMail)
	if len(list) != 1 || !strings.Contains(list[0].Text, "disabled at your organization") || digits.FindString(list[0].Text) != "" {
		t.Fatalf("%v", list)
	}
	verify(page, "000000").Is(http.StatusUnprocessableEntity)

	for range 2 {
		b = p.Browser()
		begin(b, "noor.haddad@contoso.example")
		b.Get("/reset/verify").Follow("Contact your administrator").Submit("Contact your administrator", nil).Has("its administrators have been asked")
	}
	asked := p.Mails("ursula@contoso.example")
	if len(asked) != 1 || !strings.Contains(asked[0].Text, "Noor Haddad") || !strings.Contains(asked[0].Text, "/users/") {
		t.Errorf("the administrators were asked %d times", len(asked))
	}
	if list := p.Mails("sam.rivera@contoso.example"); len(list) != 0 {
		t.Error("Sam was asked, too")
	}
}

// An administrator's reset is told to the others.
func TestReset_tellsAdministrators(t *testing.T) {
	p := sojourntest.Start(t)
	ctx := context.Background()
	if _, err := p.App.DB.Exec(ctx, `INSERT INTO roles (tenant_id, user_id, role, granted_at) SELECT tenant_id, id, 'GlobalAdministrator', 1 FROM users WHERE principal_name = $1`, iris); err != nil {
		t.Fatal(err)
	}
	b := p.Browser()
	begin(b, iris)
	verify(send(b, "text", "Text me a code", irisPhone), texted(p, irisPhone))
	finish(verify(b.Get("/reset/verify/authenticator"), shown(t, p, irisSeed)))
	told := p.Mails("chidi@relecloud.example")
	if len(told) != 1 || told[0].Subject != "The password of an administrator was reset" || !strings.Contains(told[0].Text, "Iris Koning") {
		t.Errorf("%d letters", len(told))
	}
}
