package organizations

import (
	"time"

	"sojourn/directory"
	"sojourn/ui"
)

// Previews are the room's page states with made-up data.
func Previews(s *ui.Shell) []ui.Preview {
	day := func(n int) time.Time { return time.Date(2026, 5, 12, 9, 41, 0, 0, time.UTC).AddDate(0, 0, -n) }
	shell := *s
	shell.Now = day(0)
	alone := shell
	alone.Person = &ui.Person{Name: "Mirjam de Vries", Address: "mirjam@postbus.example", Kind: "ui.kind.personal"}

	long := "Tailspin Toys International Holding Gesellschaft mit beschränkter Haftung"
	home := Membership{TenantID: "c", Name: "Contoso Ltd", Domain: "contoso.example", State: directory.TenantActive, Type: directory.Member, Since: day(1700), Enabled: true, LeaveAllowed: true, Home: true, Contact: "privacy@contoso.example"}
	others := []*Membership{
		{TenantID: "f", Name: "Fabrikam, Inc.", Domain: "fabrikam.example", State: directory.TenantActive, Type: directory.Guest, Since: day(790), InvitedByID: "x", InvitedBy: "Ann Lee", LastUsed: day(2), Enabled: true, LeaveAllowed: true},
		{TenantID: "n", Name: "Northwind Traders & Søn", Domain: "northwind.example", State: directory.TenantActive, Type: directory.Guest, Since: day(490), InvitedByID: "x", InvitedBy: "Jürgen Weiß", LastUsed: day(1), Enabled: true},
		{TenantID: "w", Name: "Woodgrove Bank", Domain: "woodgrove.example", State: directory.TenantActive, Type: directory.Guest, Since: day(1050), InvitedByID: "x", InvitedBy: "R. Achterberg", LastUsed: day(300), EnabledAt: day(38), LeaveAllowed: true},
		{TenantID: "p", Name: "Proseware", Domain: "proseware.example", State: directory.TenantClosed, Type: directory.Guest, Since: day(1370), InvitedByID: "x", LastUsed: day(98), Enabled: true, LeaveAllowed: true},
		{TenantID: "t", Name: long, Domain: "tailspin-toys-international-holding.example", State: directory.TenantActive, Type: directory.Guest, Since: day(660), InvitedByID: "x", InvitedBy: "Maximiliane Freifrau von Hohenstein-Wittelsbach", Enabled: true, LeaveAllowed: true},
		{TenantID: "a", Name: "مؤسسة النور", Domain: "alnoor.example", State: directory.TenantActive, Type: directory.Member, Since: day(60), LastUsed: day(0), Enabled: true, LeaveAllowed: true},
	}
	invitation := Invitation{UserID: "i", TenantID: "r", Name: "Relecloud", Domain: "relecloud.example", InvitedBy: "Chidi Okonkwo", At: day(4), Statement: "https://relecloud.example/privacy"}
	had := directory.Had{Groups: []directory.Named{{Name: "Design review"}, {Name: "Harbour project"}, {Name: "All guests"}}, Roles: []directory.Role{directory.GuestInviter}}
	farewell := Farewell{
		Tenant: directory.Tenant{ID: "f", Name: "Fabrikam, Inc.", PrivacyContact: "privacy@fabrikam.example", PrivacyStatement: "https://fabrikam.example/privacy"},
		Had:    had, PurgeAt: day(-30), Administrators: []directory.Named{{Name: "Ann Lee"}}, InvitedBy: "Ann Lee",
	}
	bare := farewell
	bare.Tenant, bare.Had, bare.Administrators = directory.Tenant{ID: "t", Name: long}, directory.Had{}, nil
	refused := func(code string) refusedState {
		w := farewell
		w.Refused, w.SetAt = code, day(200)
		return refusedState{code, w}
	}
	receipt := Receipt{ID: "r", Number: "SJ-7F3KQ-20M9X", Organization: "Fabrikam, Inc.", PrincipalName: "noor.haddad_contoso.example#EXT#@fabrikam.example", InvitedBy: "Ann Lee", Since: day(790), Had: had, Contact: "privacy@fabrikam.example", LeftAt: day(3), PurgeAt: day(-27), State: Left, StateAt: day(3)}
	restored, erased, granted := receipt, receipt, receipt
	granted.Granted = true
	restored.State, restored.StateAt, erased.State, erased.PurgeAt = Restored, day(1), Erased, day(0)

	pages := []ui.Preview{
		{Name: "list, full", Page: listPage(&shell, List{Home: &home, Others: others, Count: len(others), Invitations: []Invitation{invitation}, First: true}, "f")},
		{Name: "list, no home", Page: listPage(&alone, List{Others: others[:3], Count: 3, First: true}, "")},
		{Name: "list, empty", Page: listPage(&shell, List{Home: &home, First: true}, "")},
		{Name: "list, many, second page", Page: listPage(&shell, List{Others: others, Count: 312, Next: directory.Cursor{Key: []byte("x"), ID: "x"}}, "")},
		{Name: "list, nothing found", Page: listPage(&shell, List{Home: &home, Query: "<zebra>", First: true}, "")},
		{Name: "leave", Page: leavePage(&shell, farewell)},
		{Name: "leave, nothing to lose, long name", Page: leavePage(&shell, bare)},
		{Name: "receipt", Page: receiptPage(&shell, receipt, wayBack{Until: day(-11)})},
		{Name: "receipt, restored", Page: receiptPage(&shell, restored, wayBack{})},
		{Name: "receipt, erased", Page: receiptPage(&shell, erased, wayBack{})},
		{Name: "receipts", Page: receiptsPage(&shell, ReceiptList{Receipts: []Receipt{receipt, restored, erased}})},
		{Name: "receipts, none", Page: receiptsPage(&shell, ReceiptList{})},
	}
	alone2 := farewell
	alone2.Refused, alone2.Sole = lastAdmin, true
	held := alone2
	held.Held = 3
	bare.UndoUntil, farewell.UndoUntil = day(-14), day(-14)
	person := func(id, name, address string) directory.User {
		return directory.User{ID: id, DisplayName: name, Mail: address}
	}
	succession := Succession{Farewell: farewell, Candidates: []directory.User{
		person("1", "Ann Lee", "ann.lee@fabrikam.example"), person("2", "Maximiliane Freifrau von Hohenstein-Wittelsbach", "m@fabrikam.example"),
	}, Next: "x.y"}
	stranger := Stranger{Farewell: farewell, InvitedAt: day(790)}
	pages = append(pages,
		ui.Preview{Name: "receipt, no undo, held", Page: receiptPage(&shell, receipt, wayBack{Refused: undoNotAllowed, Held: true})},
		ui.Preview{Name: "receipt, removed as asked", Page: receiptPage(&shell, granted, wayBack{Refused: undoNotOwn})},
		ui.Preview{Name: "receipt, nobody there", Page: receiptPage(&shell, receipt, wayBack{Until: day(-11), Nobody: true})},
		ui.Preview{Name: "receipt, undo over", Page: receiptPage(&shell, receipt, wayBack{Refused: undoOver, Until: day(1)})},
		ui.Preview{Name: "receipt, in too many for undo", Page: receiptPage(&shell, receipt, wayBack{Refused: undoMost, Until: day(-11)})},
		ui.Preview{Name: "undo", Page: undoPage(&shell, receipt)},
		ui.Preview{Name: "several", Page: severalPage(&shell, Several{Leaving: []Farewell{farewell, bare}, Refused: []Farewell{refused(leaveNotAllowed).farewell}})},
		ui.Preview{Name: "several, none can", Page: severalPage(&shell, Several{Refused: []Farewell{refused(accountDisabled).farewell}})},
		ui.Preview{Name: "left", Page: leftPage(&shell, []Outcome{{Organization: "Fabrikam, Inc.", Receipt: receipt}, {Organization: long, Refused: leaveNotAllowed}})},
		ui.Preview{Name: "successor", Page: successorPage(&shell, succession, "", nil)},
		ui.Preview{Name: "successor, nobody", Page: successorPage(&shell, Succession{Farewell: farewell}, "", nil)},
		ui.Preview{Name: "close", Page: closePage(&shell, alone2, day(-30), "Fabrik", []ui.FieldError{{Field: "name", Text: shell.T("directory.closing.name.differs")}})},
		ui.Preview{Name: "close, held", Page: closePage(&shell, held, day(-30), "", nil)},
		ui.Preview{Name: "unrecognized", Page: unrecognizedPage(&shell, stranger)},
		ui.Preview{Name: "unrecognized, invitation", Page: unrecognizedPage(&shell, Stranger{Farewell: Farewell{Tenant: directory.Tenant{ID: "r", Name: "Relecloud"}}, Invitation: invitation, InvitedAt: day(4), Blocked: true})},
		ui.Preview{Name: "blocked", Page: blockedPage(&shell, []Block{{TenantID: "t", Name: long, At: day(8)}})},
		ui.Preview{Name: "blocked, none", Page: blockedPage(&shell, nil)},
		ui.Preview{Name: "refused, sole", Page: refusedPage(&shell, alone2)},
	)
	for _, r := range []refusedState{refused(homeOrganization), refused(directConnect), refused(leaveNotAllowed), refused(accountDisabled), refused(lastAdmin)} {
		pages = append(pages, ui.Preview{Name: "refused, " + r.code, Page: refusedPage(&shell, r.farewell)})
	}
	return pages
}

type refusedState struct {
	code     string
	farewell Farewell
}
