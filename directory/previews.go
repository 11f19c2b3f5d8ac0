package directory

import (
	"fmt"
	"hash/crc32"
	"strings"
	"time"

	"sojourn/internal/actor"
	"sojourn/ui"
)

// made holds the made-up people and things of the previews.
type made struct {
	s   *ui.Shell
	all desk
}

func (m made) day(days int) time.Time { return m.s.Now.AddDate(0, 0, days) }

func (m made) user(name, address string, kind UserType) User {
	u := User{
		ID: fmt.Sprintf("5b1f6f0e-93a2-4c57-9d7e-%012x", crc32.ChecksumIEEE([]byte(address))), TenantID: "t", AccountID: "a", DisplayName: name, Mail: address, Type: kind,
		PrincipalName: address, Enabled: true, CreatedAt: m.day(-480), LastUsedAt: m.day(-2),
	}
	if kind == Guest {
		u.PrincipalName = guestPrincipal(address, "contoso.example")
		u.CreationType, u.ExternalState, u.ExternalStateAt = "Invitation", Accepted, m.day(-477)
	}
	return u
}

func (m made) gone(u User, kind DeletedKind, daysLeft int) User {
	u.DeletedAt, u.DeletedKind, u.PurgeAt = m.day(daysLeft-30), kind, m.day(daysLeft).Add(-time.Hour)
	return u
}

const (
	longName    = "Maximiliane Freifrau von Hohenstein-Wittelsbach"
	longAddress = "maximiliane.von-hohenstein-wittelsbach@tailspin-toys-international-holding.example"
)

func (m made) people() []User {
	chidi, lena := m.user("Chidi Okonkwo", "chidi@relecloud.example", Guest), m.user("Lena Fischer", "lena.fischer@fabrikam.example", Guest)
	long, sato, olu := m.user(longName, longAddress, Guest), m.user("佐藤 健", "sato@litware.example", Guest), m.user("Olu Adeyemi", "olu@contoso.example", Member)
	sato.ExternalState, sato.LastUsedAt, sato.AccountID = Pending, time.Time{}, ""
	long.Enabled, long.EnabledAt = false, m.day(-5)
	lena.HomeEndedAt = m.day(-9)
	return []User{chidi, lena, long, sato, olu}
}

// Previews are the states of the pages of the room, with made-up data.
func Previews(s *ui.Shell) []ui.Preview {
	shell := *s
	if shell.Now.IsZero() {
		shell.Now = time.Date(2026, 5, 12, 9, 41, 0, 0, time.UTC)
	}
	if shell.Admin == nil {
		shell.Admin = &ui.Admin{Tenant: "t", Name: "Contoso Ltd", Entries: []ui.Entry{
			{Key: "directory.users.title", Href: "/manage/t/users", Icon: "users", Name: "users"},
			{Key: "directory.deleted.title", Href: "/manage/t/deleted-users", Icon: "trash", Name: "deleted"},
			{Key: "directory.groups.title", Href: "/manage/t/groups", Icon: "group", Name: "groups"},
			{Key: "directory.properties.title", Href: "/manage/t/properties", Icon: "settings", Name: "properties"},
		}}
	}
	m := made{s: &shell, all: desk{Base: "/manage/t", Organization: "Contoso Ltd", CanManage: true, CanInvite: true, CanReadDeleted: true, CanSetProperties: true}}
	out := m.users()
	out = append(out, m.profiles()...)
	out = append(out, m.deleted()...)
	out = append(out, m.results()...)
	out = append(out, m.groups()...)
	return append(out, m.properties()...)
}

func (m made) reader() desk { return desk{Base: m.all.Base, Organization: m.all.Organization} }

