package usermethods_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/dbtest"
	"sojourn/internal/fault"
	"sojourn/sojourntest"
)

func at(p *sojourntest.Portal, userID, rest string) string {
	return "/manage/" + p.Tenant("contoso.example").ID + "/users/" + userID + rest
}

// The whole way of an administrator whose colleague lost a phone.
func TestDelete(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		theirs, admin := p.SignIn(noor), p.SignIn(sam)
		app, _ := armed(t, p, noor)
		id := p.User(noor, "contoso.example").ID
		page := admin.Get(at(p, id, "")).Follow("Authentication methods").Has("Noor Haddad", "Authenticator app", "Old phone", "never used", "Default", "Recovery codes", "Last changed on").
			HasNot("sealed-seed", "the-salt")
		if body := page.Text(); strings.Contains(body, "argon2") {
			t.Error("the page shows a hash")
		}
		page = page.Follow("Delete Authenticator app, Old phone").Has("Delete a sign-in method of Noor Haddad?", "the password is all that is asked for", "told by mail")
		page.Submit("Delete method", nil).At(at(p, id, "/methods")).Has("The method is deleted.").HasNot("Old phone")
		admin.Post(at(p, id, "/methods/"+app+"/delete"), admin.Token()).Is(http.StatusNotFound)
		if n := letters(p, noor, "A sign-in method of your account was deleted"); n != 1 {
			t.Errorf("%d letters, want 1", n)
		}
		if n := rows(t, p, "method.remove", "administrator", "done", id); n != 1 {
			t.Errorf("%d rows, want 1", n)
		}
		admin.Get("/manage/" + p.Tenant("contoso.example").ID + "/audit").Has("Noor Haddad")
		theirs.Get("/").Is(http.StatusOK).At("/") // what is open stays open
		p.SignIn(noor).Get("/").At("/")           // and the password is enough again
	})
}

func TestRequireRegistration(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		theirs, admin := p.SignIn(noor), p.SignIn(sam)
		armed(t, p, noor)
		id := p.User(noor, "contoso.example").ID
		page := admin.Get(at(p, id, "/methods")).Follow("Require re-registration").Has("Require Noor Haddad to register again?", "Recovery codes", "signed out everywhere")
		page.Submit("Require re-registration", nil).Has("All methods are deleted", "There is no second step").HasNot("Old phone")
		if got := theirs.Get("/"); !strings.HasPrefix(got.Path, "/sign-in") {
			t.Errorf("the session goes on: %s", got.Path)
		}
		if n := methods(t, p, noor); n != 0 {
			t.Errorf("%d methods are left", n)
		}
		admin.Post(at(p, id, "/methods/register"), admin.Token()).Has("All methods are deleted")
		if n := letters(p, noor, "Set up your sign-in methods again"); n != 1 {
			t.Errorf("%d letters, want 1", n)
		}
		if n, m := rows(t, p, "method.remove", "administrator", "done", id), rows(t, p, "method.remove_all", "administrator", "done", id); n != 2 || m != 2 {
			t.Errorf("%d and %d rows, want 2 and 2", n, m)
		}
		admin.Get(at(p, id, "")).Has("Re-registration of sign-in methods required")
	})
}

func TestSignOut(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		one, other, admin := p.SignIn(noor), p.SignIn(noor), p.SignIn(sam)
		id := p.User(noor, "contoso.example").ID
		page := admin.Get(at(p, id, "/methods")).Has("There is no second step").HasNot("Require re-registration")
		page = page.Follow("Revoke sessions").Has("Revoke all sessions of Noor Haddad?", "in every organization")
		page.Submit("Revoke sessions", nil).Has("All sessions are revoked.")
		for _, b := range []*sojourntest.Browser{one, other} {
			if got := b.Get("/"); !strings.HasPrefix(got.Path, "/sign-in") {
				t.Errorf("a session goes on: %s", got.Path)
			}
		}
		admin.Post(at(p, id, "/sessions/end"), admin.Token()).Has("All sessions are revoked.")
		if n := letters(p, noor, "You were signed out everywhere"); n != 1 {
			t.Errorf("%d letters, want 1", n)
		}
		p.SignIn(noor).Get("/").At("/")
	})
}

