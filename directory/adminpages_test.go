package directory_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"sojourn/sojourntest"
)

const (
	sam    = "sam.rivera@contoso.example" // Global Administrator
	ursula = "ursula@contoso.example"     // User Administrator
)

func manage(p *sojourntest.Portal, parts ...string) string {
	return "/manage/" + p.Tenant("contoso.example").ID + "/" + strings.Join(parts, "/")
}

func picked(p *sojourntest.Page, names ...string) url.Values {
	values := url.Values{}
	for _, name := range names {
		_, after, _ := strings.Cut(p.HTML, "<bdi>"+name+"</bdi>") // the label of its checkbox comes first
		before := p.HTML[:len(p.HTML)-len(after)]
		box := before[strings.LastIndex(before, `name="u" value="`)+len(`name="u" value="`):]
		values.Add("u", box[:36])
	}
	return values
}

func TestUsers_listsAndNarrows(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		b := p.SignIn(sam)
		b.Get(manage(p, "users")).Has("Noor Haddad", "Ann Lee", "Global Administrator", "Invitation pending", "Create user", "Add guest").HasNot("Lena Fischer")
		b.Get("/manage/contoso.example/users").Has("Noor Haddad")
		b.Get(manage(p, "users?q=noor+had")).Has("Noor Haddad").HasNot("Ann Lee")
		b.Get(manage(p, "users?kind=guest")).Has("Ann Lee").HasNot("Noor Haddad Member")
		b.Get(manage(p, "users?state=pending")).Has("kim.park@post.example").HasNot("Ann Lee")
		b.Get(manage(p, "users?state=disabled")).Has("Jürgen Weiß").HasNot("Ann Lee")
		b.Get(manage(p, "users?state=enabled")).Has("Ann Lee").HasNot("kim.park@post.example", "Jürgen Weiß")
		b.Get(manage(p, "users?role=UserAdministrator")).Has("Ursula Admin").HasNot("Ann Lee")
		b.Get(manage(p, "users?q=nobodyatall")).Has("No users found", "Show all users")
	})
}

func TestUsers_create(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		b := p.SignIn(sam)
		form := b.Get(manage(p, "users", "new"))
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

func TestUser_groupsRolesAndState(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		b := p.SignIn(sam)
		page := b.Get(manage(p, "users", p.User("ann.lee@fabrikam.example", "contoso.example").ID)).
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
		b.Get(manage(p, "users", id)).Has("you can’t act on them").HasNot("Disable account", "Delete user", "Revoke")
		token := b.Token()
		b.Post(manage(p, "users", id, "disable"), token).Is(http.StatusForbidden)
		b.Post(manage(p, "users", id, "delete"), token).Is(http.StatusForbidden)
		b.Get(manage(p, "users", id)).Has("Enabled")
		b.Get(manage(p, "properties")).Is(http.StatusForbidden).Has("Your role does not allow this")
		b.Get(manage(p, "users")).HasNot("Properties", "External collaboration settings")
	})
}

func TestUser_foreignLikeUnknown(t *testing.T) {
	p := sojourntest.Start(t)
	b := p.SignIn(sam)
	foreign := p.User("lena.fischer@fabrikam.example", "fabrikam.example").ID
	unknown := b.Get(manage(p, "users", "5b1f6f0e-93a2-4c57-9d7e-0c7de7a4d1b3")).Is(http.StatusNotFound)
	for _, path := range []string{"users/" + foreign, "users/" + foreign + "/delete", "groups/" + foreign, "deleted-users/results/" + foreign} {
		if page := b.Get(manage(p, path)).Is(http.StatusNotFound); page.Text() != unknown.Text() {
			t.Errorf("%s tells more than an unknown id", path)
		}
	}
	token := b.Token()
	for _, path := range []string{"users/" + foreign + "/disable", "users/" + foreign + "/delete", "users/" + foreign + "/link"} {
		b.Post(manage(p, path), token).Is(http.StatusNotFound)
	}
	token.Set("u", foreign)
	b.Post(manage(p, "deleted-users", "restore"), token).Is(http.StatusNotFound)
}

