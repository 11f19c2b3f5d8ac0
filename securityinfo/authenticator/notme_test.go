package authenticator_test

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"sojourn/internal/db"
	"sojourn/internal/smtpsink"
	"sojourn/securityinfo"
	"sojourn/sojourntest"
)

const (
	mirjam = "mirjam@postbus.example" // without a home organization
	newOne = "velvet anchor pepper drizzle"

	outWords    = "This wasn’t me, sign everybody out"
	deleteWords = "Delete the method"
	revokeWords = "Revoke the method"
)

var (
	notMe   = regexp.MustCompile(`/not-me/[A-Za-z0-9_-]+`)
	welcome = regexp.MustCompile(`/welcome/[A-Za-z0-9_-]+`)
)

// linked is the link in the newest letter to an address that has a text in it.
func linked(p *sojourntest.Portal, to, text string) string {
	list := p.Mails(to)
	for _, m := range slices.Backward(list) {
		if at := notMe.FindString(m.Text); at != "" && strings.Contains(m.Text, text) {
			return at
		}
	}
	return ""
}

func has(list []smtpsink.Message, subject string) bool {
	return slices.ContainsFunc(list, func(m smtpsink.Message) bool { return m.Subject == subject })
}

// adds sets an app up in a browser and gives its seed.
func adds(t *testing.T, p *sojourntest.Portal, b *sojourntest.Browser, name string) []byte {
	t.Helper()
	page := b.Get("/security-info/authenticator?lng=en").Submit("Next", nil)
	m := keyOnPage.FindStringSubmatch(page.HTML)
	page.Submit("Confirm", url.Values{"code": {scanned(t, p, page)}, "name": {name}}).At("/security-info/changed")
	seed, err := securityinfo.SeedOf(m[1] + m[2])
	if err != nil {
		t.Fatal(err)
	}
	return seed
}

func exec(t *testing.T, p *sojourntest.Portal, text string, args ...any) {
	t.Helper()
	if _, err := p.App.DB.Exec(t.Context(), text, args...); err != nil {
		t.Fatal(err)
	}
}

func rows(t *testing.T, p *sojourntest.Portal, where string, args ...any) int {
	t.Helper()
	n, err := db.Count(t.Context(), p.App.DB, `SELECT count(*) FROM `+where, args...)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func methodsLeft(t *testing.T, p *sojourntest.Portal, name string) int {
	t.Helper()
	info, err := p.App.SecurityInfo.Info(t.Context(), p.Self(name))
	if err != nil {
		t.Fatal(err)
	}
	return len(info.Methods)
}

var hidden = regexp.MustCompile(`name="(csrf|account)" value="([^"]*)"`)

// filled is the form that a page would hold with a password, by hand.
func filled(page *sojourntest.Page, password string) url.Values {
	form := url.Values{"password": {password}}
	for _, field := range hidden.FindAllStringSubmatch(page.HTML, -1) {
		form.Set(field[1], field[2])
	}
	return form
}

// resets gets back in with a code by mail, as far as that leads.
func resets(p *sojourntest.Portal, name string) *sojourntest.Page {
	b := p.Browser()
	b.Get("/reset?lng=en").Submit("Next", url.Values{"name": {name}}).At("/reset/verify")
	page := b.Get("/reset/verify/email").Submit("Email me a code", url.Values{"place": {name}})
	list := p.Mails(name)
	return page.Submit("Verify", url.Values{"code": {regexp.MustCompile(`\b\d{6}\b`).FindString(list[len(list)-1].Text)}})
}

// Whoever reads nothing but the mailbox ends sessions by what is in it, and no more: a
// second step that its owner added stays, and is asked for whatever they do.
func TestNotMe_mailboxAlone(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		p.SignIn(mirjam) // one before, so that this sign-in is told of
		owner := p.SignIn(mirjam)
		adds(t, p, owner, "My phone")
		letter := linked(p, mirjam, "My phone")
		reader := p.Browser()
		asked := reader.Get(letter+"?lng=en").Has("Wasn’t this you?", "Authenticator app", "My phone", "127.0.0.1").HasNot(deleteWords, "Mirjam", "postbus")
		owner.Get("/security-info").At("/security-info")                                       // looking ends nothing
		reader.Post(letter+"/method", filled(asked, sojourntest.Password)).Is(http.StatusGone) // no step is skipped
		page := asked.Submit(outWords, nil).Is(http.StatusOK).At(letter).Has("Everybody has been signed out")
		owner.Get("/security-info").At("/sign-in")
		page = page.Submit(deleteWords, nil).Is(http.StatusUnprocessableEntity).Has("Enter your password")
		page.Submit(deleteWords, url.Values{"password": {newOne}}).Is(http.StatusUnprocessableEntity).Has("That password is not right")
		if slices.ContainsFunc(p.Mails(mirjam), func(m smtpsink.Message) bool { return welcome.MatchString(m.Text) }) {
			t.Error("a link for a new password went out beside a method")
		}

		// Not by a code that is mailed …
		resets(p, mirjam).At("/reset/verify").Has("One more is asked of you")
		// … nor by the link of a letter about a sign-in, which gives a new password and
		// nothing for the second step, …
		list := p.Mails(mirjam)
		sign := ""
		for _, m := range list {
			if at := notMe.FindString(m.Text); at != letter && at != "" {
				sign = at
			}
		}
		if sign == "" {
			for _, m := range list {
				t.Log(m.Subject)
			}
			t.Fatal("there is no letter about a sign-in")
		}
		reader.Get(sign+"?lng=en").Submit("This wasn’t me, sign it out", nil).Has(mirjam[:6])
		list = p.Mails(mirjam)
		reader.Get(welcome.FindString(list[len(list)-1].Text)+"?lng=en").Submit("Set password", url.Values{"new": {newOne}}).Is(http.StatusOK)
		reader.Get("/sign-in?lng=en").Submit("Next", url.Values{"name": {mirjam}}).Submit("Sign in", url.Values{"password": {newOne}}).At("/sign-in/second")
		reader.Get("/security-info").At("/sign-in")
		// … whose password is not the one that the method was added with.
		reader.Get(letter+"?lng=en").Submit(deleteWords, url.Values{"password": {newOne}}).Is(http.StatusUnprocessableEntity)
		if n := methodsLeft(t, p, mirjam); n != 1 {
			t.Errorf("%d methods are left", n)
		}
		if n := rows(t, p, `audit WHERE act = 'method.remove' AND result = 'refused' AND reason = 'wrong_password'`); n != 2 {
			t.Errorf("%d rows of wrong passwords", n)
		}
	})
}

