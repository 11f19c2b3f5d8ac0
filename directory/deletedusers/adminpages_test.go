package deletedusers_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"sojourn/sojourntest"
)

const (
	sam     = "sam.rivera@contoso.example" // Global Administrator
	contoso = "/manage/contoso.example/"
)

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

func with(values url.Values, name, value string) url.Values {
	values.Set(name, value)
	return values
}

func TestDeleted_privacyAdministratorOnlyReads(t *testing.T) {
	p := sojourntest.Start(t)
	b := p.SignIn(sam)
	b.Get(contoso+"users/"+p.User("noor.haddad@contoso.example", "contoso.example").ID).Submit("Grant", url.Values{"role": {"PrivacyAdministrator"}})
	noor := p.SignIn("noor.haddad@contoso.example")
	noor.Get(contoso+"deleted-users").Is(http.StatusOK).Has("Lena Fischer").HasNot("Restore", "Delete permanently", "Select")
	noor.Get(contoso + "deleted-users/delete?u=5b1f6f0e-93a2-4c57-9d7e-0c7de7a4d1b3").Is(http.StatusForbidden)
	noor.Get(contoso + "users/new").Is(http.StatusForbidden)
	noor.Get(contoso + "groups/new").Is(http.StatusForbidden)
	noor.Post(contoso+"deleted-users/restore", with(noor.Token(), "u", "5b1f6f0e-93a2-4c57-9d7e-0c7de7a4d1b3")).Is(http.StatusForbidden)
	noor.Get(contoso + "properties").Is(http.StatusForbidden)
}
