package securityinfo

import "sojourn/ui"

// Previews are the states of the pages of the room, with made-up data.
func Previews(s *ui.Shell) []ui.Preview {
	const address = "noor.haddad@contoso.example"
	short := problems{{Field: "new", Text: s.T("securityinfo.refused.short", "min", minLength)}}
	both := append(problems{{Field: "current", Text: s.T("securityinfo.verify.wrong")}}, short...)
	first := welcomeForm{Welcome: Welcome{Purpose: PasswordLink, Name: "Noor Haddad", Address: address, Organization: "Contoso Ltd", First: true}, Action: "/"}
	again, personal, refused := first, first, first
	again.First = false
	personal.Organization = ""
	refused.Problems = short
	invited := welcomeForm{Action: "/", Name: "Mia Visser", Welcome: Welcome{
		Purpose: InvitationLink, Name: "Mia Visser", Address: "mia.visser@mail.example", Organization: "Fabrikam, Inc.", First: true,
	}}
	nameless := invited
	nameless.Name, nameless.Problems = "", append(problems{{Field: "name", Text: s.T("accounts.name.missing")}}, short...)
	setup := setupForm{Action: "/", Founding: Founding{Organization: "Contoso Ltd", Domain: "contoso", PersonName: "Noor Haddad", SignInName: "noor"}}
	setup.Problems = append(problems{{Field: "domain", Text: s.T("securityinfo.setup.domain.invalid")}}, short...)
	return append(methodPreviews(s), []ui.Preview{
		{Name: "change", Page: changePage(s, changeForm{Address: address, Min: minLength})},
		{Name: "change refused", Page: changePage(s, changeForm{Address: address, Min: minLength, Problems: both})},
		{Name: "first password", Page: welcomePage(s, first)},
		{Name: "first password refused", Page: welcomePage(s, refused)},
		{Name: "new password", Page: welcomePage(s, again)},
		{Name: "new password of a personal account", Page: welcomePage(s, personal)},
		{Name: "invited", Page: welcomePage(s, invited)},
		{Name: "invited, refused", Page: welcomePage(s, nameless)},
		{Name: "invited, with an account", Page: waitingPage(s, invited.Welcome)},
		{Name: "dead link", Page: gonePage(s, false)},
		{Name: "setup", Page: setupPage(s, setupForm{Action: "/"})},
		{Name: "setup refused", Page: setupPage(s, setup)},
		{Name: "setup over", Page: gonePage(s, true)},
	}...)
}
