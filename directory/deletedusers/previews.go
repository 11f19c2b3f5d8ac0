package deletedusers

import (
	"sojourn/directory"
	"sojourn/directory/desk"
	"sojourn/ui"
)

// Previews are the states of the pages of the room, with made-up data.
func Previews(s *ui.Shell) []ui.Preview {
	m := desk.MadeUp(s)
	out := append(listPreviews(m), erasePreviews(m)...)
	return append(out, restorePreviews(m)...)
}

// lines are deleted users in the order of their days left; the fourth is held.
func lines(m desk.Made) []directory.DeletedUser {
	p := m.People()
	held := m.User("Aiko Tanaka", "aiko@proseware.example", directory.Guest)
	held.HoldAt = m.Day(-1)
	return []directory.DeletedUser{
		{User: m.Gone(p[0], directory.Left, 1)}, {User: m.Gone(p[1], directory.Left, 3)},
		{User: m.Gone(p[2], directory.ByAdministrator, 9), ByName: desk.LongName},
		{User: m.Gone(held, directory.ByAdministrator, 20)}, {User: m.Gone(p[3], directory.ByOperator, 24)},
		{User: m.Gone(p[4], directory.ByAdministrator, 29), ByName: "Noor Haddad"},
	}
}

func listPreviews(m desk.Made) []ui.Preview {
	full := view{Lines: lines(m), Next: "x", counts: counts{All: 148, Soon: 9, Held: 1}}
	return []ui.Preview{
		{Name: "deleted full", Page: deletedPage(m.Shell, deletedData{Desk: m.All, view: full})},
		{Name: "deleted read only", Page: deletedPage(m.Shell, deletedData{Desk: m.Reader(), view: full})},
		{Name: "deleted empty", Page: deletedPage(m.Shell, deletedData{Desk: m.All})},
		{Name: "deleted none found", Page: deletedPage(m.Shell, deletedData{Desk: m.All, Filter: deletedFilter{View: "held", Kind: "guest"}})},
	}
}

func refusalOf(u directory.User, code string) refusal {
	return refusal{Refusal: directory.Refusal{UserID: u.ID, Code: code}, Name: u.DisplayName, Address: u.Address()}
}

func erasePreviews(m desk.Made) []ui.Preview {
	var all []doomed
	for _, l := range lines(m) {
		d := doomed{User: l.User, ByName: l.ByName, Groups: 4, Roles: 1, Home: l.Type == directory.Member}
		if !l.HoldAt.IsZero() {
			d.Why = "legal_hold"
		}
		all = append(all, d)
	}
	held := all[3:4]
	refused := []refusal{refusalOf(held[0].User, "legal_hold"), refusalOf(all[2].User, "rank_too_low"), {Refusal: directory.Refusal{Code: "not_found"}}}
	ask := func(name string, who, spared []doomed) ui.Preview {
		return ui.Preview{Name: name, Page: erasePage(m.Shell, eraseData{Desk: m.All, Doomed: who, Refused: spared})}
	}
	return []ui.Preview{
		ask("erase one guest", all[1:2], nil),
		ask("erase one member", all[5:6], nil),
		ask("erase several", append(all[:3:3], all[5]), held),
		ask("erase only held", nil, held),
		{Name: "erase refused", Page: notErasedPage(m.Shell, refusedData{Desk: m.All, Refused: refused})},
	}
}

func restorePreviews(m desk.Made) []ui.Preview {
	p := m.People()
	whole := outcome{Old: p[1], Now: p[1], When: m.Day(0), By: "Noor Haddad", Restored: directory.Restored{
		Groups: []directory.Named{{Name: "Harbour project"}, {Name: "Design review"}, {Name: "All guests"}}, Roles: []directory.Role{directory.GuestInviter},
	}}
	part := whole
	part.GoneGroups, part.RemovedGroups = []directory.Named{{Name: "Winter campaign"}}, []directory.Named{{Name: desk.LongGroup}}
	part.RemovedRoles, part.NewPrincipal = []directory.Role{directory.ReportsReader}, desk.External(desk.LongAddress)
	merged := part
	merged.Way, merged.NewPrincipal, merged.Old, merged.By = directory.Merge, "", m.Gone(p[1], directory.Left, 12), ""
	bare := outcome{Old: p[2], Now: p[2], When: m.Day(0)}
	show := func(name string, o outcome) ui.Preview {
		return ui.Preview{Name: name, Page: outcomePage(m.Shell, outcomeData{Desk: m.All, outcome: o})}
	}
	several := outcomesData{
		Desk: m.All, Done: []outcome{whole, part, bare}, Refused: []refusal{refusalOf(p[1], "restore_conflict"), refusalOf(p[2], "busy")},
	}
	twice := clash{Old: m.Gone(p[1], directory.Left, 12), Live: m.User(p[1].DisplayName, p[1].Mail, directory.Guest), Groups: []directory.Named{{}, {}}}
	return []ui.Preview{
		show("restored whole", whole), show("restored part", part), show("restored merged", merged), show("restored bare", bare),
		{Name: "restored several", Page: outcomesPage(m.Shell, several)},
		{Name: "restore conflict", Page: conflictPage(m.Shell, conflictData{Desk: m.All, clash: twice})},
	}
}
