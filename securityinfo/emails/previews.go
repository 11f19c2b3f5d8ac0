package emails

import (
	"sojourn/accounts"
	"sojourn/ui"
)

// Previews are the states of the pages of the room, with made-up data.
func Previews(s *ui.Shell) []ui.Preview {
	const address = "noor@post.example"
	own := addressForm{Address: "noor.haddad@contoso.example", Problems: []problem{{Field: "address", Text: s.T("securityinfo.email.own")}}}
	code := codeForm{Method: "m", Address: address}
	wrong := code
	wrong.Problems = []problem{{Field: "code", Text: s.T("securityinfo.sent.wrong")}}
	return []ui.Preview{
		{Name: "add an email address", Page: addressPage(s, addressForm{})},
		{Name: "add an email address, refused", Page: addressPage(s, own)},
		{Name: "change the email address", Page: addressPage(s, addressForm{Now: address})},
		{Name: "code by mail", Page: codePage(s, code)},
		{Name: "code by mail, wrong", Page: codePage(s, wrong)},
		{Name: "over", Page: overPage(s)},
		{Name: "delete", Page: deletePage(s, accounts.Method{ID: "m", Type: accounts.Email, Address: address})},
	}
}
