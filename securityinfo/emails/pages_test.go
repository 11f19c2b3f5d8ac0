package emails_test

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"sojourn/internal/smtpsink"
	"sojourn/sojourntest"
)

const (
	noor         = "noor.haddad@contoso.example"
	first, other = "noor@post.example", "noor.haddad@elsewhere.example"
)

var digits = regexp.MustCompile(`\b\d{6}\b`)

func code(p *sojourntest.Portal, to string) string {
	list := p.Mails(to)
	return digits.FindString(list[len(list)-1].Text)
}

func told(p *sojourntest.Portal, to, subject string) bool {
	return slices.ContainsFunc(p.Mails(to), func(m smtpsink.Message) bool { return m.Subject == subject })
}

func TestEmails(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		b := p.SignIn(noor)
		page := b.Get("/security-info/add").Has("Email", "It never counts as a second step").Follow("Add Email").Has("Add an email address")
		page = page.Submit("Email me a code", url.Values{"address": {"no address"}}).Is(http.StatusUnprocessableEntity)
		page = page.Submit("Email me a code", url.Values{"address": {"Noor.Haddad@contoso.example"}}).Is(http.StatusUnprocessableEntity).Has("You sign in with this address")
		page = page.Submit("Email me a code", url.Values{"address": {first}}).At("/security-info/email/code").Has(first)
		page = page.Submit("Confirm", url.Values{"code": {"000000"}}).Is(http.StatusUnprocessableEntity).Has("That code is not right")
		old := code(p, first)
		page = page.Submit("Send again", nil).Has("A new code has been asked for")
		if now := code(p, first); now != old {
			page = page.Submit("Confirm", url.Values{"code": {old}}).Is(http.StatusUnprocessableEntity)
		}
		done := page
		page.Submit("Confirm", url.Values{"code": {code(p, first)}}).At("/security-info/changed").Has("The email address has been added")
		done.Submit("Confirm", url.Values{"code": {code(p, first)}}).Is(http.StatusGone)
		page = b.Get("/security-info").Has("n•••@post.example", "Only to get back in", "There is no second step", "not used since").HasNot(first, "last used")
		if !told(p, noor, "A way to get back into your account was added") || told(p, noor, "A sign-in method was added to your account") {
			t.Error("the letter is not that of a way to get back in")
		}
		page = page.Follow("Change Email").Has("Change your email address", first)
		page.Submit("Email me a code", url.Values{"address": {first}}).Is(http.StatusUnprocessableEntity).Has("the address you have already")
		page = page.Submit("Email me a code", url.Values{"address": {other}}).At("/security-info/email/code")
		page.Submit("Confirm", url.Values{"code": {code(p, other)}}).Has("The email address has been changed")
		for _, to := range []string{noor, first, other} {
			if !told(p, to, "An email address of your account was changed") {
				t.Errorf("%s was not told of the change", to)
			}
		}
		for to, said := range map[string]bool{noor: false, first: true, other: false} {
			list := p.Mails(to)
			if strings.Contains(list[len(list)-1].Text, "is out of use") != said {
				t.Errorf("%s is told that it is out of use: %v", to, !said)
			}
		}
		list := p.Mails(other)
		if strings.Contains(list[len(list)-1].Text, "/not-me/") {
			t.Error("the new address can take the change back")
		}
		b.Get("/security-info/email/delete").Has("Delete this email address?", other).Submit("Delete", nil).At("/security-info/changed").Has("has been deleted")
		if !told(p, other, "A way to get back into your account was deleted") || told(p, other, "A sign-in method was deleted from your account") {
			t.Error("the address that is gone was not told, or that one signs in with it")
		}
		b.Get("/security-info/email/delete").Is(http.StatusNotFound)
		p.App.DB.SetShift(6 * time.Minute)
		for _, path := range []string{"/security-info/email", "/security-info/email/code"} {
			b.Get(path).At("/prove")
		}
	})
}

// Mails that somebody else could have sent are capped, and it reads the same.
func TestEmails_capped(t *testing.T) {
	p := sojourntest.Start(t)
	b := p.SignIn(noor)
	page := b.Get("/security-info/email").Submit("Email me a code", url.Values{"address": {first}})
	for range 7 {
		page = page.Submit("Send again", nil).Has("A new code has been asked for")
	}
	if n := len(p.Mails(first)); n != 5 {
		t.Errorf("%d codes were mailed", n)
	}
}
