package requests

import (
	"slices"
	"strings"
	"time"

	"sojourn/directory"
	"sojourn/directory/desk"
	"sojourn/internal/actor"
	"sojourn/internal/fault"
	"sojourn/ui"
)

// Previews are the states of the pages of the room, with made-up data.
func Previews(s *ui.Shell) []ui.Preview {
	m := desk.MadeUp(s)
	own := *m.Shell
	own.Admin = nil
	return slices.Concat(minePreviews(&own, m), newPreviews(&own, m), casePreviews(m.Shell, m))
}

// madeUp is a request of one kind in one state.
func madeUp(m desk.Made, k Kind, state State, dueIn int) Request {
	r := Request{
		ID: "r-" + string(k), TenantID: "t", AccountID: "a", UserID: "u", Kind: k, State: state, Organization: "Northwind Traders & Søn",
		OpenedAt: m.Day(dueIn - 30), DueAt: m.Day(dueIn), Name: "Noor Haddad", Address: "noor.haddad@contoso.example",
		now: course{tenant: directory.TenantActive, hasUser: true, connected: true, purgeAt: m.Day(dueIn + 40)},
	}
	if state != Open {
		r.ClosedAt = m.Day(-1)
	}
	return r
}

func steps(m desk.Made, r Request, more ...Event) []Event {
	return append([]Event{{At: r.OpenedAt, What: Opened, Actor: actor.Person}}, more...)
}

func minePreviews(s *ui.Shell, m desk.Made) []ui.Preview {
	long := madeUp(m, Removal, Declined, 3)
	long.Organization = desk.LongName
	open := madeUp(m, Removal, Open, 12)
	open.Text = "I have left the project.\nPlease remove me."
	late := madeUp(m, Restore, Open, -2)
	late.EscalatedAt = m.Day(-2)
	granted := madeUp(m, Removal, Approved, 12)
	granted.ReceiptID = "x"
	declined := madeUp(m, Removal, Declined, 12)
	declined.Answer = "The contract runs until the end of the year.\nWe remove you then."
	extended := madeUp(m, Data, Open, 44)
	by := func(what What, text string) Event {
		return Event{At: m.Day(-1), What: what, Actor: actor.Administrator, ByName: "Jürgen Weiß", Text: text}
	}
	clock := func(what What) Event { return Event{At: m.Day(-2), What: what, Actor: actor.System} }
	return []ui.Preview{
		{Name: "mine none", Page: minePage(s, List{First: true})},
		{Name: "mine", Page: minePage(s, List{First: true, Next: "x.y", Requests: []Request{open, late, madeUp(m, Report, Met, 4), long, madeUp(m, Data, Withdrawn, 20), madeUp(m, Restore, Lapsed, 1), granted}})},
		{Name: "one open", Page: onePage(s, View{Request: open, Events: steps(m, open), Contact: "privacy@northwind.example"})},
		{Name: "one overdue", Page: onePage(s, View{Request: late, Events: steps(m, late, clock(Reminded), clock(Escalated), clock(Told)), Contact: "privacy@northwind.example"})},
		{Name: "one approved", Page: onePage(s, View{Request: granted, Events: steps(m, granted, by(What(Approved), ""))})},
		{Name: "one declined", Page: onePage(s, View{Request: declined, Events: steps(m, declined, by(What(Declined), ""))})},
		{Name: "one extended", Page: onePage(s, View{Request: extended, Events: steps(m, extended, by(Extended, "We have to ask another department."))})},
		{Name: "one met", Page: onePage(s, View{Request: madeUp(m, Removal, Met, 9), Events: steps(m, open)})},
		{Name: "one lapsed", Page: onePage(s, View{Request: madeUp(m, Restore, Lapsed, 9), Events: steps(m, open)})},
	}
}