// Whom nobody but themselves, their own home or somebody of a higher rank may help.
func TestRefused(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		grant(t, p, noor, directory.AuthenticationAdministrator)
		for _, address := range []string{sam, ursula, ann, noor, lena} {
			armed(t, p, address)
		}
		ctx, f := context.Background(), p.App.UserMethods
		helper, chief := p.Administrator(noor, "contoso.example"), p.Administrator(sam, "contoso.example")
		stale := chief
		stale.ProvedAt = p.App.DB.Now().Add(-time.Hour)
		guest, home := p.User(ann, "contoso.example").ID, p.User(noor, "contoso.example").ID
		for _, c := range []struct {
			name, user, code string
			who              actor.Actor
		}{
			{"a guest", guest, "not_home", chief},
			{"a guest, by the lower role", guest, "not_home", helper},
			{"a higher role", p.User(sam, "contoso.example").ID, "rank_too_low", helper},
			{"another higher role", p.User(ursula, "contoso.example").ID, "rank_too_low", helper},
			{"oneself", p.User(sam, "contoso.example").ID, "own_methods", chief},
			{"without the role", home, "role_missing", p.Administrator(ursula, "contoso.example")},
			{"without a proof", home, "proof_needed", stale},
			{"a foreign user", p.User(lena, "fabrikam.example").ID, "not_found", chief},
			{"nobody", "5b1f6f0e-93a2-4c57-9d7e-0c7de7a4d1b3", "not_found", chief},
		} {
			tenant := p.Tenant("contoso.example").ID
			for verb, err := range map[string]error{
				"delete":   f.Delete(ctx, c.who, tenant, c.user, "5b1f6f0e-93a2-4c57-9d7e-0c7de7a4d1b3"),
				"register": f.RequireRegistration(ctx, c.who, tenant, c.user),
				"sign out": f.SignOut(ctx, c.who, tenant, c.user),
			} {
				if !fault.Is(err, c.code) {
					t.Errorf("%s of %s: %v, want %s", verb, c.name, err, c.code)
				}
			}
		}
		if err := f.SignOut(ctx, chief, p.Tenant("fabrikam.example").ID, p.User(lena, "fabrikam.example").ID); !fault.Is(err, "not_found") {
			t.Errorf("in a foreign organization: %v", err)
		}
		for _, address := range []string{sam, ursula, ann, noor, lena} {
			if n := methods(t, p, address); n != 2 {
				t.Errorf("%s has %d methods left", address, n)
			}
		}
		if n := rows(t, p, "method.remove_all", "administrator", "refused", guest); n != 2 {
			t.Errorf("%d refused rows, want 2", n)
		}
	})
}

// What the page says of those whose methods are not the asker's.
func TestPage_ofOthers(t *testing.T) {
	p := sojourntest.Start(t)
	grant(t, p, noor, directory.AuthenticationAdministrator)
	chief, helper, users := p.SignIn(sam), p.SignIn(noor), p.SignIn(ursula)
	armed(t, p, ann)
	armed(t, p, sam)
	guest, boss := p.User(ann, "contoso.example").ID, p.User(sam, "contoso.example").ID
	chief.Get(at(p, guest, "/methods")).Is(http.StatusOK).Has("The methods of Ann Lee are their own").HasNot("Old phone", "Revoke sessions", "Recovery codes", "password link")
	chief.Get(at(p, boss, "/methods")).Has("These are your own methods").HasNot("Old phone", "Revoke sessions").Follow("Security info").At("/security-info")
	helper.Get(at(p, boss, "/methods")).Has("you can’t act on them").HasNot("Old phone", "Revoke sessions")
	users.Get(at(p, boss, "/methods")).Is(http.StatusForbidden).Has("Your role does not allow this")
	users.Get(at(p, guest, "")).HasNot("Authentication methods")
	for _, rest := range []string{"/methods/register", "/sessions/end", "/methods/x/delete"} {
		chief.Get(at(p, guest, rest)).Is(http.StatusForbidden)
		chief.Get(at(p, boss, rest)).Is(http.StatusForbidden)
		helper.Get(at(p, boss, rest)).Is(http.StatusForbidden)
	}
	unknown := chief.Get(at(p, "5b1f6f0e-93a2-4c57-9d7e-0c7de7a4d1b3", "/methods")).Is(http.StatusNotFound)
	if foreign := chief.Get(at(p, p.User(lena, "fabrikam.example").ID, "/methods")).Is(http.StatusNotFound); foreign.Text() != unknown.Text() {
		t.Error("a foreign user answers otherwise than an unknown one")
	}
	mila, _, err := p.App.Directory.CreateMember(context.Background(), actor.OperatorActor(), p.Tenant("contoso.example").ID, directory.NewMember{
		Name: "Mila Novák", SignInName: "mila.novak", Mail: "mila@post.example", Language: "en",
	})
	if err != nil {
		t.Fatal(err)
	}
	helper.Get(at(p, mila.ID, "/methods")).Has("Not set yet")
	helper.Get(at(p, mila.ID, "")).Has("Authentication methods", "Send a new password link").HasNot("Disable account", "Delete user").
		Follow("Authentication methods").Submit("Send a new password link", nil).Has("A new link was sent.")
}

// A page that asks whether to go on wants the password first, and comes back.
func TestProof(t *testing.T) {
	d := dbtest.Open(t)
	p := sojourntest.StartOn(t, d)
	admin := p.SignIn(sam)
	app, _ := armed(t, p, noor)
	id := p.User(noor, "contoso.example").ID
	if _, err := d.Writer().Exec(context.Background(), `UPDATE sessions SET proved_at = proved_at - 600000000`); err != nil {
		t.Fatal(err)
	}
	for _, rest := range []string{"/methods/" + app + "/delete", "/methods/register", "/sessions/end"} {
		admin.Get(at(p, id, rest)).At("/prove")
		admin.Post(at(p, id, rest), admin.Token()).At("/prove")
	}
	if n := methods(t, p, noor); n != 2 {
		t.Errorf("%d methods are left", n)
	}
}
