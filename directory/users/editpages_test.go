package users_test

import (
	"net/http"
	"net/url"
	"testing"

	"sojourn/sojourntest"
)

func TestUser_edit(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		b := p.SignIn(sam)
		noor := p.User("noor.haddad@contoso.example", "contoso.example")
		form := b.Get(contoso+"users/"+noor.ID).Follow("Edit").Has("Edit Noor Haddad", "everywhere the person signs in")
		form.Submit("Save", url.Values{"name": {" "}, "mail": {"noor"}}).Is(http.StatusUnprocessableEntity).Has("There are 2 problems", "Enter a name", "Enter an address like")
		form.Submit("Save", url.Values{"name": {"Noor  Haddad-Smit"}, "mail": {"noor@new.example"}}).Is(http.StatusOK).
			Has("Saved.", "Noor Haddad-Smit", "noor@new.example", "Name or mail address changed")
		b.Get(contoso + "users?q=smit").Has("Noor Haddad-Smit")
		b.Get(contoso + "users?q=noor@new.example").Has("Noor Haddad-Smit")
		for _, address := range []string{"noor.haddad@contoso.example", "noor@new.example"} {
			if len(p.Mails(address)) != 1 {
				t.Errorf("%s was not told", address)
			}
		}
		b.Get(contoso+"users/"+noor.ID+"/edit").Submit("Save", url.Values{"mail": {""}}).Is(http.StatusUnprocessableEntity).Has("Enter the address")
		p.SignIn("noor.haddad@contoso.example").Get("/").Has("Noor Haddad-Smit")
	})
}

// A guest is renamed here only; an invitation stays for its address; who is above
// one's rank is left alone.
func TestUser_editGuestsAndRank(t *testing.T) {
	p := sojourntest.Start(t)
	b := p.SignIn(ursula)
	ann := p.User("ann.lee@fabrikam.example", "contoso.example")
	b.Get(contoso+"users/"+ann.ID+"/edit").Has("this guest").Submit("Save", url.Values{"name": {"Ann Lee (Fabrikam)"}}).Has("Saved.", "Ann Lee (Fabrikam)")
	p.SignIn("ann.lee@fabrikam.example").Get("/").HasNot("(Fabrikam)")
	if len(p.Mails("ann.lee@fabrikam.example")) != 0 {
		t.Error("a guest's own account was written to")
	}
	kim := b.Get(contoso + "users?q=kim").Follow("kim.park@post.example")
	kim.Follow("Edit").Has("The invitation is for the address").Submit("Save", url.Values{"name": {"Kim Park"}, "mail": {"other@post.example"}}).
		Is(http.StatusUnprocessableEntity).Submit("Save", url.Values{"mail": {"kim.park@post.example"}}).Has("Kim Park")
	boss := p.User(sam, "contoso.example")
	b.Get(contoso + "users/" + boss.ID).HasNot("Edit")
	b.Get(contoso + "users/" + boss.ID + "/edit").Is(http.StatusForbidden)
	values := b.Token()
	values.Set("name", "Somebody")
	values.Set("mail", "mine@post.example")
	b.Post(contoso+"users/"+boss.ID+"/edit", values).Is(http.StatusForbidden)
}
