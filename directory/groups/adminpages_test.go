package groups_test

import (
	"net/http"
	"net/url"
	"testing"

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
