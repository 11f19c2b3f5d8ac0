package phones

import (
	"sojourn/accounts"
	"sojourn/internal/phone"
	"sojourn/securityinfo"
	"sojourn/ui"
)

// Previews are the states of the pages of the room, with made-up data.
func Previews(s *ui.Shell) []ui.Preview {
	both := []accounts.Way{accounts.ByText, accounts.ByCall}
	countries := phone.Countries{"NL", "BE", "DE", "GB", "US"}
	add := numberForm{Type: accounts.MobilePhone, Reach: securityinfo.Reach{Ways: both, Countries: countries}, Country: "NL", Way: accounts.ByText}
	change, fixed, alternate, office := add, add, add, add
	change.Now = "+31 6 12345642"
	fixed.Number = "020 624 1111"
	fixed.Problems = []ui.FieldError{{Field: "phone", Text: s.T("phone.refused.fixed")}}
	alternate.Type, alternate.Reach.Ways = accounts.AlternatePhone, both[1:]
	desk, _ := phone.Of("+31206241111")
	desk.Extension = "123"
	office.Type, office.Reach.Ways, office.Now = accounts.OfficePhone, both[1:], securityinfo.Dialled(s, desk)
	code := codeForm{Type: accounts.MobilePhone, Method: "m", Number: "+31 6 12345642", Way: accounts.ByText}
	wrong, called := code, code
	wrong.Problems = []ui.FieldError{{Field: "code", Text: s.T("securityinfo.sent.wrong")}}
	called.Type, called.Number, called.Way = accounts.OfficePhone, securityinfo.Dialled(s, desk), accounts.ByCall
	mobile := accounts.Method{ID: "m", Type: accounts.MobilePhone, Name: "+31 6 ••• ••• 42", Default: true}
	app := accounts.Method{ID: "a", Type: accounts.Authenticator, Name: "Noor’s phone"}
	return []ui.Preview{
		{Name: "add a phone", Page: numberPage(s, add)},
		{Name: "change a phone", Page: numberPage(s, change)},
		{Name: "add a phone, refused", Page: numberPage(s, fixed)},
		{Name: "add an alternate phone", Page: numberPage(s, alternate)},
		{Name: "change an office phone", Page: numberPage(s, office)},
		{Name: "code by text", Page: codePage(s, code)},
		{Name: "code by text, wrong", Page: codePage(s, wrong)},
		{Name: "code by call", Page: codePage(s, called)},
		{Name: "over", Page: overPage(s, accounts.MobilePhone)},
		{Name: "delete", Page: deletePage(s, deletion{Method: mobile, Follows: true, Next: app})},
		{Name: "delete the last", Page: deletePage(s, deletion{Method: mobile, Last: true, Codes: 7})},
	}
}
