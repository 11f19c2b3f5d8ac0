package directory_test

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"testing"

	"sojourn/directory"
	"sojourn/sojourntest"
)

var welcome = regexp.MustCompile(`/welcome/[\w-]{43}`)

// linkTo is the path of the newest link that was mailed to an address, "" without one.
func linkTo(p *sojourntest.Portal, address string) (path string) {
	for _, m := range p.Mails(address) {
		if found := welcome.FindString(m.Text); found != "" {
			path = found
		}
	}
	return path
}

// A link that went to a mistyped address is dead once the address is right, also where
// its page is open already; one that has not gone out is not sent.
func TestRename_oldAddress(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		ctx, dir := context.Background(), p.App.Directory
		who := p.Administrator("sam.rivera@contoso.example", "contoso.example")
		const stranger, another, right = "vrea@post.example", "vera@pots.example", "vera@post.example"
		tenant := p.Tenant("contoso.example").ID
		vera, _, err := dir.CreateMember(ctx, who, tenant, directory.NewMember{Name: "Vera Blum", SignInName: "vera.blum", Mail: stranger, Language: "en"})
		if err != nil {
			t.Fatal(err)
		}
		path := linkTo(p, stranger)
		if path == "" {
			t.Fatal("no link was mailed")
		}
		open := p.Browser().Get(path).Is(http.StatusOK)
		rename := func(mail string) {
			t.Helper()
			if err := dir.Rename(ctx, who, tenant, vera.ID, directory.Corrected{Name: "Vera Blum", Mail: mail}); err != nil {
				t.Fatal(err)
			}
		}
		sendLink := func() {
			t.Helper()
			if _, err := dir.SendLink(ctx, who, tenant, vera.ID); err != nil {
				t.Fatal(err)
			}
		}
		rename(another)
		p.Browser().Get(path).Is(http.StatusGone).Has("This link no longer works")
		open.Submit("Set password", url.Values{"new": {"velvet anchor pepper drizzle"}}).Is(http.StatusGone)

		sendLink()
		rename(right) // before the letter has gone out
		if linkTo(p, another) != "" {
			t.Error("a link was mailed to an address that is theirs no more")
		}
		rename(stranger) // and back again
		p.Browser().Get(path).Is(http.StatusGone)
		rename(right)
		sendLink()
		p.Browser().Get(linkTo(p, right)).Is(http.StatusOK).Submit("Set password", url.Values{"new": {"velvet anchor pepper drizzle"}}).At("/sign-in")
	})
}