func newPreviews(s *ui.Shell, m desk.Made) []ui.Preview {
	var out []ui.Preview
	draft := Draft{TenantID: "t", Organization: "Northwind Traders & Søn", Contact: "privacy@northwind.example", Deciders: 2, DueAt: m.Day(30)}
	for _, k := range Kinds {
		draft.Kind = k
		out = append(out, ui.Preview{Name: "new " + string(k), Page: newPage(s, form{Draft: draft})})
	}
	wrong := form{Draft: draft, Text: strings.Repeat("word ", 250), Problems: []ui.FieldError{{Field: "text", Text: s.T("requests.text.long", "max", maxText)}}}
	wrong.Organization, wrong.Deciders = desk.LongName, 0
	out = append(out, ui.Preview{Name: "new refused", Page: newPage(s, wrong)})
	for _, c := range []standing{
		{kind: Removal, state: directory.TenantClosed, live: true}, {kind: Report, state: directory.TenantActive, live: true, home: true},
		{kind: Data, state: directory.TenantActive, erased: true}, {kind: Data, state: directory.TenantActive, live: true},
		{kind: Removal, state: directory.TenantActive, live: true, lastAdmin: true}, {kind: Removal, state: directory.TenantActive, live: true, enabled: true, leaveAllowed: true},
		{kind: Restore, state: directory.TenantActive, live: true}, {kind: Restore, state: directory.TenantActive, erased: true},
		{kind: Removal, state: directory.TenantActive, live: true, declinedAt: m.Day(-3), answered: true}, {kind: Removal, state: directory.TenantActive, live: true},
	} {
		c.organization = draft.Organization
		d := draft
		d.Refused, _ = fault.Of(ask(c, m.Shell.Now))
		d.Rest = restUntil(c.declinedAt)
		out = append(out, ui.Preview{Name: "new refused: " + d.Refused.Code + " for " + string(c.kind), Page: refusedPage(s, d)})
	}
	return out
}

func casePreviews(s *ui.Shell, m desk.Made) []ui.Preview {
	all := m.All
	kinds := Kinds
	var list []Request
	for i, k := range Kinds {
		r := madeUp(m, k, Open, 11*i-5)
		list = append(list, r)
	}
	long, gone := madeUp(m, Removal, Declined, 3), madeUp(m, Removal, Met, 3)
	long.Name, long.Address, gone.Name, gone.Address = desk.LongName, desk.LongAddress, "", ""
	list = append(list, long, gone)
	data := func(k Kind, dueIn int) caseData {
		r := madeUp(m, k, Open, dueIn)
		r.Text = "Please."
		return caseData{Desk: all, Case: Case{
			Request: r, Events: steps(m, r, Event{At: m.Day(-1), What: Noted, Actor: actor.Administrator, ByName: "Sam Rivera", Text: "Asked the project lead."}),
			Groups: []directory.Named{{ID: "1", Name: "Suppliers"}, {ID: "2", Name: desk.LongGroup}}, Roles: []directory.Role{directory.GuestInviter},
		}}
	}
	own, low, conflict, late := data(Removal, 9), data(Removal, 9), data(Restore, 9), data(Report, -3)
	own.Refused = fault.New(fault.Forbidden, "own_request", "requests.refused.own.title")
	low.Refused = fault.New(fault.Forbidden, "rank_too_low", "directory.refused.rank.title")
	conflict.Twin, conflict.Resolves, conflict.Conflict = m.User("Noor Haddad", "noor.haddad@contoso.example", directory.Guest), true, true
	late.NoMore = fault.New(fault.Conflict, "overdue", "requests.extend.overdue")
	unresolved := conflict
	unresolved.Resolves, unresolved.Conflict = false, false
	wrong := data(Removal, 9)
	wrong.Day, wrong.Problems = m.Day(300).Format(time.DateOnly), []ui.FieldError{{Field: "date", Text: s.T("requests.extend.date.late")}, {Field: "answer", Text: s.T("requests.reason.missing")}}
	noted := data(Removal, 9)
	noted.Problems = []ui.FieldError{{Field: "note", Text: s.T("requests.note.missing")}}
	out := []ui.Preview{
		{Name: "queue none", Page: queuePage(s, queueData{Desk: all, Queue: Queue{Kinds: kinds}})},
		{Name: "queue none filtered", Page: queuePage(s, queueData{Desk: all, Queue: Queue{Kinds: kinds}, Narrowing: narrowing{State: overdue}})},
		{Name: "queue", Page: queuePage(s, queueData{Desk: all, Queue: Queue{Kinds: kinds, Requests: list, Late: 1, Next: "x.y"}})},
		{Name: "case own", Page: casePage(s, own)}, {Name: "case of higher rank", Page: casePage(s, low)},
		{Name: "case conflict", Page: casePage(s, conflict)}, {Name: "case conflict, for others to resolve", Page: casePage(s, unresolved)},
		{Name: "case overdue", Page: casePage(s, late)}, {Name: "case note missing", Page: casePage(s, noted)},
		{Name: "decline", Page: declinePage(s, data(Removal, 9))}, {Name: "extend refused", Page: extendPage(s, wrong)},
	}
	for _, k := range Kinds {
		out = append(out, ui.Preview{Name: "case " + string(k), Page: casePage(s, data(k, 9))}, ui.Preview{Name: "approve " + string(k), Page: approvePage(s, data(k, 9))})
	}
	return out
}
