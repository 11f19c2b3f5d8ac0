package signin

import "sojourn/ui"

const longName = "maximiliane.von-hohenstein-wittelsbach@tailspin-toys-international-holding.example"

// Previews are the states of the pages of the room, with made-up data.
func Previews(s *ui.Shell) []ui.Preview {
	named := passwordForm{Flow: Flow{Name: "noor.haddad@contoso.example", ReturnURL: "/"}}
	wrong, waiting, disabled, long := named, named, named, named
	wrong.Problem = s.T("securityinfo.verify.wrong")
	waiting.Problem = s.T("securityinfo.verify.wait.minutes", "n", 5)
	disabled.Problem = s.T("signin.refused.disabled")
	long.Flow.Name = longName
	proof := proofForm{Name: "Noor Haddad", Address: "noor.haddad@contoso.example", ReturnURL: "/"}
	refused := proof
	refused.Problem = wrong.Problem
	told := Notice{At: s.Now, Address: "198.51.100.77", Agent: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/148.0.0.0 Safari/537.36"}
	mailed, work := told, told
	mailed.MailedTo = longName
	work.Organization, work.Contact = "Contoso Ltd", "it@contoso.example"
	return []ui.Preview{
		{Name: "name", Page: namePage(s, nameForm{})},
		{Name: "name refused", Page: namePage(s, nameForm{Problem: s.T("signin.name.missing")})},
		{Name: "password", Page: passwordPage(s, named)},
		{Name: "password wrong", Page: passwordPage(s, wrong)},
		{Name: "password too many tries", Page: passwordPage(s, waiting)},
		{Name: "password of a disabled account", Page: passwordPage(s, disabled)},
		{Name: "password long name", Page: passwordPage(s, long)},
		{Name: "proof", Page: proofPage(s, proof)},
		{Name: "proof refused", Page: proofPage(s, refused)},
		{Name: "not me", Page: noticePage(s, told)},
		{Name: "not me, done, mailed", Page: disownedPage(s, mailed)},
		{Name: "not me, done, work account", Page: disownedPage(s, work)},
		{Name: "not me, link over", Page: noticeGonePage(s)},
	}
}
