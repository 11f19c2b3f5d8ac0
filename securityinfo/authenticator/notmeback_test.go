package authenticator_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"sojourn/accounts"
	"sojourn/directory"
	"sojourn/securityinfo"
	"sojourn/sojourntest"
)

var sixDigits = regexp.MustCompile(`\b\d{6}\b`)

// numbers has a browser set a telephone up, in place of the one before it if there is
// one.
func numbers(t *testing.T, p *sojourntest.Portal, b *sojourntest.Browser, number string) {
	t.Helper()
	page := b.Get("/security-info/phones/phone?lng=en").Submit("Next", url.Values{"phone": {number}, "country": {"NL"}, "way": {"text"}}).At("/security-info/phones/phone/code")
	told := p.Told(number)
	page.Submit("Confirm", url.Values{"code": {sixDigits.FindString(told[len(told)-1].Text)}}).At("/security-info/changed")
}

// A number that took the place of another is taken away like one that was added: else
// the sign-in would ask its code from whoever changed it.
func TestNotMe_number(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		b := p.SignIn(mirjam)
		numbers(t, p, b, "+31612345678")
		numbers(t, p, b, "+31687654321") // by somebody who sits at the person's browser
		link := linked(p, mirjam, "••• 21")
		person := p.Browser()
		page := person.Get(link+"?lng=en").Has("This method of your account was changed", "••• 21").HasNot("12345678", "87654321").Submit(outWords, nil)
		b.Get("/security-info").At("/sign-in")
		page.Submit(deleteWords, url.Values{"password": {sojourntest.Password}}).Is(http.StatusOK).
			Has("The method has been deleted", "does not come back by itself", "a code by mail is enough")
		p.Browser().Get(link + "?lng=nl").Has("komt niet vanzelf terug")
		if n := methodsLeft(t, p, mirjam); n != 0 {
			t.Errorf("%d methods are left", n)
		}
		person.SignIn(mirjam, sojourntest.Password).At("/")
		numbers(t, p, person, "+31612345678")
	})
}

// What is bound to an organization that the person has left meanwhile is revoked all
// the same: who comes back would find it again.
func TestNotMe_left(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		w := newAsking(t, p, false)
		user := p.User(noor, host).ID
		thief := p.SignIn(noor)
		seed := w.bind(thief)
		left, err := p.App.Organizations.Leave(t.Context(), p.Self(noor), w.tenant)
		if err != nil {
			t.Fatal(err)
		}
		page := p.Browser().Get(linked(p, noor, "Authenticator app for")+"?lng=en").Has("Authenticator app for Fabrikam, Inc.").Submit(outWords, nil)
		page.Submit(revokeWords, url.Values{"password": {"wrong wrong wrong"}}).Is(http.StatusUnprocessableEntity)
		page.Submit(revokeWords, url.Values{"password": {sojourntest.Password}}).Is(http.StatusOK).Has("The method has been revoked", "Fabrikam, Inc. no longer accepts it")
		for _, where := range []string{`result = 'refused' AND reason = 'wrong_password'`, `result = 'done' AND reason = 'reported'`} {
			if n := w.rows(`audit WHERE act = 'method.remove' AND tenant_id = $1 AND target = $2 AND `+where, w.tenant, user); n != 1 {
				t.Errorf("%d rows in the log of the host with %s", n, where)
			}
		}
		list := p.Mails(ann)
		if last := list[len(list)-1]; last.Subject != "A guest reported a sign-in method as not theirs" ||
			!strings.Contains(last.Text, "has been deleted since") || strings.Contains(last.Text, "/users/") {
			t.Errorf("the administrators of the host were told: %s\n%s", last.Subject, last.Text)
		}

		if _, err := p.App.Organizations.Undo(t.Context(), p.Self(noor), left.ID); err != nil {
			t.Fatal(err)
		}
		if err := p.App.Directory.Grant(t.Context(), w.ann(), w.tenant, user, directory.GuestInviter); err != nil {
			t.Fatal(err)
		}
		bound, err := accounts.BoundOf(t.Context(), p.App.DB, p.Self(noor).AccountID)
		if err != nil || len(bound) != 1 || bound[0].Reported.IsZero() {
			t.Errorf("after coming back: %+v, %v", bound, err)
		}
		thief.SignIn(noor, sojourntest.Password)
		thief.Get(w.manage()).At("/enter/"+w.tenant).Has("has to reset it").HasNot("Continue", "Add a method")
		if _, err := p.App.SecurityInfo.CompareBound(t.Context(), p.Self(noor).AccountID, w.tenant, w.next(seed)); err == nil || err.Error() != "factor_gone" {
			t.Errorf("the code is compared: %v", err)
		}
		thief.Get(securityinfo.BoundPath(w.tenant)).Has("has to reset it")
	})
}

// Who has a role somewhere proves two methods to get back in, and is told so.
func TestNotMe_elsewhere(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		w := asking{p, t, p.Tenant(host).ID}
		if err := p.App.Directory.Grant(t.Context(), w.ann(), w.tenant, p.User(mirjam, host).ID, directory.GuestInviter); err != nil {
			t.Fatal(err)
		}
		adds(t, p, p.SignIn(mirjam), "stranger")
		link := linked(p, mirjam, "stranger")
		p.Browser().Get(link+"?lng=en").Submit(outWords, nil).Submit(deleteWords, url.Values{"password": {sojourntest.Password}}).Is(http.StatusOK).
			Has("The method has been deleted", "a code by mail alone is not enough").HasNot("no second step")
		p.Browser().Get(link + "?lng=nl").Has("een code per e-mail alleen is niet genoeg").HasNot("geen tweede stap")
		b := p.Browser()
		b.Get("/reset?lng=en").Submit("Next", url.Values{"name": {mirjam}}).At("/reset/verify")
		b.Get("/reset/verify/email").Submit("Email me a code", url.Values{"place": {mirjam}})
		if list := p.Mails(mirjam); sixDigits.MatchString(list[len(list)-1].Text) {
			t.Errorf("a code went out: %s", list[len(list)-1].Text)
		}
	})
}
