package authenticator_test

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/smtpsink"
	"sojourn/policies"
	"sojourn/securityinfo"
	"sojourn/sojourntest"
)

const (
	ann  = "ann.lee@fabrikam.example"
	lena = "lena.fischer@fabrikam.example"
	host = "fabrikam.example"
)

// asking is a portal in which Fabrikam requires a second step of its guests, of whom
// Noor invites others.
type asking struct {
	*sojourntest.Portal
	t      *testing.T
	tenant string
}

func newAsking(t *testing.T, p *sojourntest.Portal, trusts bool) asking {
	t.Helper()
	w := asking{p, t, p.Tenant(host).ID}
	if err := p.App.Directory.Grant(t.Context(), w.ann(), w.tenant, p.User(noor, host).ID, directory.GuestInviter); err != nil {
		t.Fatal(err)
	}
	w.ask(true, trusts)
	return w
}

func (w asking) ann() actor.Actor {
	who := w.Administrator(ann, host)
	who.Roles, who.ProvedAt = []string{string(directory.GlobalAdministrator)}, w.App.DB.Now()
	return who
}

// ask sets what Fabrikam asks of guests.
func (w asking) ask(guests, trusts bool) {
	w.t.Helper()
	stands, err := policies.In(w.t.Context(), w.App.DB, w.tenant)
	if err == nil {
		step := policies.SecondStep{Members: policies.Scope{Who: policies.Nobody}, Guests: guests, TrustHome: trusts}
		err = w.App.Policies.SetSecondStep(w.t.Context(), w.ann(), w.tenant, stands.Mark(policies.SecondPart), step)
	}
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w asking) manage() string { return "/manage/" + w.tenant }

// bind sets the app up and gives its seed.
func (w asking) bind(b *sojourntest.Browser) []byte {
	w.t.Helper()
	page := b.Get(securityinfo.BoundPath(w.tenant)).Submit("Next", nil).At(securityinfo.BoundPath(w.tenant) + "/scan").Has("Fabrikam, Inc.: noor.haddad@contoso.example")
	m := keyOnPage.FindStringSubmatch(page.HTML)
	page.Submit("Confirm", url.Values{"code": {scanned(w.t, w.Portal, page)}, "name": {"Work phone"}}).At("/security-info/changed").Has("Only this organization asks for it", "Administer Fabrikam, Inc.")
	seed, err := securityinfo.SeedOf(m[1] + m[2])
	if err != nil {
		w.t.Fatal(err)
	}
	return seed
}

// next is what the app shows in a while.
func (w asking) next(seed []byte) string {
	w.t.Helper()
	w.App.DB.SetShift(w.App.DB.Shift() + 31*time.Second)
	code, _, err := securityinfo.CodeNow(seed, w.App.DB.Now())
	if err != nil {
		w.t.Fatal(err)
	}
	return code
}

func (w asking) rows(where string, args ...any) int {
	w.t.Helper()
	n, err := db.Count(context.Background(), w.App.DB, `SELECT count(*) FROM `+where, args...)
	if err != nil {
		w.t.Fatal(err)
	}
	return n
}