func TestDeleted_restorePart(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		b := p.SignIn(sam)
		list := b.Get(manage(p, "deleted-users")).Has("Chidi Okonkwo", "Left by choice", "1 day", "Deleted by Sam Rivera", "Legal hold", "All 6", "Last 3 days 2", "On legal hold 1")
		b.Get(manage(p, "deleted-users?view=soon")).Has("Lena Fischer").HasNot("Olu Adeyemi")
		b.Get(manage(p, "deleted-users?view=held")).Has("Aiko Tanaka").HasNot("Lena Fischer")
		b.Get(manage(p, "deleted-users?by=administrator&kind=member")).Has("Olu Adeyemi").HasNot("Lena Fischer")
		result := list.Submit("Restore Lena Fischer", nil).Is(http.StatusOK).
			Has("Lena Fischer is back", "Harbour project", "Guest Inviter", "Winter campaign", "The group was deleted meanwhile.", "Could not come back 1")
		b.Get(result.Path).Is(http.StatusOK).Has("Lena Fischer is back")
		if len(p.Mails("lena.fischer@fabrikam.example")) == 0 {
			t.Error("nobody told Lena")
		}
		b.Get(manage(p, "deleted-users")).HasNot("Lena Fischer")
		b.Post(manage(p, "deleted-users", "restore"), with(b.Token(), "u", p.User("lena.fischer@fabrikam.example", "contoso.example").ID)).
			Is(http.StatusConflict).Has("Lena Fischer is not deleted")
	})
}

func with(values url.Values, name, value string) url.Values {
	values.Set(name, value)
	return values
}

func TestDeleted_restoreSeveral(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		b := p.SignIn(sam)
		list := b.Get(manage(p, "deleted-users"))
		list.Submit("Restore user", nil).Has("Nobody was selected, so nothing was changed.")
		both := picked(list, "Chidi Okonkwo", "Lena Fischer")
		page := list.Submit("Restore user", both).Is(http.StatusOK).Has("2 users restored", "Everything came back", "Not everything came back")
		b.Get(page.Path).Has("2 users restored")
		again := list.Submit("Restore user", both).Is(http.StatusOK).Has("0 users restored", "Not restored 2", "Is not deleted (any more).")
		b.Get(again.Path).Has("Not restored 2")
	})
}

func TestDeleted_erase(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		b := p.SignIn(sam)
		list := b.Get(manage(p, "deleted-users"))
		confirm := list.Submit("Delete permanently", picked(list, "Olu Adeyemi", "Lena Fischer", "Aiko Tanaka")).Is(http.StatusOK).
			Has("Delete 2 users permanently?", "Olu Adeyemi", "Lena Fischer", "This can’t be undone,", "The account of 1 member", "Will not be deleted 1", "On legal hold")
		if strings.Contains(confirm.Path, "csrf") {
			t.Error("the token of the form stands in an address")
		}
		confirm.Submit("Delete permanently", nil).Has("2 users have been deleted permanently.").HasNot("Olu Adeyemi", "Lena Fischer").Has("Aiko Tanaka")
		held := picked(list, "Aiko Tanaka")
		for name, list := range b.Token() {
			held[name] = list
		}
		b.Post(manage(p, "deleted-users", "delete"), held).Is(http.StatusOK).Has("Not deleted permanently", "Aiko Tanaka", "On legal hold")
		b.Get(manage(p, "deleted-users")).Has("Aiko Tanaka")
	})
}

// conflict deletes nobody: 佐藤 健, who left, has been invited anew meanwhile.
func conflict(p *sojourntest.Portal) (b *sojourntest.Browser, page *sojourntest.Page) {
	b = p.SignIn(sam)
	list := b.Get(manage(p, "deleted-users"))
	b.Get(manage(p, "guests", "new")).Submit("Invite", url.Values{"address": {"sato@litware.example"}, "name": {"Sato again"}}).Is(http.StatusConflict).
		Submit("Invite", url.Values{"anew": {"yes"}})
	return b, list.Submit("Restore 佐藤 健", nil).Is(http.StatusConflict).Has("佐藤 健 has an account here again", "Nothing was changed yet.", "Sato again", "Invitation pending", "1 group")
}

func TestDeleted_conflict(t *testing.T) {
	for way, says := range map[string][]string{
		"keep":    {"Nothing was changed.", "佐藤 健", "24 days"},
		"merge":   {"The groups of 佐藤 健 were added", "Design review", "Open Sato again"},
		"replace": {"佐藤 健 is back", "Design review", "The one they had meanwhile is under Deleted users."},
	} {
		t.Run(way, func(t *testing.T) {
			sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
				b, page := conflict(p)
				page.Submit("Go on", url.Values{"way": {way}}).Is(http.StatusOK).Has(says...)
				b.Get(manage(p, "users?q=sato")).Is(http.StatusOK)
				deleted := b.Get(manage(p, "deleted-users"))
				if way == "replace" {
					deleted.Has("Sato again").HasNot("佐藤 健")
				} else {
					deleted.Has("佐藤 健").HasNot("Sato again")
				}
			})
		})
	}
}

