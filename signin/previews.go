package signin

import (
	"sojourn/accounts"
	"sojourn/ui"
)

const longName = "maximiliane.von-hohenstein-wittelsbach@tailspin-toys-international-holding.example"

// Previews are the states of the pages of the room, with made-up data.
func Previews(s *ui.Shell) []ui.Preview {
	named := passwordForm{Days: 30, Flow: Flow{Name: "noor.haddad@contoso.example", ReturnURL: "/"}}
	wrong, waiting, disabled, long := named, named, named, named
	wrong.Problem = s.T("securityinfo.verify.wrong")
	waiting.Problem = s.T("securityinfo.verify.wait.minutes", "n", 5)
	disabled.Problem = s.T("signin.refused.disabled")
	long.Flow.Name = longName
	proof := proofForm{Name: "Noor Haddad", Address: "noor.haddad@contoso.example", ReturnURL: "/", By: provers{Password: true}}
	refused := proof
	refused.Problem = wrong.Problem
	second := secondForm{Path: secondPath, Name: named.Flow.Name, Address: named.Flow.Name, Change: named.change(), Factor: accounts.Factor{ID: "1", Type: accounts.Authenticator, Name: "Noor’s phone"}, Others: true}
	wrongCode, alone, codes, again := second, second, second, second
	wrongCode.Problem = s.T("securityinfo.second.wrong")
	alone.Others, alone.Factor.Name, alone.Address, alone.Name = false, "", longName, longName
	codes.Factor = accounts.Factor{ID: "2", Type: accounts.RecoveryCodes}
	again.Path, again.Name, again.Change, again.Cancel = proofSecondPath, "Noor Haddad", "", true
	text, call := second, second
	text.Factor = accounts.Factor{ID: "3.text", Type: accounts.MobilePhone, Name: "+31 6 ••• ••• 42", Way: accounts.ByText}
	call.Factor = accounts.Factor{ID: "3.call", Type: accounts.MobilePhone, Name: "+31 6 ••• ••• 42", Way: accounts.ByCall}
	texted, called, wrongSent, tooMany, cannot := text, call, text, text, text
	texted.Sent, called.Sent, wrongSent.Sent = true, true, true
	wrongSent.Problem = s.T("securityinfo.sent.wrong")
	tooMany.Problem, cannot.Problem = s.T("securityinfo.sent.usedUp"), s.T("securityinfo.sent.cannot")
	keys, without, either := named, proof, proof
	keys.Passkeys = true
	without.By, either.By = provers{Passkey: true}, provers{Password: true, Passkey: true}
	keyWrong := either
	keyWrong.Refused = s.T("securityinfo.passkeys.unverified")
	key := second
	key.Factor = accounts.Factor{ID: "4", Type: accounts.Passkey, Name: "Noor’s laptop"}
	keyRefused := key
	keyRefused.Problem = s.T("securityinfo.passkeys.wrong")
	here := []AccountHere{
		{Session: "1", Name: "Noor Haddad", Address: "noor.haddad@contoso.example", SignedIn: true},
		{Session: "2", Name: "Noor", Address: "noor@mailbox.example", SignedIn: true},
		{Session: "3", Name: "Maximiliane von Hohenstein-Wittelsbach", Address: longName},
	}
	told := Notice{At: s.Now, Address: "198.51.100.77", Agent: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/148.0.0.0 Safari/537.36"}
	mailed, work := told, told
	mailed.MailedTo = longName
	work.Organization, work.Contact = "Contoso Ltd", "it@contoso.example"
	app := accounts.Method{ID: "m", Type: accounts.Authenticator, Name: "Pixel"}
	bound := accounts.Method{ID: "b", Type: accounts.Authenticator, Name: longName, Tenant: "t", Organization: "Fabrikam, Inc."}
	added := func(used, provable bool, m accounts.Method, org, contact string) noticeForm {
		n := told
		n.Added, n.Provable, n.Method, n.Organization, n.Contact, n.home = true, provable, m, org, contact, org
		if used {
			n.UsedAt = s.Now
		}
		return noticeForm{Notice: n, Path: "/not-me/x"}
	}
	wrongThen, tooOften := added(true, true, app, "", ""), added(true, true, app, "", "")
	wrongThen.Problem, tooOften.Problem = wrong.Problem, s.T("signin.removal.usedUp")
	done := added(true, false, accounts.Method{}, "", "")
	done.TakenAt = s.Now
	doneSecond, doneWork, doneBound := done, done, added(true, false, bound, "Fabrikam, Inc.", "")
	doneSecond.Second, doneSecond.Two, doneWork.home = true, true, "c"
	changed, doneTwo := added(false, true, accounts.Method{ID: "p", Type: accounts.MobilePhone, Name: "+31 6 ••• ••• 21"}, "", ""), done
	changed.Changed, doneTwo.Changed, doneTwo.Two = true, true, true
	doneBound.TakenAt, doneBound.Method.Reported = s.Now, s.Now
	enter := enterForm{Door: Door{Tenant: "t", Organization: "Fabrikam, Inc."}, Name: "Noor Haddad", Address: "noor.haddad@contoso.example", ReturnURL: "/manage/t"}
	enterBound := enter
	enterBound.Bound = true
	enterRevoked := enter
	enterRevoked.Revoked = true
	enterWrong := enterBound
	enterWrong.Problem = s.T("securityinfo.second.wrong")
	return []ui.Preview{
		{Name: "name", Page: namePage(s, nameForm{})},
		{Name: "name refused", Page: namePage(s, nameForm{Problem: s.T("signin.name.missing")})},
		{Name: "name, passkeys", Page: namePage(s, nameForm{Passkeys: true})},
		{Name: "name, passkey refused", Page: namePage(s, nameForm{Passkeys: true, Refused: s.T("securityinfo.passkeys.wrong")})},
		{Name: "password, passkeys", Page: passwordPage(s, keys)},
		{Name: "proof, password or passkey", Page: proofPage(s, either)},
		{Name: "proof, passkey refused", Page: proofPage(s, keyWrong)},
		{Name: "proof, passkey only", Page: proofPage(s, without)},
		{Name: "second step, passkey", Page: secondPage(s, key)},
		{Name: "second step, passkey refused", Page: secondPage(s, keyRefused)},
		{Name: "second step, methods with a passkey", Page: methodsPage(s, second, []accounts.Factor{key.Factor, second.Factor, codes.Factor})},
		{Name: "password", Page: passwordPage(s, named)},
		{Name: "temporary access pass", Page: passPage(s, passForm{Flow: named.Flow, Name: named.Flow.Name, Address: named.Flow.Name})},
		{Name: "temporary access pass wrong", Page: passPage(s, passForm{Flow: named.Flow, Name: named.Flow.Name, Address: named.Flow.Name, Problem: s.T("securityinfo.pass.wrong")})},
		{Name: "temporary access pass as a proof", Page: passPage(s, passForm{Proof: true, Name: "Noor Haddad", Address: named.Flow.Name, ReturnURL: "/"})},
		{Name: "password wrong", Page: passwordPage(s, wrong)},
		{Name: "password too many tries", Page: passwordPage(s, waiting)},
		{Name: "password of a disabled account", Page: passwordPage(s, disabled)},
		{Name: "password long name", Page: passwordPage(s, long)},
		{Name: "proof", Page: proofPage(s, proof)},
		{Name: "proof, a pass only", Page: proofPage(s, proofForm{Name: proof.Name, Address: proof.Address, ReturnURL: "/", By: provers{Pass: true}})},
		{Name: "proof, nothing to give", Page: proofPage(s, proofForm{Name: proof.Name, Address: proof.Address, ReturnURL: "/"})},
		{Name: "proof refused", Page: proofPage(s, refused)},
		{Name: "second step", Page: secondPage(s, second)},
		{Name: "second step refused", Page: secondPage(s, wrongCode)},
		{Name: "second step, one method, long name", Page: secondPage(s, alone)},
		{Name: "second step, recovery code", Page: secondPage(s, codes)},
		{Name: "second step of a proof", Page: secondPage(s, again)},
		{Name: "second step, other methods", Page: methodsPage(s, second, []accounts.Factor{second.Factor, codes.Factor})},
		{Name: "second step, text", Page: secondPage(s, text)},
		{Name: "second step, text sent", Page: secondPage(s, texted)},
		{Name: "second step, text, wrong code", Page: secondPage(s, wrongSent)},
		{Name: "second step, call", Page: secondPage(s, call)},
		{Name: "second step, called", Page: secondPage(s, called)},
		{Name: "second step, text, too many tries", Page: secondPage(s, tooMany)},
		{Name: "second step, text, cannot be sent", Page: secondPage(s, cannot)},
		{Name: "second step, methods with a telephone", Page: methodsPage(s, second, []accounts.Factor{text.Factor, call.Factor, second.Factor, codes.Factor})},
		{Name: "enter, nothing to show", Page: enterPage(s, enter)},
		{Name: "enter, revoked", Page: enterPage(s, enterRevoked)},
		{Name: "enter", Page: enterPage(s, enterBound)},
		{Name: "enter, code", Page: enterSecondPage(s, enterBound)},
		{Name: "enter, wrong code", Page: enterSecondPage(s, enterWrong)},
		{Name: "accounts of this browser", Page: accountsPage(s, here, "1")},
		{Name: "accounts, nobody signed in", Page: accountsPage(s, here[2:], "")},
		{Name: "not me", Page: noticePage(s, told)},
		{Name: "not me, done, mailed", Page: disownedPage(s, mailed)},
		{Name: "not me, done, work account", Page: disownedPage(s, work)},
		{Name: "not me, a method", Page: addedPage(s, added(false, true, app, "", ""))},
		{Name: "not me, a number", Page: addedPage(s, changed)},
		{Name: "not me, a method, signed out", Page: addedPage(s, added(true, true, app, "Contoso Ltd", "it@contoso.example"))},
		{Name: "not me, a method, wrong password", Page: addedPage(s, wrongThen)},
		{Name: "not me, a method, too many tries", Page: addedPage(s, tooOften)},
		{Name: "not me, a method, no password then", Page: addedPage(s, added(true, false, app, "", ""))},
		{Name: "not me, a method, bound", Page: addedPage(s, added(true, true, bound, "Fabrikam, Inc.", "privacy@fabrikam.example"))},
		{Name: "not me, a method, bound, no password then", Page: addedPage(s, added(true, false, bound, "Fabrikam, Inc.", ""))},
		{Name: "not me, a method, gone", Page: addedPage(s, added(true, true, accounts.Method{}, "", ""))},
		{Name: "not me, a method, deleted", Page: addedPage(s, done)},
		{Name: "not me, a method, deleted, a second step left", Page: addedPage(s, doneSecond)},
		{Name: "not me, a number, deleted, administrator elsewhere", Page: addedPage(s, doneTwo)},
		{Name: "not me, a method, deleted, work account", Page: addedPage(s, doneWork)},
		{Name: "not me, a method, revoked", Page: addedPage(s, doneBound)},
		{Name: "not me, link over", Page: noticeGonePage(s)},
	}
}
