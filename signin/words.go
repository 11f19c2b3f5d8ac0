package signin

import (
	"net/url"

	"github.com/a-h/templ"

	"sojourn/accounts"
	"sojourn/ui"
)

// methodKey names a second factor: a code that is sent by how it comes.
func methodKey(f accounts.Factor) string {
	if f.Sent() {
		return "signin.second." + string(f.Way)
	}
	return "signin.second." + string(f.Type)
}

// naming is what a factor is shown by.
func naming(s *ui.Shell, f accounts.Factor) templ.Component {
	if f.Sent() {
		return s.Msg(methodKey(f), "number", ui.Number(f.Name))
	}
	return s.Msg(methodKey(f))
}

// rowName is the same for who only hears it.
func rowName(s *ui.Shell, f accounts.Factor) string {
	if f.Sent() {
		return s.T(methodKey(f), "number", f.Name) + ", " + s.T(phoneKey(f))
	}
	return s.T(methodKey(f))
}

// phoneKey says which of the telephones it is, as Security info calls it.
func phoneKey(f accounts.Factor) string { return "securityinfo.type." + string(f.Type) }

// codeField asks for a code of the form's factor.
func codeField(s *ui.Shell, f secondForm) ui.Field {
	key := methodKey(f.Factor)
	label, hint := s.T(key+".label"), s.T(key+".hint")
	if f.Factor.Sent() {
		label, hint = s.T("signin.second."+string(f.Factor.Way)+".label"), s.T("signin.second.code.hint")
	}
	field := ui.Field{
		ID: "code", Name: "code", Label: label, Hint: hint, Autocomplete: "one-time-code", Size: ui.Medium,
		Mono: true, Required: true, Error: f.Problem,
	}
	if f.Factor.Type != accounts.RecoveryCodes {
		field.InputMode = "numeric"
	}
	return field
}

// useKey is what goes on with an account of the browser.
func (a AccountHere) useKey() string {
	if a.SignedIn {
		return "signin.accounts.use"
	}
	return "signin.accounts.in"
}

func stayField(s *ui.Shell, stays bool, days int) ui.Check {
	return ui.Check{
		ID: "stay", Name: "stay", Value: "1", Label: s.Msg("signin.password.stay"), Hint: s.N("signin.password.stay.hint", days), Checked: stays,
	}
}

// lostKey says whom to ask when no method is left.
func lostKey(alone bool) string {
	if alone {
		return "signin.second.lost.personal"
	}
	return "signin.second.lost.text"
}

// nameTokens are what a browser may fill the name in from: where passkeys are asked
// it offers them beside.
func nameTokens(passkeys bool) string {
	if passkeys {
		return "username webauthn"
	}
	return "username"
}

// proveLead says what is asked for a fresh proof.
func proveLead(by provers) string {
	switch {
	case by.Passkey && by.Password:
		return "signin.prove.lead.either"
	case by.Passkey:
		return "signin.prove.lead.passkey"
	case by.Pass && !by.Password:
		return "signin.prove.lead.pass"
	case !by.Password:
		return "signin.prove.lead.none"
	}
	return "signin.prove.lead"
}

func passkeyLook(by provers) ui.Look {
	if by.Password {
		return ui.Plain
	}
	return ui.Primary
}

// field is what the problem of a second step is about.
func (f secondForm) field() string {
	if f.Factor.Type == accounts.Passkey {
		return "passkey"
	}
	return "code"
}

// forgotten is the way back in for who does not know the password; the name stays
// typed.
func forgotten(name string) string { return "/reset?" + url.Values{"name": {name}}.Encode() }
