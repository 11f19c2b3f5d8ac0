package groups

import (
	"strings"

	"sojourn/directory"
	"sojourn/directory/desk"
	"sojourn/ui"
)

// Previews are the states of the pages of the room, with made-up data.
func Previews(s *ui.Shell) []ui.Preview {
	m := desk.MadeUp(s)
	long := directory.Group{ID: "l", Name: desk.LongGroup, Description: strings.Repeat("What it is for. ", 12), CreatedAt: m.Day(-100), Members: 1234}
	small := directory.Group{ID: "d", Name: "Design review", CreatedAt: m.Day(-10), Members: 1}
	var people []person
	for _, u := range m.People() {
		people = append(people, person{u, u.Type == directory.Member})
	}
	full := view{Change: true, Group: long, People: people, Next: "x", Hidden: 3}
	used := view{Group: small, People: people[:1], Change: true, Uses: []use{
		{directory.GroupUse{Key: "policies.part.second", Page: []string{"policies", "second"}}, true},
		{directory.GroupUse{Key: "policies.part.reset", Page: []string{"policies", "reset"}}, true},
		{directory.GroupUse{Key: "directory.experience.title", Page: []string{"experience"}}, true},
	}}
	others := view{Group: long, People: people, Uses: []use{{GroupUse: used.Uses[0].GroupUse}, {GroupUse: used.Uses[2].GroupUse}}}
	several := []ui.FieldError{{Field: "member", Text: m.Shell.T("directory.group.member.several")}}
	taken := []ui.FieldError{{Field: "name", Text: m.Shell.T("directory.group.name.taken")}}
	return []ui.Preview{
		{Name: "groups full", Page: groupsPage(m.Shell, groupsData{Desk: m.All, Groups: []directory.Group{small, long}, Next: "x"})},
		{Name: "groups empty", Page: groupsPage(m.Shell, groupsData{Desk: m.All})},
		{Name: "groups none found", Page: groupsPage(m.Shell, groupsData{Desk: m.Reader(), Query: "zz"})},
		{Name: "group", Page: groupPage(m.Shell, groupData{Desk: m.All, view: full, After: "y"})},
		{Name: "group refused", Page: groupPage(m.Shell, groupData{Desk: m.All, view: view{Group: small, Change: true}, Member: "info@contoso.example", Problems: several})},
		{Name: "group read only", Page: groupPage(m.Shell, groupData{Desk: m.Reader(), view: full})},
		{Name: "group used", Page: groupPage(m.Shell, groupData{Desk: m.All, view: used})},
		{Name: "group used by what others change", Page: groupPage(m.Shell, groupData{Desk: m.All, view: others})},
		{Name: "group new", Page: newGroupPage(m.Shell, newGroupData{Desk: m.All})},
		{Name: "group new refused", Page: newGroupPage(m.Shell, newGroupData{Desk: m.All, Name: small.Name, Problems: taken})},
		{Name: "group edit", Page: editGroupPage(m.Shell, editGroupData{newGroupData: newGroupData{Desk: m.All, Name: long.Name, Description: long.Description}, Was: long})},
		{Name: "group edit refused", Page: editGroupPage(m.Shell, editGroupData{newGroupData: newGroupData{Desk: m.All, Name: small.Name, Problems: taken}, Was: long})},
		{Name: "group delete", Page: deleteGroupPage(m.Shell, groupData{Desk: m.All, view: full})},
		{Name: "group delete refused", Page: usedGroupPage(m.Shell, groupData{Desk: m.All, view: used})},
	}
}