func (m made) users() []ui.Preview {
	var lines []UserLine
	for i, u := range m.people() {
		line := UserLine{User: u}
		if i == 4 {
			line.Roles = []Role{GlobalAdministrator, PrivacyAdministrator}
		}
		lines = append(lines, line)
	}
	choices := Choices{Tenant: Tenant{Domain: "contoso.example", Language: "en"}, Roles: Roles, MoreGroups: true}
	for _, name := range []string{"Design review", "Harbour project", strings.Repeat("Long name of a group ", 5)} {
		choices.Groups = append(choices.Groups, Group{ID: name, Name: name})
	}
	form := newUserData{desk: m.all, Choices: choices, Languages: []string{"en", "nl"}, Form: newUser{Language: "nl"}}
	refused := form
	refused.Form = newUser{Name: "", SignIn: "olu", Mail: "olu", Language: "en", Groups: []string{"Design review"}, Roles: []string{string(GuestInviter)}}
	refused.Problems = []ui.FieldError{
		{Field: "name", Text: m.s.T("accounts.name.missing")}, {Field: "signin", Text: m.s.T("directory.create.signin.taken", "name", "olu@contoso.example")},
		{Field: "mail", Text: m.s.T("accounts.address.invalid")},
	}
	return []ui.Preview{
		{Name: "users full", Page: usersPage(m.s, usersData{desk: m.all, Lines: lines, Next: "x", Filter: userFilter{After: "y"}})},
		{Name: "users read only", Page: usersPage(m.s, usersData{desk: m.reader(), Lines: lines})},
		{Name: "users none found", Page: usersPage(m.s, usersData{desk: m.all, Filter: userFilter{Query: "zz", Kind: "guest", State: "pending", Role: string(GuestInviter)}})},
		{Name: "user new", Page: newUserPage(m.s, form)},
		{Name: "user new refused", Page: newUserPage(m.s, refused)},
	}
}

func (m made) profiles() []ui.Preview {
	admin := Named{ID: "n", Name: "Noor Haddad"}
	people := m.people()
	lena := Profile{
		User: people[1], Inviter: Named{ID: "s", Name: "Sam Rivera"}, WithinRank: true, Roles: []Role{GuestInviter},
		Groups:    []Named{{ID: "d", Name: "Design review"}, {ID: "h", Name: "Harbour project"}, {ID: "l", Name: strings.Repeat("Long name of a group ", 5)}},
		Joinable:  []Named{{ID: "a", Name: "All guests"}},
		Grantable: []Role{ReportsReader, CloudDeviceAdministrator},
		Life: []Moment{
			{At: m.day(0), Act: "user.restore", Actor: actor.Administrator, By: admin, Departure: "d"},
			{At: m.day(-27), Act: "organization.leave", Actor: actor.Person},
			{At: m.day(-60), Act: "role.grant", Other: string(GuestInviter), Actor: actor.Administrator},
			{At: m.day(-61), Act: "user.hold", Actor: actor.Operator},
			{At: m.day(-477), Act: "guest.accept", Actor: actor.Person},
			{At: m.day(-480), Act: "guest.add", Actor: actor.Administrator, By: Named{ID: "s", Name: "Sam Rivera"}},
		},
	}
	olu := Profile{User: people[4], Home: true, Roles: []Role{GlobalAdministrator}, ManyGroups: true}
	mine := olu
	mine.WithinRank, mine.Roles = true, nil
	long := Profile{User: m.gone(people[2], ByAdministrator, 2), WithinRank: true, Groups: lena.Groups, Departure: Departure{ByName: longName}, Life: lena.Life}
	held := long
	held.HoldAt, held.HoldReason = m.day(-3), "Case 2026/114"
	leaver := Leaver{User: people[1], Groups: lena.Groups, Roles: lena.Roles, PurgeAt: m.day(30)}
	member := Leaver{User: people[4], Home: true, PurgeAt: m.day(30)}
	unknown := m.s.T("directory.user.group.unknown")
	return []ui.Preview{
		{Name: "user guest", Page: userPage(m.s, userData{desk: m.all, Profile: lena})},
		{Name: "user member", Page: userPage(m.s, userData{desk: m.all, Profile: mine})},
		{Name: "user above my rank", Page: userPage(m.s, userData{desk: m.all, Profile: olu})},
		{Name: "user pending", Page: userPage(m.s, userData{desk: m.all, Profile: Profile{User: people[3], WithinRank: true}})},
		{Name: "user read only", Page: userPage(m.s, userData{desk: m.reader(), Profile: lena})},
		{Name: "user deleted", Page: userPage(m.s, userData{desk: m.all, Profile: long})},
		{Name: "user deleted held", Page: userPage(m.s, userData{desk: m.all, Profile: held})},
		{Name: "user group refused", Page: userPage(m.s, userData{desk: m.all, Profile: mine, Group: "Desing", Problems: []ui.FieldError{{Field: "group", Text: unknown}}})},
		{Name: "user delete guest", Page: deletePage(m.s, deleteData{desk: m.all, Leaver: leaver})},
		{Name: "user delete member", Page: deletePage(m.s, deleteData{desk: m.all, Leaver: member})},
	}
}

