package phones

import (
	"slices"

	"github.com/a-h/templ"

	"sojourn/accounts"
	"sojourn/securityinfo"
	"sojourn/ui"
)

func pathOf(kind accounts.MethodType) string { return "/security-info/phones/" + string(kind) }

// numberForm is the page that asks for a number.
type numberForm struct {
	Type      accounts.MethodType
	Reach     securityinfo.Reach
	Now       string // the number there is, in full; "" where one is added
	Fresh     bool   // nothing was typed yet
	Country   string
	Number    string
	Extension string
	Way       accounts.Way
	Problems  []ui.FieldError
}

func (f numberForm) key(what string) string {
	return "securityinfo.phones." + string(f.Type) + "." + what
}

func (f numberForm) title(s *ui.Shell) string {
	if f.Now != "" {
		return s.T(f.key("change"))
	}
	return s.T(f.key("add"))
}

func (f numberForm) countries(s *ui.Shell) []ui.Option {
	return securityinfo.CountryOptions(s, f.Reach.Countries)
}

func (f numberForm) ways(s *ui.Shell) []ui.Option {
	var out []ui.Option
	for _, way := range f.Reach.Ways {
		out = append(out, ui.Option{Value: string(way), Text: s.T("securityinfo.phones.way." + string(way))})
	}
	return out
}

// privateKey says what the number is used for, and what that may cost.
func (f numberForm) privateKey() string {
	if slices.Contains(f.Reach.Ways, accounts.ByText) {
		return "securityinfo.phones.private"
	}
	return "securityinfo.phones.private.call"
}

// submit says what happens next, where there is but one way.
func (f numberForm) submit(s *ui.Shell) string {
	if len(f.Reach.Ways) == 1 {
		return s.T("securityinfo.phones.way." + string(f.Reach.Ways[0]))
	}
	return s.T("securityinfo.phones.next")
}

// codeForm is the page that asks for the code that was sent.
type codeForm struct {
	Type     accounts.MethodType
	Method   string
	Number   string
	Way      accounts.Way
	Problems []ui.FieldError
}

// deletion is what deleting a telephone would do.
type deletion struct {
	Method  accounts.Method
	Last    bool            // no second step is asked for then
	Codes   int             // recovery codes left
	Follows bool            // another becomes the default …
	Next    accounts.Method // … this one
}

// naming is a method by its type and name.
func naming(s *ui.Shell, m accounts.Method) templ.Component {
	switch {
	case m.Type.IsPhone():
		return ui.Join(s.Msg("securityinfo.type."+string(m.Type)), ui.Text(", "), ui.Number(m.Name))
	case m.Name != "":
		return ui.Join(s.Msg("securityinfo.type."+string(m.Type)), ui.Text(", "), ui.Name(m.Name))
	}
	return s.Msg("securityinfo.type." + string(m.Type))
}

// back leads to where methods are added.
func back(s *ui.Shell) templ.Component { return securityinfo.BackLink(s) }
