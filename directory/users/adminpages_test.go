package users_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"sojourn/sojourntest"
)

const (
	sam     = "sam.rivera@contoso.example" // Global Administrator
	ursula  = "ursula@contoso.example"     // User Administrator
	contoso = "/manage/contoso.example/"
)

func TestUsers_listsAndNarrows(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		b := p.SignIn(sam)
		b.Get(contoso+"users").Has("Noor Haddad", "Ann Lee", "Global Administrator", "Invitation pending", "Create user", "Add guest").HasNot("Lena Fischer")
		b.Get("/manage/" + p.Tenant("contoso.example").ID + "/users").Has("Noor Haddad")
		b.Get(contoso + "users?q=noor+had").Has("Noor Haddad").HasNot("Ann Lee")
		b.Get(contoso + "users?kind=guest").Has("Ann Lee").HasNot("Noor Haddad Member")
		b.Get(contoso + "users?state=pending").Has("kim.park@post.example").HasNot("Ann Lee")
		b.Get(contoso + "users?state=disabled").Has("Jürgen Weiß").HasNot("Ann Lee")
		b.Get(contoso+"users?state=enabled").Has("Ann Lee").HasNot("kim.park@post.example", "Jürgen Weiß")
		b.Get(contoso + "users?role=UserAdministrator").Has("Ursula Admin").HasNot("Ann Lee")
		b.Get(contoso+"users?q=nobodyatall").Has("No users found", "Show all users")
	})
}

func TestUsers_create(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		b := p.SignIn(sam)
		form := b.Get(contoso + "users/new")
		form.Submit("Create user", url.Values{"name": {"Vera Blum"}, "signin": {"noor.haddad"}, "mail": {"nonsense"}}).Is(http.StatusUnprocessableEntity).
			Has("There is a problem", "Enter an address like").HasNot("What stands before @contoso.example, as in anna.berg. Type a whole name to use another domain of this organization. Error")
		taken := form.Submit("Create user", url.Values{"name": {"Vera Blum"}, "signin": {"noor.haddad"}, "mail": {"vera@post.example"}}).Is(http.StatusConflict).
			Has("noor.haddad@contoso.example is already in use")
		if !strings.Contains(taken.HTML, `value="Vera Blum"`) || !strings.Contains(taken.HTML, "<title>Error:") {
			t.Error("the values are lost, or the title does not say so")
		}
		made := taken.Submit("Create user", url.Values{"signin": {"vera.blum"}, "role": {"GuestInviter"}}).Is(http.StatusOK).
			Has("Created. A link to set the first password was sent to vera@post.example.", "vera.blum@contoso.example", "A work account of this organization", "Guest Inviter", "Account created")
		if len(p.Mails("vera@post.example")) != 1 {
			t.Error("no letter with the link")
		}
		made.Submit("Send a new password link", nil).Has("A new link was sent.")
	})
}

// The highest role is granted only by who has just proved who they are; what was
// typed is not lost over it.
func TestUsers_globalAdministratorAsksAFreshProof(t *testing.T) {
	p := sojourntest.Start(t)
	b := p.SignIn(sam)
	noor := p.User("noor.haddad@contoso.example", "contoso.example")
	page, form := b.Get(contoso+"users/"+noor.ID), b.Get(contoso+"users/new")
	later := func() { p.App.DB.SetShift(p.App.DB.Shift() + 20*time.Minute) }
	proof := url.Values{"password": {sojourntest.Password}}

	later()
	page.Submit("Grant", url.Values{"role": {"ReportsReader"}}).Is(http.StatusOK).Has("Reports Reader")
	page = page.Submit("Grant", url.Values{"role": {"GlobalAdministrator"}}).At("/prove").Submit("Continue", proof).At("/manage/" + noor.TenantID + "/users/" + noor.ID).HasNot("Revoke Global Administrator")
	page.Submit("Grant", url.Values{"role": {"GlobalAdministrator"}}).Has("Revoke Global Administrator")

	later()
	filled := url.Values{"name": {"Vera Blum"}, "signin": {"vera.blum"}, "mail": {"vera@post.example"}, "role": {"GlobalAdministrator", "GuestInviter"}}
	again := form.Submit("Create user", filled).At("/prove").Submit("Continue", proof).At("/manage/" + noor.TenantID + "/users/new")
	again.Submit("Create user", nil).Is(http.StatusOK).Has("vera.blum@contoso.example", "Revoke Global Administrator", "Revoke Guest Inviter")
}
