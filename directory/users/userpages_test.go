package users_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"sojourn/internal/db"
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
		b.Get(contoso + "properties").Is(http.StatusForbidden).Has("Your role does not allow this").HasNot("Nothing was changed")
		b.Get(contoso+"users").HasNot("Properties", "External collaboration settings")
	})
}

// Who may not act on somebody puts them into no group and takes them out of none, on
// neither page; and the log says that they tried.
func TestUser_rankAndGroups(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		admin, b := p.SignIn(sam), p.SignIn(ursula)
		user := contoso + "users/" + p.User(sam, "contoso.example").ID
		admin.Get(user).Submit("Add", url.Values{"group": {"Design review"}}).Has("Remove Design review")
		b.Get(user).Has("Design review").HasNot("Remove Design review", "Add to a group")
		group := b.Get(contoso+"groups").Follow("Design review").Has("Sam Rivera", "Remove Ann Lee").HasNot("Remove Sam Rivera").Path
		other := b.Get(contoso + "groups").Follow("Harbour project").Path
		id := func(path string) string { return path[strings.LastIndex(path, "/")+1:] }
		in := func(path string, pairs ...string) {
			t.Helper()
			form := b.Token()
			for i := 0; i+1 < len(pairs); i += 2 {
				form.Set(pairs[i], pairs[i+1])
			}
			b.Post(path, form).Is(http.StatusForbidden).Has("Nothing was changed. Ask somebody with a higher role")
		}
		in(user + "/groups/" + id(group) + "/remove")
		in(user+"/groups", "group", id(other))
		in(group + "/members/" + id(user) + "/remove")
		in(other+"/members", "member", sam)
		admin.Get(user).Has("Remove Design review").HasNot("Remove Harbour project")
		for _, act := range []string{"group.add", "group.remove"} {
			n, err := db.Count(t.Context(), p.App.DB, `SELECT count(*) FROM audit WHERE act = $1 AND result = 'refused' AND reason = 'rank_too_low'`, act)
			if err != nil || n != 2 {
				t.Errorf("%s: %d refusals are in the log, want 2 (%v)", act, n, err)
			}
		}
	})
}

// A link goes where letters go: to the sign-in name of whom the organization has no mail
// address of. Where there is neither, the page says what to do.
func TestUser_link(t *testing.T) {
	const noor = "noor.haddad@contoso.example"
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		b, user := p.SignIn(sam), p.User(noor, "contoso.example")
		path := contoso + "users/" + user.ID
		mails := len(p.Mails(noor))
		page := b.Get(path).Has("letters go to the sign-in name").Submit("Send a new password link", nil).Is(200).Has("A new link was sent")
		list := p.Mails(noor)
		if len(list) != mails+1 {
			t.Fatalf("%d letters to the sign-in name, want 1", len(list)-mails)
		}
		link := regexp.MustCompile(`/welcome/[\w-]{43}`).FindString(list[len(list)-1].Text)
		p.Browser().Get(link).Is(200).Has("Choose a new password", noor)

		page.Follow("Edit").Has("There is none yet, so letters go to the sign-in name").Submit("Save", url.Values{"mail": {"noor@private.example"}}).Has("Saved.")
		p.Browser().Get(link).Is(http.StatusGone) // it died with its address
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
