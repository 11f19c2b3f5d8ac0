package usermethods_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"sojourn/accounts"
	"sojourn/internal/smtpsink"
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
		stale.Submit("Replace", url.Values{"address": {"noor@other.example"}}).Has("The email address is replaced.", "n•••@other.example")
		if letters(p, "noor@post.example", "A sign-in method was added to your account by somebody else") == 0 {
			t.Error("the first address was not told")
		}
		for _, to := range []string{noor, "noor@post.example", "noor@other.example"} {
			if letters(p, to, "A sign-in method of your account was replaced by somebody else") == 0 {
				t.Errorf("%s was not told", to)
			}
		}
		page := admin.Get(at(p, id, "/methods")).Follow("Add phone").Has("Be sure that it is theirs")
		page.Submit("Add phone", url.Values{"type": {"phone"}, "country": {"NL"}, "phone": {"12"}, "way": {"text"}}).Is(http.StatusUnprocessableEntity)
		page.Submit("Add phone", url.Values{"type": {"phone"}, "country": {"NL"}, "phone": {"0612345699"}, "way": {"text"}}).Has("The phone is added.")
		again := url.Values{"type": {"phone"}, "country": {"NL"}, "phone": {"0612345677"}, "way": {"text"}}
		page.Submit("Add phone", again).Is(http.StatusUnprocessableEntity).Submit("Replace", again).Has("The phone is replaced.")
		told := slices.ContainsFunc(p.Mails(noor), func(m smtpsink.Message) bool {
			return strings.Contains(m.Text, "The old one no longer works") && strings.Contains(m.Text, "••• ••• 77") && strings.Contains(m.Text, "No longer works: Phone · +31 6 ••• ••• 99")
		})
		if !told {
			t.Error("no letter says which phone takes whose place")
		}
		list, err := accounts.MethodsOf(t.Context(), p.App.DB, p.Self(noor).AccountID)
		if err != nil || len(list) != 2 || !accounts.HasSecondStep(list) {
			t.Errorf("%+v, %v", list, err)
		}
		if rows(t, p, "method.add", "administrator", "done", id) != 2 || rows(t, p, "method.change", "administrator", "done", id) != 2 {
			t.Error("not recorded as it was")
		}
		for _, other := range []string{p.User(sam, "contoso.example").ID, p.User(ann, "contoso.example").ID} {
			admin.Post(at(p, other, "/methods/email"), with(admin.Token(), "address", "x@post.example")).Is(http.StatusForbidden)
		}
	})
}

// Whose proof is over when the form is sent finds it filled in after another one.
func TestGive_proof(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		admin := p.SignIn(sam)
		id := p.User(noor, "contoso.example").ID
		phone, email := admin.Get(at(p, id, "/methods/phone")), admin.Get(at(p, id, "/methods/email"))
		proved := url.Values{"password": {sojourntest.Password}}
		p.App.DB.SetShift(6 * time.Minute)
		asks := phone.Submit("Add phone", url.Values{"type": {"phone"}, "country": {"NL"}, "phone": {"0612345699"}, "way": {"text"}}).At("/prove")
		asks.Submit("Continue", proved)
		phone = admin.Get(at(p, id, "/methods/phone")).Has("Be sure that it is theirs")
		if !strings.Contains(phone.HTML, `value="0612345699"`) {
			t.Error("what was typed is lost")
		}
		phone.Submit("Add phone", nil).Has("The phone is added.")
		if again := admin.Get(at(p, id, "/methods/phone")); strings.Contains(again.HTML, "0612345699") {
			t.Error("what was typed is there a second time")
		}
		p.App.DB.SetShift(12 * time.Minute)
		asks = email.Submit("Add email", url.Values{"address": {"noor@post.example"}}).At("/prove")
		asks.Submit("Continue", proved)
		admin.Get(at(p, id, "/methods/email")).Submit("Add email", nil).Has("The email address is added.", "n•••@post.example")
	})
}
