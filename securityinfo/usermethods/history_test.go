package usermethods_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"sojourn/accounts"
	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/securityinfo"
	"sojourn/securityinfo/usermethods"
	"sojourn/sojourntest"
)

// timeline is the part of the page that tells what happened.
func timeline(p *sojourntest.Page) string {
	_, part, _ := strings.Cut(p.HTML, `id="h-history"`)
	part, _, _ = strings.Cut(part, "</section>")
	return part
}

// The page tells what happened with the methods of a member, and who did it.
func TestHistory(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		ctx, contoso, f := context.Background(), p.Tenant("contoso.example").ID, p.App.UserMethods
		admin, id := p.SignIn(sam), p.User(noor, "contoso.example").ID
		grant(t, p, ursula, directory.AuthenticationAdministrator)
		admin.Get(at(p, id, "/methods")).HasNot("What happened with them", "Password: ")
		chief := p.Administrator(sam, "contoso.example")
		if err := f.GivePhone(ctx, chief, contoso, id, securityinfo.PhoneForm{Type: accounts.MobilePhone, Number: "+31612345678", Way: accounts.ByText}, ""); err != nil {
			t.Fatal(err)
		}
		if err := f.GiveEmail(ctx, chief, contoso, id, "noor@post.example", ""); err != nil {
			t.Fatal(err)
		}
		pass, err := f.GivePass(ctx, chief, contoso, id, usermethods.PassForm{Minutes: "60", Length: "8", Once: true})
		if err != nil {
			t.Fatal(err)
		}
		theirs := p.Browser().Get("/sign-in").Submit("Next", url.Values{"name": {noor}}).Follow("I have a temporary access pass").Submit("Sign in", url.Values{"pass": {pass}}).At("/").Browser
		if _, err := p.App.SecurityInfo.MakeCodes(ctx, p.Self(noor), ""); err != nil {
			t.Fatal(err)
		}
		if err := p.App.SecurityInfo.Issue(ctx, actor.OperatorActor(), p.Self(noor).AccountID, "App", []byte("seed of a test's own")); err != nil {
			t.Fatal(err)
		}
		theirs.Post("/sign-out-everywhere", theirs.Token())

		page := admin.Get(at(p, id, "/methods")).Is(http.StatusOK).Has("What happened with them", "Sign-in method added: Phone", "Sign-in method added: Email", "Sign-in method added: Authenticator app",
			"Temporary access pass made: 60 minutes, one sign-in", "Temporary access pass used", "Recovery codes made", "Signed out everywhere", "by Sam Rivera", "by themselves", "by the operator", "Open the audit log of this person",
			"To get back in", "The first step when they sign in", "For the second step, and to get back in", "In place of a second step that was lost", "Only to get back in, never to sign in").
			HasNot("What they sign in with", "127.0.0.1")
		page.Follow("Open the audit log of this person").Has("Only what Noor Haddad did", "Temporary access pass used")
		other := p.SignIn(ursula) // who may not read the log
		if text := timeline(other.Get(at(p, id, "/methods")).Has("Temporary access pass used", "by Sam Rivera")); strings.Contains(text, "audit log") {
			t.Error("the log is offered to who may not read it")
		}
		other.Get(at(p, id, "/methods?lng=nl")).Has("Wat ermee is gebeurd", "Aanmeldingsmethode toegevoegd: Telefoon", "Tijdelijke toegangspas gemaakt: 60 minuten, één keer aanmelden", "door Sam Rivera",
			"door de persoon zelf", "Alleen om weer toegang te krijgen, nooit om aan te melden")

		if err := f.RequireRegistration(ctx, chief, contoso, id); err != nil {
			t.Fatal(err)
		}
		if err := f.SignOut(ctx, chief, contoso, id); err != nil {
			t.Fatal(err)
		}
		admin.Get(at(p, id, "/methods")).Has("Re-registration of sign-in methods required", "Sign-in method deleted: Phone", "Sessions of a user revoked")
	})
}

// Many acts are cut, and one more is said to be there.
func TestHistory_cut(t *testing.T) {
	p := sojourntest.Start(t)
	ctx, contoso, id := context.Background(), p.Tenant("contoso.example").ID, p.User(noor, "contoso.example").ID
	for range 21 {
		if err := p.App.UserMethods.SignOut(ctx, p.Administrator(sam, "contoso.example"), contoso, id); err != nil {
			t.Fatal(err)
		}
	}
	page := p.SignIn(sam).Get(at(p, id, "/methods")).Has("These are the last 20.")
	if n := strings.Count(timeline(page), "<li"); n != 20 {
		t.Errorf("%d acts are told, want 20", n)
	}
}

// Of a guest the organization tells what is in its own log, and nothing of their home's.
func TestHistory_ofGuest(t *testing.T) {
	p := sojourntest.Start(t)
	ctx := context.Background()
	home, here := p.User(noor, "contoso.example").ID, p.User(noor, "fabrikam.example").ID
	if err := p.App.UserMethods.GiveEmail(ctx, p.Administrator(sam, "contoso.example"), p.Tenant("contoso.example").ID, home, "noor@post.example", ""); err != nil {
		t.Fatal(err)
	}
	page := "/manage/" + p.Tenant("fabrikam.example").ID + "/users/" + here + "/methods"
	p.SignIn(ann).Get(page).Is(http.StatusOK).Has("The methods of Noor Haddad are their own").
		HasNot("What happened with them", "Email", "Sam Rivera")
	for domain, kind := range map[string]string{"contoso.example": "questions", "fabrikam.example": "authenticator"} { // the same user in two logs
		entry := audit.Entry{Tenant: p.Tenant(domain).ID, Act: "method.add", Target: here, Details: audit.Details{"method": kind}}
		if err := p.App.DB.Tx(ctx, func(tx *db.Tx) error { return audit.Record(ctx, tx, actor.OperatorActor(), entry) }); err != nil {
			t.Fatal(err)
		}
	}
	p.SignIn(ann).Get(page).Has("Sign-in method added: Authenticator app").HasNot("Security questions")
}
