package groups_test

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
	contoso = "/manage/contoso.example/"
)

func TestGroups(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		b := p.SignIn(sam)
		b.Get(contoso + "groups?q=har").Has("Harbour project").HasNot("Design review")
		form := b.Get(contoso + "groups").Follow("Create group")
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

func TestGroups_edit(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		b := p.SignIn(sam)
		form := b.Get(contoso + "groups").Follow("Harbour project").Follow("Edit").Has("Edit Harbour project")
		form.Submit("Save", url.Values{"name": {"design review"}}).Is(http.StatusConflict).Has("There is already a group with this name")
		form.Submit("Save", url.Values{"name": {""}}).Is(http.StatusUnprocessableEntity).Has("Enter a name for the group")
		form.Submit("Save", url.Values{"name": {"HARBOUR project"}, "description": {"Quays and cranes"}}).Has("Saved.", "HARBOUR project", "Quays and cranes")
		b.Get(contoso + "groups?q=harb").Has("HARBOUR project")
	})
}

// Whose role may change a policy that uses a group changes the group, with a fresh
// proof; others are told what it is used by, and no more.
func TestGroups_used(t *testing.T) {
	const ursula = "ursula@contoso.example" // User Administrator
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		b, lower, noor := p.SignIn(sam), p.SignIn(ursula), p.User("noor.haddad@contoso.example", "contoso.example").ID
		page := b.Get(contoso + "groups").Follow("Design review").HasNot("Used by")
		path, id := page.Path, page.Path[strings.LastIndex(page.Path, "/")+1:]
		lower.Get(path).Has("Delete group", "Add member").HasNot("Used by")
		b.Get(contoso+"policies/second").Submit("Continue", url.Values{"who": {"group"}, "group": {id}}).Submit("Save", nil).Has("The policy was saved.")
		b.Get(contoso+"experience").Submit("Continue", url.Values{"experience": {"group"}, "group": {id}}).Submit("Save", nil).Has("Saved.")

		b.Get(path).Has("Used by", "A change counts at once. My Account for your people Two-step verification", "Add member", "Edit").HasNot("Delete group").
			Follow("Two-step verification").Has("Two-step verification")
		lower.Get(path).Has("Used by", "Only administrators who may change them can change the group. My Account for your people Two-step verification").HasNot("Delete group", "Add member", "Edit", "Remove ")
		for _, path := range []string{path + "/members", path + "/edit", contoso + "users/" + noor + "/groups"} {
			form := lower.Token()
			form.Set("member", sam)
			form.Set("name", "Nobody of note")
			form.Set("group", id)
			lower.Post(path, form).Is(http.StatusForbidden).Has("A policy or setting that your role may not change uses this group")
		}
		lower.Post(path+"/members/"+noor+"/remove", lower.Token()).Is(http.StatusForbidden)
		lower.Get(path + "/edit").Is(http.StatusForbidden)
		for _, one := range []*sojourntest.Browser{b, lower} {
			one.Get(path+"/delete").Is(http.StatusConflict).Has("This group is in use", "Two-step verification", "My Account for your people").HasNot("This can’t be undone")
			one.Post(path+"/delete", one.Token()).Is(http.StatusConflict).Has("This group is in use", "Choose another group there first")
		}
		lower.Get(path + "/delete?lng=nl").Has("Deze groep is in gebruik")

		p.App.DB.SetShift(6 * time.Minute) // the proof is old
		form := b.Get(path)
		form = form.Submit("Add member", url.Values{"member": {"noor.haddad@contoso.example"}}).At("/prove")
		form.Submit("Continue", url.Values{"password": {sojourntest.Password}})
		b.Get(path).Submit("Add member", url.Values{"member": {"noor.haddad@contoso.example"}}).Has("Noor Haddad is in this group.")
	})
}
