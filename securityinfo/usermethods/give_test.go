package usermethods_test

import (
	"net/http"
	"net/url"
	"testing"

	"sojourn/accounts"
	"sojourn/sojourntest"
)

// An administrator adds a telephone and an address, says so before one is replaced, and
// the person is told.
func TestGive(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		admin := p.SignIn(sam)
		id := p.User(noor, "contoso.example").ID
		form := admin.Get(at(p, id, "/methods")).Follow("Add email").Has("It never counts as a second step")
		form.Submit("Add email", url.Values{"address": {noor}}).Is(http.StatusUnprocessableEntity)
		form.Submit("Add email", url.Values{"address": {"noor@post.example"}}).Has("The email address is added.", "n•••@post.example")
		stale := form.Submit("Add email", url.Values{"address": {"noor@other.example"}}).Is(http.StatusUnprocessableEntity).Has("What they have is replaced")
		stale.Submit("Replace", url.Values{"address": {"noor@other.example"}}).Has("The email address is added.", "n•••@other.example").HasNot("n•••@post.example")
		for _, to := range []string{"noor@post.example", "noor@other.example"} {
			if letters(p, to, "A sign-in method was added to your account by somebody else") == 0 {
				t.Errorf("%s was not told", to)
			}
		}
		page := admin.Get(at(p, id, "/methods")).Follow("Add phone").Has("Be sure that it is theirs")
		page.Submit("Add phone", url.Values{"type": {"phone"}, "country": {"NL"}, "phone": {"12"}, "way": {"text"}}).Is(http.StatusUnprocessableEntity)
		page.Submit("Add phone", url.Values{"type": {"phone"}, "country": {"NL"}, "phone": {"0612345699"}, "way": {"text"}}).Has("The phone is added.")
		list, err := accounts.MethodsOf(t.Context(), p.App.DB, p.Self(noor).AccountID)
		if err != nil || len(list) != 2 || !accounts.HasSecondStep(list) {
			t.Errorf("%+v, %v", list, err)
		}
		if rows(t, p, "method.add", "administrator", "done", id) != 2 || rows(t, p, "method.change", "administrator", "done", id) != 1 {
			t.Error("not recorded as it was")
		}
		for _, other := range []string{p.User(sam, "contoso.example").ID, p.User(ann, "contoso.example").ID} {
			admin.Post(at(p, other, "/methods/email"), with(admin.Token(), "address", "x@post.example")).Is(http.StatusForbidden)
		}
	})
}
