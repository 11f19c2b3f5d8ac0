package signin

import (
	"sojourn/accounts"
	"sojourn/ui"
)

// methodKey names a second factor.
func methodKey(f accounts.Factor) string { return "signin.second." + string(f.Type) }

func methodIcon(f accounts.Factor) string {
	if f.Type == accounts.RecoveryCodes {
		return "document"
	}
	return "key"
}

// codeField asks for a code of the form's factor.
func codeField(s *ui.Shell, f secondForm) ui.Field {
	key := methodKey(f.Factor)
	field := ui.Field{
		ID: "code", Name: "code", Label: s.T(key + ".label"), Hint: s.T(key + ".hint"), Autocomplete: "one-time-code", Size: ui.Medium,
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

func stayField(s *ui.Shell, stays bool) ui.Check {
	return ui.Check{
		ID: "stay", Name: "stay", Value: "1", Label: s.Msg("signin.password.stay"), Hint: s.T("signin.password.stay.hint"), Checked: stays,
	}
}
