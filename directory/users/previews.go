package users

import (
	"sojourn/directory"
	"sojourn/directory/desk"
	"sojourn/internal/actor"
	"sojourn/ui"
)

// Previews are the states of the pages of the room, with made-up data.
func Previews(s *ui.Shell) []ui.Preview {
	m := desk.MadeUp(s)
	out := append(listPreviews(m), createPreviews(m)...)
	out = append(out, userPreviews(m)...)
	out = append(out, editPreviews(m)...)
	return append(out, deletePreviews(m)...)
}

func listPreviews(m desk.Made) []ui.Preview {
	var lines []line
	for _, u := range m.People() {
		l := line{User: u}
		if u.Type == directory.Member {
			l.Roles = []directory.Role{directory.GlobalAdministrator, directory.PrivacyAdministrator}
		}
		lines = append(lines, l)
	}
	none := userFilter{Query: "zz", Kind: "guest", State: "pending", Role: string(directory.GuestInviter)}
	return []ui.Preview{
		{Name: "users full", Page: usersPage(m.Shell, usersData{Desk: m.All, Lines: lines, Next: "x", Filter: userFilter{After: "y"}})},
		{Name: "users read only", Page: usersPage(m.Shell, usersData{Desk: m.Reader(), Lines: lines})},
		{Name: "users none found", Page: usersPage(m.Shell, usersData{Desk: m.All, Filter: none})},
	}
}

func createPreviews(m desk.Made) []ui.Preview {
	offered := choices{Tenant: directory.Tenant{Domain: "contoso.example", Language: "en"}, Roles: directory.Roles, MoreGroups: true}
	offered.Groups = []directory.Group{{ID: "d", Name: "Design review"}, {ID: "h", Name: "Harbour project"}, {ID: "l", Name: desk.LongGroup}}
	form := newUserData{Desk: m.All, choices: offered, Languages: []string{"en", "nl"}, Form: newUser{Language: "nl"}}
	refused := form
	refused.Form = newUser{Name: "", SignIn: "olu", Mail: "olu", Language: "en", Groups: []string{"d"}, Roles: []string{string(directory.GuestInviter)}}
	refused.Problems = []ui.FieldError{
		{Field: "name", Text: m.Shell.T("accounts.name.missing")}, {Field: "signin", Text: m.Shell.T("directory.create.signin.taken", "name", "olu@contoso.example")},
		{Field: "mail", Text: m.Shell.T("accounts.address.invalid")},
	}
	return []ui.Preview{
		{Name: "user new", Page: newUserPage(m.Shell, form)},
		{Name: "user new refused", Page: newUserPage(m.Shell, refused)},
	}
}

// guest has everything a page of a user can show.
func guest(m desk.Made) profile {
	admin := directory.Named{ID: "n", Name: "Noor Haddad"}
	return profile{
		User: m.People()[1], Inviter: directory.Named{ID: "s", Name: "Sam Rivera"}, WithinRank: true, Roles: []directory.Role{directory.GuestInviter},
		Groups:    []directory.Named{{ID: "d", Name: "Design review"}, {ID: "h", Name: "Harbour project"}, {ID: "l", Name: desk.LongGroup}},
		Joinable:  []directory.Named{{ID: "a", Name: "All guests"}},
		Grantable: []directory.Role{directory.ReportsReader, directory.CloudDeviceAdministrator},
		Life: []moment{
			{At: m.Day(0), Act: "user.restore", Actor: actor.Administrator, By: admin, Departure: "d"},
			{At: m.Day(-27), Act: "organization.leave", Actor: actor.Person},
			{At: m.Day(-60), Act: "role.grant", Other: string(directory.GuestInviter), Actor: actor.Administrator},
			{At: m.Day(-61), Act: "user.hold", Actor: actor.Operator},
			{At: m.Day(-477), Act: "guest.accept", Actor: actor.Person},
			{At: m.Day(-480), Act: "guest.add", Actor: actor.Administrator, By: directory.Named{ID: "s", Name: "Sam Rivera"}},
		},
	}
}

func userPreviews(m desk.Made) []ui.Preview {
	people, lena := m.People(), guest(m)
	above := profile{User: people[4], Home: true, Roles: []directory.Role{directory.GlobalAdministrator}, ManyGroups: true}
	member := above
	member.WithinRank, member.Roles, member.MailedTo = true, nil, people[4].Mail
	unmailed := member
	unmailed.Mail, unmailed.MailedTo = "", ""
	deleted := profile{
		User: m.Gone(people[2], directory.ByAdministrator, 2), WithinRank: true, Groups: lena.Groups, Departure: directory.Departure{ByName: desk.LongName}, Life: lena.Life,
	}
	held := deleted
	held.HoldAt, held.HoldReason = m.Day(-3), "Case 2026/114"
	show := func(name string, p profile) ui.Preview {
		return ui.Preview{Name: name, Page: userPage(m.Shell, userData{Desk: m.All, profile: p})}
	}
	wrong := []ui.FieldError{{Field: "group", Text: m.Shell.T("directory.user.group.unknown")}}
	return []ui.Preview{
		show("user guest", lena),
		show("user member", member),
		show("user member without mail", unmailed),
		show("user above my rank", above),
		show("user pending", profile{User: people[3], WithinRank: true}),
		{Name: "user read only", Page: userPage(m.Shell, userData{Desk: m.Reader(), profile: lena})},
		show("user deleted", deleted),
		show("user deleted held", held),
		{Name: "user group refused", Page: userPage(m.Shell, userData{Desk: m.All, profile: member, Group: "Desing", Problems: wrong})},
	}
}

func editPreviews(m desk.Made) []ui.Preview {
	people := m.People()
	show := func(name string, p profile, form directory.Corrected, wrong ...ui.FieldError) ui.Preview {
		return ui.Preview{Name: name, Page: editPage(m.Shell, editData{Desk: m.All, profile: p, Form: form, Problems: wrong})}
	}
	return []ui.Preview{
		show("user edit member", profile{User: people[4], Home: true}, directory.Corrected{Name: people[4].DisplayName, Mail: people[4].Mail}),
		show("user edit pending", profile{User: people[3]}, directory.Corrected{Name: people[3].DisplayName, Mail: people[3].Mail}),
		show("user edit refused", profile{User: people[2]}, directory.Corrected{Mail: "maximiliane"},
			ui.FieldError{Field: "name", Text: m.Shell.T("accounts.name.missing")}, ui.FieldError{Field: "mail", Text: m.Shell.T("accounts.address.invalid")}),
	}
}

func deletePreviews(m desk.Made) []ui.Preview {
	people, lena := m.People(), guest(m)
	leaving := leaver{User: people[1], Groups: lena.Groups, Roles: lena.Roles, PurgeAt: m.Day(directory.RetentionDays)}
	member := leaver{User: people[4], Home: true, PurgeAt: m.Day(directory.RetentionDays)}
	return []ui.Preview{
		{Name: "user delete guest", Page: deletePage(m.Shell, deleteData{Desk: m.All, leaver: leaving})},
		{Name: "user delete member", Page: deletePage(m.Shell, deleteData{Desk: m.All, leaver: member})},
	}
}
