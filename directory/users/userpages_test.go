package users_test

import (
	"net/http"
	"net/url"
	"testing"

	"sojourn/sojourntest"
)

func TestUser_groupsRolesAndState(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		b := p.SignIn(sam)
		page := b.Get(contoso+"users/"+p.User("ann.lee@fabrikam.example", "contoso.example").ID).
			Has("An account of their own or of another organization", "Sam Rivera", "Design review").HasNot("Send a new password link")
		page = page.Submit("Remove Design review", nil).Has("Removed from the group.").HasNot("Remove Design review")
		page = page.Submit("Add", url.Values{"group": {"Harbour project"}}).Has("Added to the group Harbour project.", "Remove Harbour project")
		page.Submit("Add", url.Values{"group": {"No such group"}}).Is(http.StatusUnprocessableEntity).Has("There is no group with this name")
		page = page.Submit("Grant", url.Values{"role": {"ReportsReader"}}).Has("Role granted: Reports Reader.")
		page = page.Submit("Revoke Reports Reader", nil).Has("Role revoked: Reports Reader.").HasNot("Revoke Reports Reader")
		page = page.Submit("Disable account", nil).Has("The account is disabled.", "Enable account")
		page = page.Submit("Enable account", nil).Has("The account is enabled.")
		page = page.Follow("Delete user").Has("Delete Ann Lee?", "1 group", "Global Administrator or User Administrator of Contoso Ltd")
		page = page.Submit("Delete user", nil).Has("The user has been deleted.", "30 days left", "Deleted by Sam Rivera", "Restore user", "Delete permanently")
		page.Submit("Restore user", nil).Has("Ann Lee is back", "Restored with everything there was.", "Harbour project").
			Follow("Open Ann Lee").Has("Restored", "What came back")
	})
}

func TestUser_rank(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		b := p.SignIn(ursula)
		id := p.User(sam, "contoso.example").ID
		b.Get(contoso+"users/"+id).Has("you can’t act on them").HasNot("Disable account", "Delete user", "Revoke")
		token := b.Token()
		b.Post(contoso+"users/"+id+"/disable", token).Is(http.StatusForbidden)
		b.Post(contoso+"users/"+id+"/delete", token).Is(http.StatusForbidden)
		b.Get(contoso + "users/" + id).Has("Enabled")
		b.Get(contoso + "properties").Is(http.StatusForbidden).Has("Your role does not allow this")
		b.Get(contoso+"users").HasNot("Properties", "External collaboration settings")
	})
}

func TestUser_foreignLikeUnknown(t *testing.T) {
	p := sojourntest.Start(t)
	b := p.SignIn(sam)
	foreign := p.User("lena.fischer@fabrikam.example", "fabrikam.example").ID
	unknown := b.Get(contoso + "users/5b1f6f0e-93a2-4c57-9d7e-0c7de7a4d1b3").Is(http.StatusNotFound)
	for _, path := range []string{"users/" + foreign, "users/" + foreign + "/delete", "groups/" + foreign, "deleted-users/results/" + foreign} {
		if page := b.Get(contoso + path).Is(http.StatusNotFound); page.Text() != unknown.Text() {
			t.Errorf("%s tells more than an unknown id", path)
		}
	}
	token := b.Token()
	for _, path := range []string{"users/" + foreign + "/disable", "users/" + foreign + "/delete", "users/" + foreign + "/link"} {
		b.Post(contoso+path, token).Is(http.StatusNotFound)
	}
	token.Set("u", foreign)
	b.Post(contoso+"deleted-users/restore", token).Is(http.StatusNotFound)
}