func (m made) lines() []DeletedUser {
	p := m.people()
	held := m.user("Aiko Tanaka", "aiko@proseware.example", Guest)
	held.HoldAt = m.day(-1)
	return []DeletedUser{
		{User: m.gone(p[0], Left, 1)}, {User: m.gone(p[1], Left, 3)}, {User: m.gone(p[2], ByAdministrator, 9), ByName: longName},
		{User: m.gone(held, ByAdministrator, 20)}, {User: m.gone(p[3], ByOperator, 24)}, {User: m.gone(p[4], ByAdministrator, 29), ByName: "Noor Haddad"},
	}
}

func (m made) deleted() []ui.Preview {
	view := DeletedView{Lines: m.lines(), Next: "x", All: 148, Soon: 9, Held: 1}
	doomed := func(lines ...DeletedUser) []Doomed {
		var out []Doomed
		for i, u := range lines {
			out = append(out, Doomed{User: u.User, ByName: u.ByName, Groups: 4, Roles: 1, Home: u.Type == Member})
			if !u.HoldAt.IsZero() {
				out[i].Why = "legal_hold"
			}
		}
		return out
	}
	all := doomed(view.Lines...)
	refused := []Refusal{
		{UserID: "1", Code: "legal_hold", Name: "Aiko Tanaka", Address: "aiko@proseware.example"},
		{UserID: "2", Code: "rank_too_low", Name: longName, Address: longAddress}, {UserID: "3", Code: "not_found"},
	}
	return []ui.Preview{
		{Name: "deleted full", Page: deletedPage(m.s, deletedData{desk: m.all, DeletedView: view})},
		{Name: "deleted read only", Page: deletedPage(m.s, deletedData{desk: m.reader(), DeletedView: view})},
		{Name: "deleted empty", Page: deletedPage(m.s, deletedData{desk: m.all})},
		{Name: "deleted none found", Page: deletedPage(m.s, deletedData{desk: m.all, Filter: deletedFilter{View: "held", Kind: "guest"}})},
		{Name: "erase one guest", Page: erasePage(m.s, eraseData{desk: m.all, Doomed: all[1:2]})},
		{Name: "erase one member", Page: erasePage(m.s, eraseData{desk: m.all, Doomed: all[5:6]})},
		{Name: "erase several", Page: erasePage(m.s, eraseData{desk: m.all, Doomed: append(all[:3:3], all[5]), Refused: all[3:4]})},
		{Name: "erase only held", Page: erasePage(m.s, eraseData{desk: m.all, Refused: all[3:4]})},
		{Name: "erase refused", Page: notErasedPage(m.s, refusedData{desk: m.all, Refused: refused})},
	}
}

