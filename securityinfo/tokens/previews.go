package tokens

import (
	"sojourn/accounts"
	"sojourn/ui"
)

// Previews are the states of the pages of the room, with made-up data.
func Previews(s *ui.Shell) []ui.Preview {
	step := stepForm{Method: "m", Serial: "GALT-10420", Name: "Blue token"}
	wrong, token := step, accounts.Method{ID: "m", Type: accounts.HardwareToken, Name: "Blue token", Serial: "GALT-10420"}
	wrong.Problems = []ui.FieldError{{Field: "code", Text: s.T("securityinfo.token.wrong")}}
	return []ui.Preview{
		{Name: "serial number", Page: serialPage(s, serialForm{})},
		{Name: "serial number, unknown", Page: serialPage(s, serialForm{Serial: "GALT-1", Problems: []ui.FieldError{{Field: "serial", Text: s.T("securityinfo.token.unknown")}}})},
		{Name: "no room", Page: serialPage(s, serialForm{Full: true})},
		{Name: "name", Page: namePage(s, step)},
		{Name: "code", Page: codePage(s, step)},
		{Name: "code, wrong", Page: codePage(s, wrong)},
		{Name: "over", Page: overPage(s)},
		{Name: "delete", Page: deletePage(s, deletion{Method: token})},
		{Name: "delete the last", Page: deletePage(s, deletion{Method: token, Last: true})},
	}
}
