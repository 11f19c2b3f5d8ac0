package phones_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"sojourn/sojourntest"
)

const noor = "noor.haddad@contoso.example"

var (
	digits = regexp.MustCompile(`\b\d{6}\b`)
	digit  = regexp.MustCompile(`\d`) // as a voice reads them
)

func TestPhones_addAndDelete(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		b := p.SignIn(noor)
		b.Get("/security-info/add").Has("Phone", "Alternate phone", "Office phone").Follow("Add Phone").Has("Netherlands (+31)", "Nobody else is shown this number")
		page := b.Get("/security-info/phones/phone").Submit("Next", url.Values{"phone": {"+33 612345678 9"}}).Is(http.StatusUnprocessableEntity).Has("There is a problem")
		page = page.Submit("Next", url.Values{"phone": {"06 12345678"}, "country": {"NL"}, "way": {"text"}}).At("/security-info/phones/phone/code").Has("+31 6 12345678", "Code from the text message", "We can’t see whether it arrives")
		b.Get("/security-info/phones/office").Submit("Call me", url.Values{"phone": {"020 624 1111"}, "country": {"NL"}}).Has("Code from the call").HasNot("text message")
		page = b.Get("/security-info/phones/phone").Submit("Next", url.Values{"phone": {"06 12345678"}, "country": {"NL"}, "way": {"text"}})
		told := p.Told("+31612345678")
		page.Submit("Confirm", url.Values{"code": {digits.FindString(told[len(told)-1].Text)}}).At("/security-info/changed").Has("It is now your default sign-in method")
		page = b.Get("/security-info").Has("Phone – text message", "+31 6 ••• ••• 78", "not used since").HasNot("last used")
		if strings.Contains(page.HTML, "12345678") {
			t.Error("the number stands in full")
		}
		letters := p.Mails(noor)
		if last := letters[len(letters)-1]; !strings.Contains(last.Text, "+31 6 ••• ••• 78") || strings.Contains(last.Text, "12345678") {
			t.Error(last.Text)
		}
		b.Get("/security-info/phones/phone").Has("Change your phone", "+31 6 12345678")
		b.Get("/security-info/phones/phone/delete").Has("It is your only second step").Submit("Delete", nil).At("/security-info/changed").Has("has been deleted", "Your account has no second step").Follow("Add sign-in method").At("/security-info/add")
		for _, path := range []string{"/security-info/phones/phone/delete", "/security-info/phones/fax", "/security-info/phones/authenticator"} {
			b.Get(path).Is(http.StatusNotFound)
		}
		p.App.DB.SetShift(6 * time.Minute)
		b.Get("/security-info/phones/phone").At("/prove")
		b.Get("/security-info/phones/phone/code").At("/prove")
	})
}

// What cannot be taken is told in the words of the country beside it, and an extension
// in words.
func TestPhones_problems(t *testing.T) {
	p := sojourntest.Start(t)
	b := p.SignIn(noor)
	page := b.Get("/security-info/phones/phone").Has("may charge for texts")
	page.Submit("Next", url.Values{"phone": {"  "}, "country": {"NL"}, "way": {"text"}}).Is(http.StatusUnprocessableEntity).Has("Enter your number")
	page.Submit("Next", url.Values{"phone": {"06 123"}, "country": {"NL"}, "way": {"text"}}).Is(http.StatusUnprocessableEntity).Has("such as 06 12345678, or one with +")
	page.Submit("Next", url.Values{"phone": {"07400 1"}, "country": {"GB"}, "way": {"text"}}).Has("such as 07400 123456")

	b.Get("/security-info/phones/alternate").Has("may charge for calls").HasNot("for texts")
	office := b.Get("/security-info/phones/office").Has("may charge for calls").HasNot("for texts")
	typed := func(extension string) url.Values {
		return url.Values{"phone": {"020 624 1111"}, "country": {"NL"}, "extension": {extension}}
	}
	office.Submit("Call me", typed("12a")).Is(http.StatusUnprocessableEntity).Has("An extension has digits only")
	office.Submit("Call me", typed("12345678")).Is(http.StatusUnprocessableEntity).Has("An extension has at most seven digits")
	office.Submit("Call me", typed("1234")).At("/security-info/phones/office/code").Has("+31 20 624 1111, extension 1234").HasNot("x1234")
	b.Get("/security-info/phones/office/code?lng=nl").Has("+31 20 624 1111, toestel 1234")
}

// Where one of several is chosen at sign-in, each is called what Security info calls it.
func TestPhones_named(t *testing.T) {
	p := sojourntest.Start(t)
	b := p.SignIn(noor)
	for kind, number := range map[string]string{"alternate": "+31206241111", "office": "+31206242222"} {
		page := b.Get("/security-info/phones/"+kind).Submit("Call me", url.Values{"phone": {number}, "country": {"NL"}})
		told := p.Told(number)
		page.Submit("Confirm", url.Values{"code": {strings.Join(digit.FindAllString(told[len(told)-1].Text, 6), "")}}).At("/security-info/changed")
	}
	b = p.SignIn(noor)
	b.Get("/sign-in/second/methods").Has("Call +31 2 ••• ••• 11 Alternate phone", "Call +31 2 ••• ••• 22 Office phone")
}