func (m made) results() []ui.Preview {
	p := m.people()
	whole := Outcome{Old: p[1], Now: p[1], When: m.day(0), By: "Noor Haddad", Restored: Restored{
		Groups: []Named{{Name: "Harbour project"}, {Name: "Design review"}, {Name: "All guests"}}, Roles: []Role{GuestInviter},
	}}
	part := whole
	part.GoneGroups, part.RemovedGroups = []Named{{Name: "Winter campaign"}}, []Named{{Name: strings.Repeat("Long name of a group ", 5)}}
	part.RemovedRoles, part.NewPrincipal = []Role{ReportsReader}, guestPrincipal(longAddress, "contoso.example")
	merged := part
	merged.Way, merged.NewPrincipal, merged.Old, merged.By = Merge, "", m.gone(p[1], Left, 12), ""
	bare := Outcome{Old: p[2], Now: p[2], When: m.day(0)}
	live := m.user(p[1].DisplayName, p[1].Mail, Guest)
	refused := []Refusal{{UserID: "1", Code: "restore_conflict", Name: "Lena Fischer", Address: "lena.fischer@fabrikam.example"}, {UserID: "2", Code: "busy", Name: longName, Address: longAddress}}
	return []ui.Preview{
		{Name: "restored whole", Page: outcomePage(m.s, outcomeData{desk: m.all, Outcome: whole})},
		{Name: "restored part", Page: outcomePage(m.s, outcomeData{desk: m.all, Outcome: part})},
		{Name: "restored merged", Page: outcomePage(m.s, outcomeData{desk: m.all, Outcome: merged})},
		{Name: "restored bare", Page: outcomePage(m.s, outcomeData{desk: m.all, Outcome: bare})},
		{Name: "restored several", Page: outcomesPage(m.s, outcomesData{desk: m.all, Done: []Outcome{whole, part, bare}, Refused: refused})},
		{Name: "restore conflict", Page: conflictPage(m.s, conflictData{desk: m.all, Clash: Clash{Old: m.gone(p[1], Left, 12), Live: live, Groups: []Named{{}, {}}}})},
	}
}

func (m made) groups() []ui.Preview {
	long := Group{ID: "l", Name: strings.TrimSpace(strings.Repeat("Long name of a group ", 5)), Description: strings.Repeat("What it is for. ", 12), CreatedAt: m.day(-100), Members: 1234}
	list := []Group{{ID: "d", Name: "Design review", CreatedAt: m.day(-10), Members: 1}, long}
	view := GroupView{Group: long, People: m.people(), Next: "x", Hidden: 3}
	wrong := []ui.FieldError{{Field: "member", Text: m.s.T("directory.group.member.several")}}
	return []ui.Preview{
		{Name: "groups full", Page: groupsPage(m.s, groupsData{desk: m.all, Groups: list, Next: "x"})},
		{Name: "groups empty", Page: groupsPage(m.s, groupsData{desk: m.all})},
		{Name: "groups none found", Page: groupsPage(m.s, groupsData{desk: m.reader(), Query: "zz"})},
		{Name: "group", Page: groupPage(m.s, groupData{desk: m.all, GroupView: view, After: "y"})},
		{Name: "group refused", Page: groupPage(m.s, groupData{desk: m.all, GroupView: GroupView{Group: list[0]}, Member: "info@contoso.example", Problems: wrong})},
		{Name: "group read only", Page: groupPage(m.s, groupData{desk: m.reader(), GroupView: view})},
		{Name: "group new", Page: newGroupPage(m.s, newGroupData{desk: m.all})},
		{Name: "group new refused", Page: newGroupPage(m.s, newGroupData{desk: m.all, Name: "Design review", Problems: []ui.FieldError{{Field: "name", Text: m.s.T("directory.group.name.taken")}}})},
		{Name: "group delete", Page: deleteGroupPage(m.s, groupData{desk: m.all, GroupView: view})},
	}
}

func (m made) properties() []ui.Preview {
	t := Tenant{ID: "8c0d0e53-1a2b-4a56-8f4e-1f2d3c4b5a69", Name: "Contoso Ltd", Domain: "contoso.example", PrivacyStatement: "https://contoso.example/privacy", PrivacyContact: "privacy@contoso.example", CreatedAt: m.day(-900)}
	view := TenantView{Tenant: t, Domains: []string{"contoso.example", "contoso.test"}}
	wrong := Properties{Name: "", PrivacyStatement: "contoso.example/privacy", PrivacyContact: "privacy", TechnicalContact: "x"}
	return []ui.Preview{
		{Name: "properties", Page: propertiesPage(m.s, propertiesData{desk: m.all, TenantView: view, Form: view.Properties()})},
		{Name: "properties refused", Page: propertiesPage(m.s, propertiesData{desk: m.all, TenantView: view, Form: wrong, Problems: []ui.FieldError{
			{Field: "name", Text: m.s.T("directory.tenant.name.missing")}, {Field: "statement", Text: m.s.T("directory.properties.statement.invalid")},
			{Field: "privacy", Text: m.s.T("accounts.address.invalid")}, {Field: "technical", Text: m.s.T("accounts.address.invalid")},
		}})},
	}
}