func TestDeleted_eraseAsksAFreshProof(t *testing.T) {
	p := sojourntest.Start(t)
	b := p.SignIn(sam)
	list := b.Get(manage(p, "deleted-users"))
	p.App.DB.SetShift(p.App.DB.Shift() + 20*time.Minute)
	chosen := picked(list, "Olu Adeyemi", "Lena Fischer")
	for i := range 60 { // a whole page of users still fits into the address to come back to
		chosen.Add("u", fmt.Sprintf("5b1f6f0e-93a2-4c57-9d7e-%012d", i))
	}
	page := list.Submit("Delete permanently", chosen).Is(http.StatusOK).At("/prove")
	page = page.Submit("Continue", url.Values{"password": {sojourntest.Password}}).Is(http.StatusOK).Has("Delete 2 users permanently?")
	p.App.DB.SetShift(p.App.DB.Shift() + 20*time.Minute)
	page.Submit("Delete permanently", nil).At("/prove").Submit("Continue", url.Values{"password": {sojourntest.Password}}).Has("Delete 2 users permanently?")
	p.App.DB.SetShift(p.App.DB.Shift() - 20*time.Minute)
	b.Get(manage(p, "deleted-users")).Has("Olu Adeyemi", "Lena Fischer")
}

func TestDeleted_privacyAdministratorOnlyReads(t *testing.T) {
	p := sojourntest.Start(t)
	b := p.SignIn(sam)
	b.Get(manage(p, "users", p.User("noor.haddad@contoso.example", "contoso.example").ID)).Submit("Grant", url.Values{"role": {"PrivacyAdministrator"}})
	noor := p.SignIn("noor.haddad@contoso.example")
	noor.Get(manage(p, "deleted-users")).Is(http.StatusOK).Has("Lena Fischer").HasNot("Restore", "Delete…", "Select")
	noor.Get(manage(p, "deleted-users/delete?u=5b1f6f0e-93a2-4c57-9d7e-0c7de7a4d1b3")).Is(http.StatusForbidden)
	noor.Get(manage(p, "users", "new")).Is(http.StatusForbidden)
	noor.Get(manage(p, "groups", "new")).Is(http.StatusForbidden)
	noor.Post(manage(p, "deleted-users", "restore"), with(noor.Token(), "u", "5b1f6f0e-93a2-4c57-9d7e-0c7de7a4d1b3")).Is(http.StatusForbidden)
	noor.Get(manage(p, "properties")).Is(http.StatusForbidden)
}

func TestGroups(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		b := p.SignIn(sam)
		b.Get(manage(p, "groups?q=har")).Has("Harbour project").HasNot("Design review")
		form := b.Get(manage(p, "groups")).Follow("Create group")
		form.Submit("Create group", url.Values{"name": {" design  REVIEW "}}).Is(http.StatusConflict).Has("There is already a group with this name")
		form.Submit("Create group", nil).Is(http.StatusUnprocessableEntity).Has("Enter a name for the group")
		page := form.Submit("Create group", url.Values{"name": {"Canal trip"}, "description": {"Twelve people, one boat"}}).Has("The group Canal trip has been created.", "Nobody is in this group.")
		page.Submit("Add member", url.Values{"member": {"noor"}}).Is(http.StatusUnprocessableEntity).Has("No user of this organization has this")
		page = page.Submit("Add member", url.Values{"member": {" Noor.Haddad@contoso.example"}}).Has("Noor Haddad is in this group.", "Members 1")
		page = page.Submit("Add member", url.Values{"member": {"ann.lee@fabrikam.example"}}).Has("Ann Lee is in this group.", "Members 2")
		page = page.Submit("Remove Noor Haddad", nil).Has("Removed from the group.", "Members 1")
		page.Follow("Delete group").Has("Delete the group Canal trip?", "1 member loses").Submit("Delete group", nil).Has("The group has been deleted.").HasNot("Canal trip")
	})
}

func TestProperties(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		b := p.SignIn(sam)
		page := b.Get(manage(p, "properties")).Has("contoso.example", p.Tenant("contoso.example").ID)
		wrong := page.Submit("Save", url.Values{"name": {""}, "statement": {"javascript:alert(1)"}, "privacy": {"me"}}).Is(http.StatusUnprocessableEntity).Has("There are 3 problems")
		if !strings.Contains(wrong.HTML, `value="javascript:alert(1)"`) {
			t.Error("the value is lost")
		}
		page.Submit("Save", url.Values{"name": {"Fabrikam, Inc."}}).Is(http.StatusConflict).Has("Another organization has or had this name")
		page.Submit("Save", url.Values{"name": {"Contoso Limited"}}).Has("Saved.", "Contoso Limited administration")
	})
}

func TestAdministration_start(t *testing.T) {
	p := sojourntest.Start(t)
	p.SignIn(sam).Get("/manage/contoso.example").Has("Manage users", "See deleted users", "Manage groups", "Edit properties", "Change how guests leave")
	p.SignIn(ursula).Get("/manage/contoso.example").Has("Manage users").HasNot("Edit properties", "Change how guests leave")
	p.SignIn("noor.haddad@contoso.example").Get("/manage/contoso.example").Is(http.StatusForbidden)
}