// The whole way of a guest whose host wants a method of its own.
func TestBound(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		w := newAsking(t, p, false)
		b := p.SignIn(noor)
		page := b.Get("/security-info").Has("What your organizations ask", "Fabrikam, Inc. Not met yet", "from a method of its own").HasNot("For one organization only")
		// The gate says what to do, and a button of the administration does nothing.
		b.Get(w.manage()+"/users").At("/enter/"+w.tenant).Has("Fabrikam, Inc. asks for a code", "You do not have such a method yet")
		b.Post(w.manage()+"/guests/new", b.Token()).At("/enter/" + w.tenant)
		page.Follow("Add a method Fabrikam, Inc.").Has("Authenticator app for Fabrikam, Inc.", "not at sign-in")
		seed := w.bind(b)

		b.Get("/security-info").Has("Fabrikam, Inc. Met", "With: Authenticator app for Fabrikam, Inc.", "For one organization only", "Work phone", "There is no second step").
			Follow("Add sign-in method").Has("Add one of those first") // it is none of the account's
		b.Get(securityinfo.BoundPath(w.tenant)).Has("There is a method for this organization already").HasNot("Next")
		p.SignIn(noor).Get("/").At("/") // home asks for nothing
		if n := w.rows(`audit WHERE act = 'method.add' AND tenant_id = $1 AND target = $2 AND result = 'done'`, w.tenant, p.User(noor, host).ID); n != 1 {
			t.Errorf("%d rows in the log of the host", n)
		}
		if n := w.rows(`audit WHERE act = 'method.add' AND tenant_id = $1`, p.Tenant("contoso.example").ID); n != 0 {
			t.Errorf("%d rows in the log of the home", n)
		}
		told := slices.ContainsFunc(p.Mails(noor), func(m smtpsink.Message) bool {
			return strings.Contains(m.Text, "Authenticator app for") && strings.Contains(m.Text, "/not-me/")
		})
		if !told {
			t.Error("the letter does not say which organization, or has no way to say that it was somebody else")
		}

		// In, once a session.
		page = b.Get(w.manage()+"/users").At("/enter/"+w.tenant).Submit("Continue", nil).At("/enter/" + w.tenant + "/second").Has("Code from your authenticator app for Fabrikam, Inc.")
		page.Submit("Verify", url.Values{"code": {""}}).Is(http.StatusUnprocessableEntity)
		page.Submit("Verify", url.Values{"code": {"000000"}}).Is(http.StatusUnprocessableEntity).Has("There is a problem")
		code := w.next(seed)
		page.Submit("Verify", url.Values{"code": {code}}).Is(http.StatusOK).At(w.manage() + "/users")
		b.Get(w.manage() + "/groups").Is(http.StatusOK).At(w.manage() + "/groups")
		b.Get("/enter/" + w.tenant + "/second").At(w.manage()) // over, and open

		// Another session is asked anew, and not let in with what was used.
		other := p.SignIn(noor)
		page = other.Get(w.manage()).At("/enter/"+w.tenant).Submit("Continue", nil)
		page.Submit("Verify", url.Values{"code": {code}}).Has("has been used already")
		other.Get(w.manage()).At("/enter/" + w.tenant)

		// Leaving asks nothing of it.
		other.Get("/organizations/" + w.tenant + "/leave").Is(http.StatusOK).HasNot("asks for a code")
	})
}

// With trust, the second step of the account is enough; and what was bound can still
// be deleted.
func TestBound_trusted(t *testing.T) {
	p := sojourntest.Start(t)
	w := newAsking(t, p, true)
	b := p.SignIn(noor)
	b.Get("/security-info").Has("Fabrikam, Inc. Not met yet", "The one of your account is enough").HasNot("Add a method Fabrikam")
	b.Get(securityinfo.BoundPath(w.tenant)).Is(http.StatusNotFound)
	b.Post(securityinfo.BoundPath(w.tenant), b.Token()).Is(http.StatusNotFound)
	b.Get(w.manage()).Is(http.StatusForbidden)
	page := b.Get("/security-info/authenticator").Submit("Next", nil)
	page.Submit("Confirm", url.Values{"code": {scanned(t, p, page)}, "name": {"Mine"}}).At("/security-info/changed")
	b.Get("/security-info").Has("Fabrikam, Inc. Met", "With: Authenticator app")
	b.Get(w.manage()).Is(http.StatusOK)
	w.ask(true, false)
	b.Get(w.manage()).At("/enter/" + w.tenant) // the second step of the account is not enough any more
	w.ask(false, false)
	b.Get(w.manage()).Is(http.StatusOK)
	b.Get("/security-info").HasNot("Fabrikam, Inc. Met")
}

// Deleting takes a code of the very app, and what a session had shown is nothing then.
func TestBound_delete(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		w := newAsking(t, p, false)
		b := p.SignIn(noor)
		seed := w.bind(b)
		b.Get(w.manage()).Submit("Continue", nil).Submit("Verify", url.Values{"code": {w.next(seed)}}).At(w.manage())
		page := b.Get("/security-info").Follow("Delete Authenticator app for Fabrikam, Inc.").Has("Delete the authenticator app for Fabrikam, Inc.?", "Ask an administrator of Fabrikam, Inc.")
		page.Submit("Delete", url.Values{"code": {"000000"}}).Is(http.StatusUnprocessableEntity)
		page.Submit("Delete", url.Values{"code": {w.next(seed)}}).At("/security-info/changed").Has("was deleted")
		b.Get("/security-info").Has("Fabrikam, Inc. Not met yet").HasNot("Work phone")
		b.Get(w.manage()).At("/enter/" + w.tenant).Has("You do not have such a method yet")
		w.bind(b)
		b.Get(w.manage()).At("/enter/" + w.tenant) // another one: to be shown itself
		if n := w.rows(`audit WHERE act = 'method.remove' AND tenant_id = $1 AND result = 'refused'`, w.tenant); n != 1 {
			t.Errorf("%d rows of the wrong code", n)
		}
	})
}