// The person whose password somebody has changed takes the method away with the old
// one, and gets back in by mail.
func TestNotMe_changedSince(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		thief := p.SignIn(mirjam)
		exec(t, p, `INSERT INTO methods (id, account_id, type, secret, pepper, state, version, created_at, changed_at, address)
			VALUES ('e', $1, 'email', '', '', 'active', 1, 1, 1, 'mirjam@elders.example')`, p.Self(mirjam).AccountID)
		seed := adds(t, p, thief, "stranger")
		thief.Get("/password").Submit("Submit", url.Values{"current": {sojourntest.Password}, "new": {newOne}}).Is(http.StatusOK)
		exec(t, p, `UPDATE identities SET address = 'mirjam@nieuw.example' WHERE account_id = $1`, p.Self(mirjam).AccountID)

		person := p.Browser()
		page := person.Get(linked(p, mirjam, "stranger")+"?lng=en").Submit(outWords, nil)
		thief.Get("/security-info").At("/sign-in")
		p.App.DB.SetShift(time.Minute) // meanwhile the thief is back
		code, _, err := securityinfo.CodeNow(seed, p.App.DB.Now())
		if err != nil {
			t.Fatal(err)
		}
		thief.Get("/sign-in").Submit("Next", url.Values{"name": {mirjam}}).Submit("Sign in", url.Values{"password": {newOne}}).
			Submit("Verify", url.Values{"code": {code}}).At("/")
		page = page.Submit(deleteWords, url.Values{"password": {newOne}}).Is(http.StatusUnprocessableEntity)
		page = page.Submit(deleteWords, url.Values{"password": {sojourntest.Password}}).Is(http.StatusOK).
			Has("The method has been deleted", "a code by mail is enough", "Get back into your account").HasNot(deleteWords)
		thief.Get("/security-info").At("/sign-in")
		if n := methodsLeft(t, p, mirjam); n != 1 { // the address
			t.Errorf("%d methods are left", n)
		}
		for _, to := range []string{mirjam, "mirjam@elders.example", "mirjam@nieuw.example"} {
			told := slices.ContainsFunc(p.Mails(to), func(m smtpsink.Message) bool {
				return m.Subject == "Er is een aanmeldingsmethode van uw account verwijderd" && !notMe.MatchString(m.Text)
			})
			if !told {
				t.Errorf("%s was not told, or with a link", to)
			}
		}
		for where, want := range map[string]int{
			`audit WHERE act = 'method.remove' AND result = 'done' AND reason = 'reported'`: 1,
			`audit WHERE act = 'session.disown' AND result = 'done'`:                        2,
			`notices WHERE password <> ''`:                                                  0,
		} {
			if n := rows(t, p, where); n != want {
				t.Errorf("%d rows in %s", n, where)
			}
		}
		page.Follow("Get back into your account").At("/reset")
		exec(t, p, `UPDATE identities SET address = $2 WHERE account_id = $1`, p.Self(mirjam).AccountID, mirjam)
		resets(p, mirjam).At("/reset/password").Submit("Finish", url.Values{"new": {"quiet orchard seven lanterns"}}).At("/reset/done")
		person.SignIn(mirjam, "quiet orchard seven lanterns").At("/") // no second step is left
	})
}

