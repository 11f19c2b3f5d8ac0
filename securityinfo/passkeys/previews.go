package passkeys

import (
	"sojourn/accounts"
	"sojourn/ui"
)

// Previews are the states of the pages of the room, with made-up data.
func Previews(s *ui.Shell) []ui.Preview {
	add := addForm{Kind: passkeyKind, Name: s.T("securityinfo.passkeys.name.made", "browser", "Firefox", "system", "Windows")}
	nameless := addForm{Kind: keyKind, Problems: []ui.FieldError{{Field: "name", Text: s.T("securityinfo.passkeys.name.missing")}}}
	wrong := add
	wrong.Problems = []ui.FieldError{{Field: "passkey", Text: s.T("securityinfo.passkeys.add.wrong")}}
	phone := accounts.Method{ID: "m", Type: accounts.Passkey, Name: "Noor’s phone", BackedUp: true, Default: true}
	key := accounts.Method{ID: "n", Type: accounts.Passkey, Name: "The blue key with the very long name that somebody typed", Portable: true}
	return []ui.Preview{
		{Name: "add a passkey", Page: addPage(s, add)},
		{Name: "add a passkey, refused", Page: addPage(s, wrong)},
		{Name: "add a security key", Page: addPage(s, addForm{Kind: keyKind})},
		{Name: "add a security key, no name", Page: addPage(s, nameless)},
		{Name: "no room for another", Page: addPage(s, addForm{Kind: passkeyKind, Full: true})},
		{Name: "another name", Page: namePage(s, nameForm{Method: phone, Name: phone.Name})},
		{Name: "another name, missing", Page: namePage(s, nameForm{Method: key, Problems: nameless.Problems})},
		{Name: "delete a passkey", Page: deletePage(s, deletion{Method: phone})},
		{Name: "delete a security key, the last method", Page: deletePage(s, deletion{Method: key, Last: true, Codes: 7})},
		{Name: "delete the only way in", Page: deletePage(s, deletion{Method: phone, Last: true, Only: true})},
	}
}