// A guest without a role there is asked for nothing, and told so; one with a role has the
// way back to what asked.
func TestBound_roles(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		for _, trusts := range []bool{true, false} {
			w := asking{p, t, p.Tenant(host).ID}
			w.ask(true, trusts)
			b := p.SignIn(noor)
			b.Get("/security-info").Has("Fabrikam, Inc. Not needed now", "only if you administer the organization").HasNot("Fabrikam, Inc. Not met yet")
			b.Get("/security-info/changed?for="+w.tenant).HasNot("Back to the organization", "Administer Fabrikam, Inc.")
		}
		w := newAsking(t, p, false)
		b := p.SignIn(noor)
		b.Get("/security-info").Has("Fabrikam, Inc. Not met yet", "cannot enter its administration").HasNot("Fabrikam, Inc. Not needed now")
		w.bind(b)
		b.Get("/security-info/changed").HasNot("Back to the organization")
		b.Get("/security-info/changed?for=" + w.tenant).Has("Back to the organization").Follow("Administer Fabrikam, Inc.").At("/enter/" + w.tenant)
	})
}

// Whoever has lost it has the leave of the host, whose administrators see that one
// method and no other.
func TestBound_reset(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		w := newAsking(t, p, false)
		b := p.SignIn(noor)
		page := b.Get("/security-info/authenticator").Submit("Next", nil)
		page.Submit("Confirm", url.Values{"code": {scanned(t, p, page)}, "name": {"Private thing"}}).At("/security-info/changed")
		w.bind(b)
		admin, guest := p.SignIn(ann), w.manage()+"/users/"+p.User(noor, host).ID
		page = admin.Get(guest+"/methods").Has("Bound to this organization", "Work phone").HasNot("Private thing", "Password")
		home := p.SignIn("sam.rivera@contoso.example")
		home.Get("/manage/" + p.Tenant("contoso.example").ID + "/users/" + p.User(noor, "contoso.example").ID + "/methods").Has("Private thing").HasNot("Work phone")
		page.Follow("Reset Authenticator app, Work phone").Has("Reset the method of Noor Haddad").Submit("Reset", nil).At(guest + "/methods").Has("The method was reset").HasNot("Work phone")
		admin.Post(guest+"/methods/bound", admin.Token()).Is(http.StatusNotFound)
		b.Get("/security-info").Has("Private thing", "Fabrikam, Inc. Not met yet")
		told := slices.ContainsFunc(p.Mails(noor), func(m smtpsink.Message) bool { return m.Subject == "Your sign-in method for an organization was reset" })
		if !told {
			t.Error("nobody wrote of it")
		}
		if n := w.rows(`audit WHERE act = 'method.remove' AND tenant_id = $1 AND actor = 'administrator' AND result = 'done'`, w.tenant); n != 1 {
			t.Errorf("%d rows in the log of the host", n)
		}
		// A member has none, and nobody resets their own.
		admin.Get(w.manage() + "/users/" + p.User(lena, host).ID + "/methods/bound").Is(http.StatusNotFound)
		w.bind(b)
	})
}

// Left it is hidden, back it is there again, and with the user it is gone.
func TestBound_life(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		w := newAsking(t, p, false)
		b := p.SignIn(noor)
		w.bind(b)
		id := p.User(noor, host).ID
		const kept = `methods WHERE tenant_id = $1`
		do := func(what string, err error) {
			t.Helper()
			if err != nil {
				t.Fatal(what, err)
			}
		}
		do("delete", p.App.Directory.Delete(t.Context(), w.ann(), w.tenant, id))
		b.Get("/security-info").HasNot("Work phone", "Fabrikam")
		b.Get(securityinfo.BoundPath(w.tenant)).Is(http.StatusNotFound)
		b.Get(securityinfo.BoundPath(w.tenant) + "/delete").Is(http.StatusNotFound)
		if n := w.rows(kept, w.tenant); n != 1 {
			t.Fatalf("%d methods are kept", n)
		}
		_, err := p.App.Directory.Restore(t.Context(), w.ann(), w.tenant, id, "")
		do("restore", err)
		b.Get("/security-info").Has("Work phone")
		do("delete again", p.App.Directory.Delete(t.Context(), w.ann(), w.tenant, id))
		do("erase", p.App.Directory.Erase(t.Context(), w.ann(), w.tenant, id))
		if n := w.rows(kept, w.tenant); n != 0 {
			t.Errorf("%d methods outlive their user", n)
		}
	})
}

