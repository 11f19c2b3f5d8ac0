package activity

import (
	"fmt"
	"time"

	"sojourn/directory"
	"sojourn/directory/desk"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/ui"
)

const (
	firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:150.0) Gecko/20100101 Firefox/150.0"
	safari  = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1"
	chrome  = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/148.0.0.0 Safari/537.36"
)

// Previews are the states of the pages of the room, with made-up data.
func Previews(s *ui.Shell) []ui.Preview {
	m := desk.MadeUp(s)
	shell := *m.Shell
	shell.Admin = nil
	return append(recentPreviews(&shell, m), logPreviews(m)...)
}

func recentPreviews(s *ui.Shell, m desk.Made) []ui.Preview {
	hours := func(n int) time.Time { return m.Shell.Now.Add(-time.Duration(n) * time.Hour) }
	full := recentData{Current: "1", Recent: Recent{
		First: true, Next: "x.y",
		Sessions: []Session{
			{ID: "1", Since: hours(1), SeenAt: m.Shell.Now, Address: "203.0.113.24", Agent: firefox},
			{ID: "2", Since: hours(30), SeenAt: hours(2), Address: "2001:db8:85a3:8d3:1319:8a2e:370:7348", Agent: safari, Stays: true, Until: hours(-690)},
			{ID: "3", Since: hours(31), SeenAt: hours(5)},
		},
		SignIns: []SignIn{
			{ID: "1", At: hours(1), Session: "1", Done: true, Address: "203.0.113.24", Agent: firefox, Method: "password"},
			{ID: "2", At: hours(2), Reason: "wrong_password", Address: "203.0.113.24", Agent: firefox, Method: "password"},
			{ID: "3", At: hours(30), Session: "2", Done: true, Address: "2001:db8:85a3:8d3:1319:8a2e:370:7348", Agent: safari, Method: "password",
				Organization: "Tailspin Toys International Holding Gesellschaft mit beschränkter Haftung"},
			{ID: "4", At: hours(76), Reason: "account_disabled", Address: "198.51.100.77", Agent: chrome, Method: "password", Organization: "مؤسسة النور"},
			{ID: "5", At: hours(77), Reason: "something_else"},
			{ID: "6", Act: "session.password", At: hours(78), Done: true, Address: "203.0.113.24", Agent: firefox},
			{ID: "7", Act: "password.reset", At: hours(79), Done: true, Address: "203.0.113.24", Agent: firefox, Method: "email+authenticator"},
			{ID: "9", At: hours(79), Session: "9", Done: true, Address: "203.0.113.24", Agent: firefox, Method: "pass"},
			{ID: "10", At: hours(80), Reason: "wrong_pass", Address: "203.0.113.24", Agent: firefox, Method: "pass"},
			{ID: "8", Act: "password.reset", At: hours(80), Reason: "wrong_proof", Address: "198.51.100.77", Agent: chrome, Method: "questions"},
		},
	}}
	older := full
	older.Recent = Recent{SignIns: full.SignIns[3:]}
	alone := full
	alone.Recent = Recent{First: true, Sessions: full.Sessions[:1], SignIns: full.SignIns[:1]}
	return []ui.Preview{
		{Name: "recent full", Page: recentPage(s, full)},
		{Name: "recent older", Page: recentPage(s, older)},
		{Name: "recent, one session", Page: recentPage(s, alone)},
		{Name: "recent empty", Page: recentPage(s, recentData{Recent: Recent{First: true}})},
		{Name: "not me", Page: notMePage(s, full.SignIns[2])},
		{Name: "not me, wrong password", Page: notMePage(s, full.SignIns[1])},
		{Name: "not me, disabled", Page: notMePage(s, full.SignIns[3])},
		{Name: "not me, second step asked", Page: notMePage(s, full.SignIns[5])},
		{Name: "not me, reset", Page: notMePage(s, full.SignIns[6])},
		{Name: "not me, pass", Page: notMePage(s, full.SignIns[7])},
		{Name: "not me, wrong pass", Page: notMePage(s, full.SignIns[8])},
		{Name: "not me, reset refused", Page: notMePage(s, full.SignIns[9])},
	}
}