// Wrong passwords count over all links and for nothing else: who knows no more than a
// name cannot use them up, and who holds a link cannot use up those of the sign-in.
func TestNotMe_tries(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		owner := p.SignIn(mirjam)
		var pages []*sojourntest.Page
		names := []string{"Alpha", "Bravo", "Charlie"}
		for _, name := range names {
			adds(t, p, owner, name)
		}
		for _, name := range names {
			pages = append(pages, p.Browser().Get(linked(p, mirjam, name)+"?lng=en").Submit(outWords, nil))
		}
		usedUp := `counters (name, count, first_at, last_at) SELECT 'password:' || account_id || ':' || CAST(version AS TEXT), 100, 1, 1 FROM methods
			WHERE account_id = $1 AND type = 'password'`
		exec(t, p, `INSERT INTO `+usedUp, p.Self(mirjam).AccountID)
		signIn := p.Browser().Get("/sign-in?lng=en").Submit("Next", url.Values{"name": {mirjam}})
		right, wrong := url.Values{"password": {sojourntest.Password}}, url.Values{"password": {"wrong wrong wrong"}}
		signIn.Submit("Sign in", right).Is(http.StatusTooManyRequests)

		for i, want := range []string{"not right", "not right", "not right", "After one more wrong try", "Try again in"} {
			pages[i%3].Submit(deleteWords, wrong).Is(http.StatusUnprocessableEntity).Has(want)
		}
		pages[0].Submit(deleteWords, right).Is(http.StatusTooManyRequests).Has("This one was not looked at", deleteWords)
		p.App.DB.SetShift(time.Minute)
		pages[0].Submit(deleteWords, right).Is(http.StatusOK).Has("The method has been deleted", "another method that you have set up")
		for i := range 10 {
			p.App.DB.SetShift(time.Duration(i+2) * time.Minute)
			page := pages[1+i%2].Submit(deleteWords, wrong).Is(http.StatusUnprocessableEntity)
			if i == 9 {
				page.Has("No more are taken here")
			}
		}
		p.App.DB.SetShift(time.Hour)
		for _, page := range pages[1:] {
			page.Submit(deleteWords, right).Is(http.StatusTooManyRequests).Has("No more are taken here")
		}
		if n := methodsLeft(t, p, mirjam); n != 2 {
			t.Errorf("%d methods are left", n)
		}
		exec(t, p, `DELETE FROM counters WHERE name LIKE 'password:%'`)
		p.Browser().Get("/sign-in?lng=en").Submit("Next", url.Values{"name": {mirjam}}).Submit("Sign in", right).At("/sign-in/second")

		for _, x := range []struct {
			shift time.Duration
			want  int
		}{{6 * 24 * time.Hour, 1}, {8 * 24 * time.Hour, 0}} {
			p.App.DB.SetShift(x.shift)
			if err := p.App.SecurityInfo.Sweep(t.Context()); err != nil {
				t.Fatal(err)
			}
			if n := rows(t, p, `counters WHERE name LIKE 'former:%'`); n != x.want {
				t.Errorf("%d counters after %s", n, x.shift)
			}
		}
	})
}

// Without a password then, there is nothing to show: the page says whom to turn to.
func TestNotMe_noPassword(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		for name, want := range map[string]string{mirjam: "ask whoever runs this portal", noor: "it@contoso.example"} {
			b := p.SignIn(name)
			exec(t, p, `DELETE FROM methods WHERE type = 'password' AND account_id = $1`, p.Self(name).AccountID)
			adds(t, p, b, "stranger")
			link := linked(p, name, "stranger")
			asked := p.Browser().Get(link + "?lng=en")
			asked.Submit(outWords, nil).Has("had no password then", want).HasNot(deleteWords)
			b.Get("/").At("/sign-in")
			for _, typed := range []string{"", sojourntest.Password} {
				asked.Browser.Post(link+"/method", filled(asked, typed)).Is(http.StatusGone)
			}
			if n := methodsLeft(t, p, name); n != 1 {
				t.Errorf("%d methods are left", n)
			}
		}
	})
}