// Neither an organization that asks nothing nor one that there is not is there.
func TestBound_foreign(t *testing.T) {
	p := sojourntest.Start(t)
	w := newAsking(t, p, false)
	b := p.SignIn(lena) // a member: not a guest
	token := b.Token()
	var said []string
	for _, tenant := range []string{"00000000-0000-4000-8000-000000000000", "x", p.Tenant("woodgrove.example").ID, w.tenant} {
		for _, rest := range []string{"", "/scan", "/delete"} {
			said = append(said, b.Get(securityinfo.BoundPath(tenant)+rest).Is(http.StatusNotFound).Text(), b.Post(securityinfo.BoundPath(tenant)+rest, token).Is(http.StatusNotFound).Text())
		}
	}
	for _, text := range said {
		if text != said[0] {
			t.Errorf("%q and %q differ", text, said[0])
		}
	}
}

// No step of an entrance is skipped, taken in another session or for another
// organization, and nothing is let in twice.
func TestBound_stepSkip(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		w := newAsking(t, p, false)
		b := p.SignIn(noor)
		seed := w.bind(b)
		at, refused := "/enter/"+w.tenant+"/second", func(b *sojourntest.Browser) {
			t.Helper()
			b.Get(w.manage()).At("/enter/" + w.tenant)
		}
		post := func(b *sojourntest.Browser, path, flow, code string) *sojourntest.Page {
			form := b.Token()
			form.Set("flow", flow)
			form.Set("code", code)
			return b.Post(path, form)
		}
		flowOf := func(b *sojourntest.Browser) string {
			t.Helper()
			page := b.Get(w.manage()).Submit("Continue", nil).At(at)
			_, rest, _ := strings.Cut(page.HTML, `name="flow" value="`)
			flow, _, _ := strings.Cut(rest, `"`)
			if flow == "" {
				t.Fatal("no flow")
			}
			return flow
		}
		// Nothing was begun, or something else was.
		for _, flow := range []string{"", "x", strings.Repeat("A", 43)} {
			post(b, at, flow, w.next(seed)).At("/enter/" + w.tenant)
			refused(b)
		}
		b.Get(at).At("/enter/" + w.tenant)
		// One session's flow in another, of the same person and of somebody else.
		flow, other, stranger := flowOf(b), p.SignIn(noor), p.SignIn(lena)
		post(other, at, flow, w.next(seed))
		refused(other)
		post(stranger, at, flow, w.next(seed))
		// For a sign-in and for a proof it is nothing, nor elsewhere.
		post(b, "/prove/second", flow, w.next(seed))
		post(p.Browser(), "/sign-in/second", flow, w.next(seed))
		post(b, "/enter/"+p.Tenant("adatum.example").ID+"/second", flow, w.next(seed))
		refused(b)
		// By GET nothing happens.
		b.Get(at + "?flow=" + url.QueryEscape(flow) + "&code=" + w.next(seed))
		refused(b)
		// The code in the form of its own flow gets in; again it is over.
		post(b, at, flow, w.next(seed)).At(w.manage())
		post(b, at, flow, w.next(seed)).At(w.manage()) // open by now
		refused(other)
		// A flow that waited too long is over.
		late := flowOf(other)
		p.App.DB.SetShift(p.App.DB.Shift() + 16*time.Minute)
		post(other, at, late, w.next(seed)).At("/enter/" + w.tenant)
		refused(other)
		// One that was begun for a user who is no longer there.
		late = flowOf(other)
		if err := p.App.Directory.Revoke(t.Context(), w.ann(), w.tenant, p.User(noor, host).ID, directory.GuestInviter); err != nil {
			t.Fatal(err)
		}
		post(other, at, late, w.next(seed)).Is(http.StatusForbidden)
	})
}