func logPreviews(m desk.Made) []ui.Preview {
	full := logData{Desk: m.All, Log: Log{Lines: madeLines(m), Next: "x", Whole: true}}
	narrow := full
	narrow.Filter = logFilter{User: "1", Act: "user.delete", Result: "done", From: "2026-05-01", To: "2026-05-12"}
	narrow.Subject = &Thing{ID: "1", Name: desk.LongName, Kind: "user"}
	gone := narrow
	gone.Subject, gone.Lines, gone.Next = &Thing{ID: "5b1f6f0e-93a2-4c57-9d7e-0123456789ab"}, nil, ""
	found := logData{Desk: m.All, Filter: logFilter{Query: "a"}, Found: append(m.People(), m.Gone(m.People()[0], directory.Left, 3))}
	return []ui.Preview{
		{Name: "log full", Page: logPage(m.Shell, full)},
		{Name: "log of one person", Page: logPage(m.Shell, narrow)},
		{Name: "log of somebody erased, empty", Page: logPage(m.Shell, gone)},
		{Name: "log, several people found", Page: logPage(m.Shell, found)},
		{Name: "log, nobody found", Page: logPage(m.Shell, logData{Desk: m.All, Filter: logFilter{Query: "Zed"}, Nobody: true})},
	}
}

// madeLines are lines of every kind, and one of every act.
func madeLines(m desk.Made) []Line {
	sam, lena := Thing{ID: "1", Name: "Sam Rivera", Kind: "user"}, Thing{ID: "2", Name: desk.LongName, Kind: "user"}
	group := Thing{ID: "3", Name: desk.LongGroup, Kind: "group"}
	out := []Line{
		{Actor: actor.Administrator, By: sam, Act: "user.restore", On: lena, Address: "203.0.113.24", Agent: firefox},
		{Actor: actor.Administrator, By: sam, Act: "group.add", On: group, With: lena, Address: "203.0.113.24", Agent: firefox},
		{Actor: actor.Administrator, By: Thing{ID: "5b1f6f0e-93a2-4c57-9d7e-0123456789ab"}, Act: "role.grant", On: lena, With: Thing{ID: string(directory.ReportsReader)}},
		{Actor: actor.System, Act: "session.start", On: lena, Result: "refused", Reason: "wrong_password", Address: "2001:db8:85a3:8d3:1319:8a2e:370:7348", Agent: chrome},
		{Actor: actor.Person, By: lena, Act: "organization.leave", On: lena, Result: "refused", Reason: "last_administrator"},
		{Actor: actor.Person, Act: "guest.decline", On: Thing{ID: "5b1f6f0e-93a2-4c57-9d7e-0123456789ac"}},
		{Actor: actor.Operator, Act: "user.create", On: lena, Values: audit.Details{"name": desk.LongName, "principal": desk.LongAddress}},
		{Actor: actor.Person, By: lena, Act: "session.start", On: lena, Address: "203.0.113.24", Agent: firefox, Values: audit.Details{"method": "password+phone", "way": "text"}},
		{Actor: actor.System, Act: "session.password", On: lena, Address: "203.0.113.24", Agent: firefox},
		{Actor: actor.Administrator, By: sam, Act: "pass.give", On: lena, Values: audit.Details{"minutes": "60", "once": "true"}},
		{Actor: actor.Administrator, By: sam, Act: "policy.reset", On: Thing{ID: "t", Name: "Contoso Ltd", Kind: "tenant"}, With: group, groups: map[string]Thing{"3": group}, Values: audit.Details{
			"for": "all → group 3 except 4", "methods": "authenticator phone email questions → authenticator phone", "number": "1 → 2", "administrators": "yes → no", "helpdesk": " → helpdesk@contoso.example"}},
		{Actor: actor.Administrator, By: sam, Act: "setting.undo_days", On: Thing{ID: "t", Name: "Contoso Ltd", Kind: "tenant"}, With: Thing{ID: "7"}},
		{Actor: actor.Administrator, By: sam, Act: "token.assign", On: Thing{ID: "5", Name: "GALT10000007", Kind: "token"}, With: lena},
		{Actor: actor.System, Act: "user.purge", On: Thing{ID: "5b1f6f0e-93a2-4c57-9d7e-0123456789ad"}},
		{Actor: actor.Administrator, By: sam, Act: "something.new", On: Thing{ID: "t", Name: "Contoso Ltd", Kind: "tenant"}},
	}
	for _, name := range acts {
		out = append(out, Line{Actor: actor.Administrator, By: sam, Act: name, On: lena})
	}
	for i := range out {
		out[i].ID, out[i].At = fmt.Sprint(i), m.Shell.Now.Add(-time.Duration(i)*97*time.Minute)
		if out[i].Result == "" {
			out[i].Result = "done"
		}
	}
	return out
}
