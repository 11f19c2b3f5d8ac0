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

var digits = regexp.MustCompile(`\b\d{6}\b`)

func TestPhones_addAndDelete(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		b := p.SignIn(noor)
		b.Get("/security-info/add").Has("Phone", "Alternate phone", "Office phone").Follow("Add Phone").Has("Netherlands (+31)", "Nobody else is shown this number")
		page := b.Get("/security-info/phones/phone").Submit("Next", url.Values{"phone": {"+33 612345678 9"}}).Is(http.StatusUnprocessableEntity).Has("There is a problem")
		page = page.Submit("Next", url.Values{"phone": {"06 12345678"}, "country": {"NL"}, "way": {"text"}}).At("/security-info/phones/phone/code").Has("+31 6 12345678")
		told := p.Told("+31612345678")
		page.Submit("Confirm", url.Values{"code": {digits.FindString(told[len(told)-1].Text)}}).At("/security-info/changed").Has("It is now your default sign-in method")
		page = b.Get("/security-info").Has("Phone – text message", "+31 6 ••• ••• 78")
		if strings.Contains(page.HTML, "12345678") {
			t.Error("the number stands in full")
		}
		letters := p.Mails(noor)
		if last := letters[len(letters)-1]; !strings.Contains(last.Text, "+31 6 ••• ••• 78") || strings.Contains(last.Text, "12345678") {
			t.Error(last.Text)
		}
		b.Get("/security-info/phones/phone").Has("Change your phone", "+31 6 12345678")
		b.Get("/security-info/phones/phone/delete").Has("It is your only second step").Submit("Delete", nil).At("/security-info/changed").Has("has been deleted")
		for _, path := range []string{"/security-info/phones/phone/delete", "/security-info/phones/fax", "/security-info/phones/authenticator"} {
			b.Get(path).Is(http.StatusNotFound)
		}
		p.App.DB.SetShift(6 * time.Minute)
		b.Get("/security-info/phones/phone").At("/prove")
		b.Get("/security-info/phones/phone/code").At("/prove")
	})
}
