package securityinfo

import (
	"strconv"

	"sojourn/accounts"
	"sojourn/ui"
)

// rowName tells the rows of a list apart for who hears them: by the name that the
// person gave, else by number.
func rowName(s *ui.Shell, m accounts.Method, n int) string {
	if m.Name != "" {
		return s.T(titleKey(m)) + ", " + m.Name
	}
	return s.T(titleKey(m)) + " " + strconv.Itoa(n)
}

// renameKey is the title of the page that gives an app or a token another name.
func renameKey(m accounts.Method) string { return "securityinfo.rename." + string(m.Type) }

func renameHint(m accounts.Method) string {
	if m.Type == accounts.HardwareToken {
		return "securityinfo.token.name.hint"
	}
	return "securityinfo.authenticator.name.hint"
}

func makeWords(s *ui.Shell, codes accounts.Method) string {
	if codes.ID == "" {
		return s.T("securityinfo.codes.make")
	}
	return s.T("securityinfo.codes.makeNew")
}

// nextLook: one thing of a page is the main one.
func nextLook(somethingElse bool) ui.Look {
	if somethingElse {
		return ui.Plain
	}
	return ui.Primary
}

// choiceWords say what one is asked for: a telephone by how the code comes.
func choiceWords(s *ui.Shell, x accounts.Factor) string {
	if x.Sent() {
		return s.T(methodKey(x.Type)) + " – " + s.T("securityinfo.way."+string(x.Way))
	}
	return s.T(titleKey(accounts.Method{Type: x.Type, Portable: x.Portable}))
}

// single is what somebody without a second step signs in with, in words.
type single struct{ Title, Text string }

// alone says it. A pass stands in for a password, and goes; who had one for a single
// sign-in has nothing left for the next.
func (i Info) alone() single {
	switch {
	case i.HasPassword:
		return single{"securityinfo.type.password", "securityinfo.methods.alone"}
	case i.Pass().ID != "":
		return single{"securityinfo.type.pass", "securityinfo.methods.passOnly"}
	}
	return single{"securityinfo.methods.nothing", "securityinfo.methods.nothing.text"}
}

func (i Info) method(x accounts.Factor) accounts.Method {
	for _, m := range i.Methods {
		if m.ID == x.MethodID() {
			return m
		}
	}
	return accounts.Method{}
}

// phoneButton is Add, or Change where there is one.
func phoneButton(s *ui.Shell, m accounts.Method) string {
	if m.ID == "" {
		return s.T("securityinfo.add.button")
	}
	return s.T("securityinfo.method.change")
}

// registers says whether the session has to set something up before anything else: it
// has nowhere to navigate to.
func registers(s *ui.Shell) bool { return s.Person != nil && len(s.Entries) == 0 }
