package connections

import (
	"sojourn/directory"
	"sojourn/directory/desk"
	"sojourn/ui"
)

// Previews are the states of the page, with made-up data.
func Previews(s *ui.Shell) []ui.Preview {
	m := desk.MadeUp(s)
	list := []directory.Connection{
		{ID: "1", Host: directory.Named{ID: "h", Name: "Fabrikam, Inc."}, Home: directory.Named{ID: "c", Name: "Contoso Ltd"}, HomeUser: directory.Named{ID: "u", Name: "Noor Haddad"}, Address: "noor.haddad@contoso.example", First: m.Day(-90), Last: m.Day(-21)},
		{ID: "2", Host: directory.Named{ID: "t", Name: "Tailspin Toys International Holding Gesellschaft mit beschränkter Haftung"}, Home: directory.Named{ID: "c", Name: "مؤسسة النور"}, HomeUser: directory.Named{ID: "v", Name: "Maximiliane Freifrau von Hohenstein-Wittelsbach"}, Address: "maximiliane.von.hohenstein-wittelsbach@tailspin-toys-international-holding.example", First: m.Day(-400), Last: m.Day(-1)},
	}
	page := func(s side, list []directory.Connection, next string) connectionsData {
		return connectionsData{Desk: m.All, view: view{Side: s, Connections: list, Next: next}}
	}
	return []ui.Preview{
		{Name: "connections here", Page: connectionsPage(m.Shell, page(in, list, "x.y"))},
		{Name: "connections elsewhere", Page: connectionsPage(m.Shell, page(out, list, ""))},
		{Name: "connections, none", Page: connectionsPage(m.Shell, page(out, nil, ""))},
	}
}
