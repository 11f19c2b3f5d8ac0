package app_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"sojourn/sojourntest"
)

// A form drawn for one account does nothing for another, and says so.
func TestForm_ofAnotherAccount(t *testing.T) {
	p := sojourntest.Start(t)
	b := p.SignIn("sam.rivera@contoso.example")
	form := b.Get("/organizations").Follow("Leave organization Fabrikam, Inc.")
	form.Submit("Sign out", nil)
	b.SignIn("mirjam@postbus.example", sojourntest.Password)
	form.Submit("Leave", nil).Is(http.StatusConflict).Has("voor een ander account", "Mirjam de Vries")
	if !p.User("mirjam@postbus.example", "fabrikam.example").Live() || !p.User("sam.rivera@contoso.example", "fabrikam.example").Live() {
		t.Error("somebody left")
	}
}

func TestForm_tooLarge(t *testing.T) {
	p := sojourntest.Start(t)
	b := p.SignIn("sam.rivera@contoso.example")
	values := b.Token()
	values.Set("name", strings.Repeat("a", 2<<20))
	b.Post("/manage/contoso.example/groups/new", values).Is(http.StatusRequestEntityTooLarge)
}

// A form in another encoding carries no token that is read.
func TestForm_otherEncodings(t *testing.T) {
	p := sojourntest.Start(t)
	b := p.SignIn("noor.haddad@contoso.example")
	token := b.Token()
	path := "/organizations/" + p.Tenant("fabrikam.example").ID + "/leave"
	for _, kind := range []string{"text/plain", "application/json", "multipart/form-data; boundary=x", ""} {
		req, err := http.NewRequest(http.MethodPost, p.URL+path, strings.NewReader(token.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		if kind != "" {
			req.Header.Set("Content-Type", kind)
		}
		res, err := b.Client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode < 400 || res.StatusCode >= 500 {
			t.Errorf("%q: %d", kind, res.StatusCode)
		}
	}
	if !p.User("noor.haddad@contoso.example", "fabrikam.example").Live() {
		t.Error("Noor left")
	}
}

// What was typed stays when a form is refused.
func TestForm_keepsWhatWasTyped(t *testing.T) {
	p := sojourntest.Start(t)
	b := p.SignIn("sam.rivera@contoso.example")
	page := b.Get("/manage/contoso.example/users/new").Submit("Create user", url.Values{"name": {"Anna <Berg>"}, "signin": {"not a name"}, "mail": {"nowhere"}})
	page.Is(http.StatusUnprocessableEntity)
	for _, kept := range []string{`value="Anna &lt;Berg&gt;"`, `value="not a name"`, `value="nowhere"`} {
		if !strings.Contains(page.HTML, kept) {
			t.Errorf("%s is gone", kept)
		}
	}
	if !strings.Contains(page.HTML, "<title>Error:") {
		t.Error("the title does not say that something is wrong")
	}
}
