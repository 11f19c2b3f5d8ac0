package inventory

import (
	"sojourn/accounts"
	"sojourn/directory/desk"
	"sojourn/ui"
)

// Previews are the states of the pages of the room, with made-up data.
func Previews(s *ui.Shell) []ui.Preview {
	m := desk.MadeUp(s)
	full := listData{Desk: m.All, After: "x", Next: "y", Lines: []Line{
		{Token: accounts.Token{ID: "1", Serial: "GALT-10420", Period: 30, Manufacturer: "Galt Instruments", Model: "T2"}},
		{Token: accounts.Token{ID: "2", Serial: "GALT-10421", Period: 60, SHA256: true, Manufacturer: "Galt Instruments", Model: "T2", Assigned: "u"}, Person: person{ID: "u", Name: desk.LongName}},
		{Token: accounts.Token{ID: "3", Serial: "GALT-10422", Period: 30, Owner: "a"}, Person: person{ID: "v", Name: "Olu Adeyemi"}},
		{Token: accounts.Token{ID: "4", Serial: "GALT-10423", Period: 30, Owner: "b"}, Person: person{ID: "w", Name: "佐藤 健", Deleted: true}},
	}}
	wrong := uploadData{Desk: m.All, More: 3, Problems: []ui.FieldError{{Field: "file", Text: s.N("securityinfo.inventory.file.lines", 5)}}, Wrong: []Wrong{
		{2, "securityinfo.inventory.line.seed"}, {7, "securityinfo.inventory.line.member"},
	}}
	token := tokenData{Desk: m.All, Line: full.Lines[0]}
	nobody := token
	nobody.Name, nobody.Problems = "nobody", []ui.FieldError{{Field: "name", Text: s.T("securityinfo.inventory.assign.nobody")}}
	return []ui.Preview{
		{Name: "hardware tokens", Page: listPage(m.Shell, full)},
		{Name: "no hardware tokens", Page: listPage(m.Shell, listData{Desk: m.All})},
		{Name: "no hardware tokens of that state", Page: listPage(m.Shell, listData{Desk: m.All, Filter: accounts.TokenFilter{State: accounts.TokenAssigned}})},
		{Name: "upload", Page: uploadPage(m.Shell, uploadData{Desk: m.All})},
		{Name: "upload, wrong lines", Page: uploadPage(m.Shell, wrong)},
		{Name: "assign", Page: assignPage(m.Shell, token)},
		{Name: "assign, nobody", Page: assignPage(m.Shell, nobody)},
		{Name: "delete", Page: deletePage(m.Shell, tokenData{Desk: m.All, Line: full.Lines[1]})},
	}
}
