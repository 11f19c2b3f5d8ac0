package usermethods

import (
	"sojourn/accounts"
	"sojourn/directory/desk"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/policies"
	"sojourn/securityinfo"
	"sojourn/ui"
)

// Previews are the states of the pages of the room, with made-up data.
func Previews(s *ui.Shell) []ui.Preview {
	m := desk.MadeUp(s)
	people := m.People()
	olu := look{User: people[4], Home: true, WithinRank: true, HasPassword: true, PasswordChanged: m.Day(-200), MailedTo: people[4].Mail, Asked: policies.Asked{Tenant: "t", Policy: policies.Default()}, Methods: []accounts.Method{
		{ID: "1", Type: accounts.Authenticator, Name: desk.LongName, Default: true, CreatedAt: m.Day(-190), UsedAt: m.Day(-1)},
		{ID: "2", Type: accounts.Authenticator, CreatedAt: m.Day(-2)},
		{ID: "7", Type: accounts.HardwareToken, Serial: "HT-1001", CreatedAt: m.Day(-40), UsedAt: m.Day(-3)},
		{ID: "5", Type: accounts.Email, CreatedAt: m.Day(-190)},
		{ID: "6", Type: accounts.Questions, CreatedAt: m.Day(-190)},
		{ID: "3", Type: accounts.RecoveryCodes, CreatedAt: m.Day(-190), UsedAt: m.Day(-30), Left: 9},
	}, Older: true, History: []moment{
		{At: m.Day(-1), Act: "session.disown", Actor: actor.Person},
		{At: m.Day(-1), Act: "method.remove", Actor: actor.Person, Reason: "reported", Details: audit.Details{"method": "passkey"}},
		{At: m.Day(-2), Act: "method.add", Actor: actor.Person, Details: audit.Details{"method": "authenticator"}},
		{At: m.Day(-3), Act: "pass.use", Actor: actor.Person},
		{At: m.Day(-3), Act: "pass.give", Actor: actor.Administrator, By: desk.LongName, Details: audit.Details{"minutes": "60", "once": "true"}},
		{At: m.Day(-4), Act: "password.help", Actor: actor.System},
		{At: m.Day(-30), Act: "method.remove_all", Actor: actor.Administrator},
		{At: m.Day(-190), Act: "method.add", Actor: actor.Operator, Details: audit.Details{"method": "questions"}},
	}}
	bare := look{User: people[4], Home: true, WithinRank: true, Asked: olu.Asked}
	show := func(name string, l look) ui.Preview {
		return ui.Preview{Name: name, Page: methodsPage(m.Shell, methodsData{Desk: m.All, look: l, CanReadLog: true})}
	}
	bound := look{User: people[2], WithinRank: true, Bound: accounts.Method{ID: "4", Type: accounts.Authenticator, Name: desk.LongName, CreatedAt: m.Day(-30), UsedAt: m.Day(-2)}}
	bound.AccountID = "a"
	revoked := bound
	revoked.Bound.Reported = m.Day(-1)
	full := methodsData{Desk: m.All, look: olu}
	phone := giveData{methodsData: full, Kinds: accounts.PhoneTypes, Reach: securityinfo.Reach{Ways: []accounts.Way{accounts.ByText, accounts.ByCall}, Countries: []string{"NL", "DE"}, Home: "NL"}}
	another := phone
	another.Replaced, another.Problems = accounts.Method{ID: "9", Type: accounts.MobilePhone, Name: "+31 6 ••• ••• 42"}, []ui.FieldError{{Field: "seen", Text: s.T("securityinfo.usermethods.replaces")}}
	return []ui.Preview{
		show("methods of a member", olu),
		show("methods of a new member", bare),
		show("methods of a guest", look{User: people[2], WithinRank: true}),
		show("methods of a guest, one bound to us", bound),
		show("methods of a guest, one bound to us, reported", revoked),
		{Name: "reset a bound method", Page: resetPage(m.Shell, methodsData{Desk: m.All, look: bound})},
		show("methods above my rank", look{User: people[4], Home: true}),
		show("methods of my own", look{User: people[4], Home: true, Self: true, WithinRank: true}),
		{Name: "delete a method", Page: deletePage(m.Shell, deleteData{methodsData: full, Method: olu.Methods[0]})},
		{Name: "delete the last method", Page: deletePage(m.Shell, deleteData{methodsData: full, Method: olu.Methods[1], Alone: true})},
		{Name: "require re-registration", Page: registerPage(m.Shell, full)},
		{Name: "temporary access pass", Page: passPage(m.Shell, passData{methodsData: full, Form: PassForm{Minutes: "60", Length: "8", Once: true}})},
		{Name: "temporary access pass, refused", Page: passPage(m.Shell, passData{methodsData: full, Form: PassForm{Minutes: "9", Length: "x"}, Problems: []ui.FieldError{
			{Field: "minutes", Text: s.T("securityinfo.usermethods.pass.minutes.range", "min", leastMinutes, "max", mostMinutes)}}})},
		{Name: "temporary access pass, made", Page: passMadePage(m.Shell, passData{methodsData: full, Form: PassForm{Minutes: "60", Once: true}, Pass: "7K2M 9QRD"})},
		{Name: "add a phone", Page: givenPhonePage(m.Shell, phone)},
		{Name: "add a phone, replaced", Page: givenPhonePage(m.Shell, another)},
		{Name: "add an email", Page: givenEmailPage(m.Shell, giveData{methodsData: full})},
		{Name: "revoke sessions", Page: signOutPage(m.Shell, full)},
	}
}