// What is bound to an organization is good for nothing any more, and its place stays
// taken until the organization resets it.
func TestNotMe_bound(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		w := newAsking(t, p, false)
		thief := p.SignIn(noor)
		seed := w.bind(thief)
		entrance := thief.Get(w.manage()).Submit("Continue", nil).At("/enter/" + w.tenant + "/second")
		link := linked(p, noor, "Authenticator app for")
		page := p.Browser().Get(link+"?lng=en").Has("Authenticator app for Fabrikam, Inc.").Submit(outWords, nil).Has(revokeWords, "Fabrikam, Inc. then has to reset the method")
		page.Submit(revokeWords, url.Values{"password": {"wrong wrong wrong"}}).Is(http.StatusUnprocessableEntity)
		page.Submit(revokeWords, url.Values{"password": {sojourntest.Password}}).Is(http.StatusOK).Has("The method has been revoked", "Fabrikam, Inc. no longer accepts it")
		thief.Get("/").At("/sign-in")

		// Whoever has the password and the app does not get in with it, nor sets up another.
		thief.SignIn(noor, sojourntest.Password)
		thief.Get(w.manage()).At("/enter/"+w.tenant).Has("has to reset it").HasNot("Continue", "Add a method")
		entrance.Submit("Verify", url.Values{"code": {w.next(seed)}}).HasNot("Users")
		thief.Get(w.manage() + "/users").At("/enter/" + w.tenant)
		if _, err := p.App.SecurityInfo.CompareBound(t.Context(), p.Self(noor).AccountID, w.tenant, w.next(seed)); err == nil || err.Error() != "factor_gone" {
			t.Errorf("the code is compared: %v", err)
		}
		thief.Get(securityinfo.BoundPath(w.tenant)).Has("has to reset it").HasNot("Next")
		thief.Post(securityinfo.BoundPath(w.tenant), thief.Token()).Is(http.StatusConflict)
		thief.Get(securityinfo.BoundPath(w.tenant) + "/delete").Is(http.StatusNotFound)
		thief.Get("/security-info").Has("Revoked", "an administrator of Fabrikam, Inc. has to reset it", "Fabrikam, Inc. Not met yet").HasNot("Add a method Fabrikam")

		if list := p.Mails(noor); !has(list, "Your sign-in method for an organization was revoked") {
			t.Error("the person was not told")
		}
		list := p.Mails(ann)
		if !has(list, "A guest reported a sign-in method as not theirs") || !strings.Contains(list[len(list)-1].Text, p.User(noor, host).ID) {
			t.Error("the administrators of the host were not told")
		}
		if has(p.Mails("sam.rivera@contoso.example"), "A guest reported a sign-in method as not theirs") {
			t.Error("the home was told")
		}
		if n := w.rows(`audit WHERE act = 'method.remove' AND tenant_id = $1 AND reason = 'reported' AND result = 'done' AND target = $2`, w.tenant, p.User(noor, host).ID); n != 1 {
			t.Errorf("%d rows in the log of the host", n)
		}
		admin := p.SignIn(ann)
		page = admin.Get(w.manage()+"/users/"+p.User(noor, host).ID+"/methods").Has("Reported", "somebody else had added this method")
		page.Follow("Reset Authenticator app, Work phone").Submit("Reset", nil).Has("The method was reset")
		w.bind(thief)
	})
}

// Of many at once, one link signs out, and one takes the method away.
func TestNotMe_once(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		adds(t, p, p.SignIn(mirjam), "stranger")
		link := linked(p, mirjam, "stranger")
		together := func(button string, fill url.Values) {
			t.Helper()
			pages := make([]*sojourntest.Page, 6)
			for i := range pages {
				pages[i] = p.Browser().Get(link + "?lng=en")
			}
			var wait sync.WaitGroup
			for i := range pages {
				wait.Go(func() { pages[i] = pages[i].Submit(button, fill) })
			}
			wait.Wait()
			done := 0
			for _, page := range pages {
				switch page.Status {
				case http.StatusOK:
					done++
				case http.StatusGone:
				default:
					t.Errorf("answered %d: %s", page.Status, page.Text())
				}
			}
			if done != 1 {
				t.Errorf("%q worked %d times", button, done)
			}
		}
		unknown := p.Browser().Get("/not-me/" + strings.Repeat("A", 43) + "?lng=en").Is(http.StatusGone).Text()
		stale := p.Browser().Get(link + "?lng=en")
		together(outWords, nil)
		if again := stale.Submit(outWords, nil).Is(http.StatusGone).Text(); again != unknown {
			t.Errorf("a link that was used and one that there never was are told apart:\n%s\n%s", again, unknown)
		}
		together(deleteWords, url.Values{"password": {sojourntest.Password}})
		for where, want := range map[string]int{`audit WHERE act = 'method.remove'`: 1, `audit WHERE act = 'session.disown'`: 2} {
			if n := rows(t, p, where); n != want {
				t.Errorf("%d rows in %s", n, where)
			}
		}
		p.Browser().Get(link + "?lng=en").Has("The method has been deleted")
	})
}
