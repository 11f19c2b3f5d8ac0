package guests_test

import (
	"net/http"
	"net/url"
	"regexp"
	"testing"

	"sojourn/sojourntest"
)

const (
	sam  = "sam.rivera@contoso.example"
	noor = "noor.haddad@contoso.example"
)

func fill(pairs ...string) url.Values {
	v := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	return v
}

var linkInMail = regexp.MustCompile(`https?://[^\s]+/welcome/[\w-]+`)

// From an address nobody knows to a guest, page by page.
func TestPortal_inviteAndAccept(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		contoso := p.Tenant("contoso.example")
		form := p.SignIn(sam).Get("/manage/" + contoso.ID + "/users").Follow("Add guest").Is(http.StatusOK)

		page := form.Submit("Invite", fill("address", "zoë", "message", "look at evil.example")).Is(http.StatusUnprocessableEntity)
		page.Has("Enter an address like", "“evil.example” would become a link", "look at evil.example")
		page = form.Submit("Invite", fill("address", "zoe@contoso.example")).Is(http.StatusUnprocessableEntity)
		page.Has("Addresses at contoso.example belong to this organization")

		page = form.Submit("Invite", fill("address", "zoe@nowhere.example", "name", "Zoë Quint", "message", "Hello Zoë"))
		page.Is(http.StatusOK).Has("Invitation sent to zoe@nowhere.example.", "Zoë Quint", "zoe_nowhere.example#EXT#@contoso.example")

		first := linkInMail.FindString(p.Mails("zoe@nowhere.example")[0].Text)
		page = form.Submit("Invite", fill("address", "Zoe@Nowhere.example", "name", "Another")).Is(http.StatusConflict)
		page.Has("Zoë Quint is already invited", "has not answered yet")
		page.Submit("Send again Zoë Quint", nil).Is(http.StatusOK).Has("Invitation sent again to zoe@nowhere.example.", "Zoë Quint")

		mails := p.Mails("zoe@nowhere.example")
		if len(mails) != 2 {
			t.Fatalf("%d mails", len(mails))
		}
		second := linkInMail.FindString(mails[1].Text)
		stranger := p.Browser()
		stranger.Get(path(t, first)).Is(http.StatusGone)
		page = stranger.Get(path(t, second)).Is(http.StatusOK)
		page.Has("Contoso Ltd")
		stranger.Get(path(t, second)).Is(http.StatusOK) // looking burns nothing
		page.Submit(button(t, page), fill("name", "Zoë Quint", "new", sojourntest.Password)).Is(http.StatusOK)

		zoe := p.SignIn("zoe@nowhere.example")
		page = zoe.Get("/organizations").Has("Invitations", "Contoso Ltd", "Invited by Sam Rivera")
		accept := page.Submit
		accept("Accept Contoso Ltd", nil).At("/organizations").Has("You accepted the invitation of Contoso Ltd.")
		accept("Accept Contoso Ltd", nil).At("/organizations") // once more is harmless
		page.Submit("Decline Contoso Ltd", nil).Is(http.StatusConflict).Has("You have already accepted the invitation of Contoso Ltd", "already_accepted")
	})
}

func TestPortal_decline(t *testing.T) {
	p := sojourntest.Start(t)
	page := p.SignIn(noor).Get("/organizations").Has("Relecloud")
	page.Submit("Decline Relecloud", nil).At("/organizations").Has("You declined the invitation of Relecloud.")
	page.Submit("Decline Relecloud", nil).At("/organizations")
	page.Submit("Accept Relecloud", nil).Is(http.StatusNotFound)

	// Somebody else's invitation is one that does not exist.
	mine := p.SignIn("mirjam@postbus.example").Get("/organizations")
	link := regexp.MustCompile(`/organizations/invitations/[\w-]+/accept`).FindString(mine.HTML)
	other := p.SignIn(noor)
	other.Post(link, other.Token()).Is(http.StatusNotFound)
}

func TestPortal_deletedHere(t *testing.T) {
	p := sojourntest.Start(t)
	contoso := p.Tenant("contoso.example")
	page := p.SignIn(sam).Get("/manage/"+contoso.ID+"/guests/new").Submit("Invite", fill("address", "lena.fischer@fabrikam.example"))
	page.Is(http.StatusConflict).Has("Lena Fischer had an account here that can still be restored", "that was deleted on")
	page.Follow("Restore user Lena Fischer").Is(http.StatusOK).Has("Lena Fischer", "Restore user")
	page.Submit("Invite anew anyway", nil).Is(http.StatusOK).Has("Invitation sent to lena.fischer@fabrikam.example.")
	p.SignIn("lena.fischer@fabrikam.example").Get("/organizations").Submit("Accept Contoso Ltd", nil).Has("You accepted the invitation of Contoso Ltd.")
}

func TestPortal_leaveSetting(t *testing.T) {
	p := sojourntest.Start(t)
	address := "/manage/" + p.Tenant("contoso.example").ID + "/external-collaboration"
	b := p.SignIn(sam)
	page := b.Get(address).Is(http.StatusOK).Has("External collaboration settings", "External user leave settings", "Yes is the default")
	page.Submit("Save", fill("leave", "perhaps")).Is(http.StatusUnprocessableEntity).Has("Choose Yes or No")
	page.Submit("Save", fill("leave", "no")).Is(http.StatusOK).Has("Settings saved.", "by Sam Rivera")
	p.SignIn("ursula@contoso.example").Get(address).Is(http.StatusForbidden)
	p.SignIn(noor).Get(address).Is(http.StatusForbidden)
	p.SignIn("ed.byrne@post.example").Get(address).Is(http.StatusNotFound)
	p.SignIn("mirjam@postbus.example").Get("/organizations").Submit("Accepteren Contoso Ltd", nil).
		Has("U hebt de uitnodiging van Contoso Ltd geaccepteerd.", "Verlaten niet toegestaan")
}

// path is a link of this portal without its host.
func path(t *testing.T, link string) string {
	t.Helper()
	u, err := url.Parse(link)
	if err != nil || u.Path == "" {
		t.Fatalf("the link is %q: %v", link, err)
	}
	return u.Path
}

// button is the text of the one button that sets a password.
func button(t *testing.T, page *sojourntest.Page) string {
	t.Helper()
	found := regexp.MustCompile(`<button type="submit" class="btn btn-p"[^>]*>([^<]+)`).FindStringSubmatch(page.HTML)
	if found == nil {
		t.Fatalf("no button:\n%s", page.Text())
	}
	return found[1]
}
