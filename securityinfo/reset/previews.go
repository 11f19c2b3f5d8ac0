package reset

import (
	"sojourn/securityinfo"
	"sojourn/ui"
)

// Previews are the states of the pages of the room, with made-up data.
func Previews(s *ui.Shell) []ui.Preview {
	const name, mailbox, number = "noor.haddad@contoso.example", "noor@post.example", "+31612345642"
	all := []securityinfo.ResetWay{securityinfo.ByEmail, securityinfo.ByText, securityinfo.ByMobileCall, securityinfo.ByOfficeCall, securityinfo.ByApp, securityinfo.ByAnswers}
	base := stepForm{Reset: securityinfo.Reset{Name: name, Ways: all, Relays: true}}
	some := base
	some.Ways, some.Besides = all[:2], all[2:5]
	two := base
	two.Two = true
	at := func(w securityinfo.ResetWay, place string) stepForm {
		f := base
		f.Method, f.Way, f.Place, f.Sent = w, w, place, place != ""
		return f
	}
	wrongly := func(f stepForm, key string) stepForm {
		f.Sent = true
		f.Problems = f.placed([]ui.FieldError{{Text: s.T(key)}})
		return f
	}
	asked := at(securityinfo.ByAnswers, "")
	asked.Questions = []string{"toy", "street", "job"}
	noPlace := at(securityinfo.ByEmail, "")
	noPlace.Typed, noPlace.Problems = "noor", []ui.FieldError{{Field: "place", Text: s.T("accounts.address.invalid")}}
	missing := nameForm{Problems: []ui.FieldError{{Field: "name", Text: s.T("signin.name.missing")}}}
	short := passwordForm{Address: name, Least: 15, Problems: []ui.FieldError{{Field: "new", Text: s.T("securityinfo.refused.short", "min", 15)}}}
	return []ui.Preview{
		{Name: "name", Page: namePage(s, nameForm{})},
		{Name: "name missing", Page: namePage(s, missing)},
		{Name: "methods", Page: waysPage(s, base)},
		{Name: "methods, two of everybody", Page: waysPage(s, two)},
		{Name: "methods, of administrators too, help desk", Page: waysPage(s, withHelpdesk(some, "it@contoso.example"))},
		{Name: "email", Page: proofPage(s, at(securityinfo.ByEmail, ""))},
		{Name: "email refused", Page: proofPage(s, noPlace)},
		{Name: "email, code", Page: proofPage(s, at(securityinfo.ByEmail, mailbox))},
		{Name: "email, wrong code", Page: proofPage(s, wrongly(at(securityinfo.ByEmail, mailbox), "securityinfo.reset.wrong"))},
		{Name: "text", Page: proofPage(s, at(securityinfo.ByText, ""))},
		{Name: "text, code", Page: proofPage(s, at(securityinfo.ByText, number))},
		{Name: "call, code", Page: proofPage(s, at(securityinfo.ByMobileCall, number))},
		{Name: "office phone", Page: proofPage(s, at(securityinfo.ByOfficeCall, ""))},
		{Name: "authenticator app", Page: proofPage(s, at(securityinfo.ByApp, ""))},
		{Name: "questions", Page: proofPage(s, asked)},
		{Name: "questions, wrong", Page: proofPage(s, wrongly(asked, "securityinfo.reset.wrong"))},
		{Name: "password", Page: passwordPage(s, passwordForm{Address: name, Least: 15})},
		{Name: "password refused", Page: passwordPage(s, short)},
		{Name: "done", Page: donePage(s)},
		{Name: "help", Page: helpPage(s, base)},
		{Name: "help desk", Page: helpPage(s, withHelpdesk(base, "https://help.contoso.example"))},
	}
}

func withHelpdesk(f stepForm, text string) stepForm {
	f.Helpdesk = text
	return f
}
