package reset

import (
	"net/mail"
	"net/url"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"sojourn/internal/phone"
	"sojourn/securityinfo"
	"sojourn/ui"
)

type nameForm struct {
	Name     string
	Problems []ui.FieldError
}

// stepForm is a page of a reset that is under way.
type stepForm struct {
	securityinfo.Reset
	Secret    string // of the reset
	Method    securityinfo.ResetWay
	Sent      bool   // a code was asked for, so it is asked now
	Typed     string // as the place
	Questions []string
	Problems  []ui.FieldError
}

type passwordForm struct {
	Address  string
	Secret   string
	Least    int // characters
	Problems []ui.FieldError
}

func of(problems []ui.FieldError, field string) string {
	for _, e := range problems {
		if e.Field == field {
			return e.Text
		}
	}
	return ""
}

// answersOf are the answers of a form, in their order.
func answersOf(form url.Values) (out []string) {
	for n := range 5 {
		out = append(out, form.Get(answerID(n)))
	}
	return out
}

func answerID(n int) string { return "answer-" + strconv.Itoa(n) }

// path is where a proof is given.
func (f stepForm) path() string { return "/reset/verify/" + string(f.Method) }

// next is the page at which a reset stands.
func (f stepForm) next() string {
	if f.Proved() {
		return "/reset/password"
	}
	return "/reset/verify"
}

// asksPlace says whether it is still to be said where a code is to go.
func (f stepForm) asksPlace() bool { return f.Method.Sent() && !f.Sent }

// placed puts a problem of no field where it is about.
func (f stepForm) placed(problems []ui.FieldError) []ui.FieldError {
	for i := range problems {
		if problems[i].Field == "" && f.Method != securityinfo.ByAnswers {
			problems[i].Field = "code"
		}
		if problems[i].Field == "" {
			problems[i].Field = answerID(0)
		}
	}
	return problems
}

func (f stepForm) key(what string) string {
	return "securityinfo.reset." + string(f.Method) + "." + what
}

func (f stepForm) title(s *ui.Shell) string { return s.T("securityinfo.reset.title") }

// leadKey says which of the proofs this is.
func (f stepForm) leadKey() string {
	if f.Second() {
		return "securityinfo.reset.lead.second"
	}
	return "securityinfo.reset.lead"
}

// whyKey says how many proofs are asked, and why: for whoever has a name at this
// domain, since nobody is told about an account.
func (f stepForm) whyKey() string {
	if f.Two {
		return "securityinfo.reset.many.everybody"
	}
	return "securityinfo.reset.many.some"
}

// place is where a code was to go, shown as what it is.
func (f stepForm) place() templ.Component {
	if f.Method == securityinfo.ByEmail {
		return ui.Address(f.Place)
	}
	if n, err := phone.Of(f.Place); err == nil {
		return ui.Number(n.String())
	}
	return ui.Number(f.Place)
}

// againKey says what to do where nothing came.
func (f stepForm) againKey() string {
	if f.Method == securityinfo.ByEmail {
		return "securityinfo.reset.again"
	}
	return "securityinfo.reset.again.phone"
}

// placeField asks where a code is to go.
func (f stepForm) placeField(s *ui.Shell) ui.Field {
	field := ui.Field{ID: "place", Name: "place", Label: s.T(f.key("place")), Hint: s.T(f.key("place.hint")), Value: f.Typed, MaxLength: 254, Required: true, Error: of(f.Problems, "place")}
	if f.Method == securityinfo.ByEmail {
		field.Type, field.Autocomplete, field.InputMode, field.Mono = "email", "email", "email", true
		return field
	}
	field.Type, field.Autocomplete, field.InputMode, field.Size, field.MaxLength = "tel", "tel", "tel", ui.Medium, 64
	return field
}

func codeField(s *ui.Shell, f stepForm) ui.Field {
	field := ui.Field{
		ID: "code", Name: "code", Label: s.T(codeLabel(f.Method)), Hint: s.T("signin.second.code.hint"), Autocomplete: "one-time-code", InputMode: "numeric",
		MaxLength: 12, Size: ui.Medium, Mono: true, Required: true, Error: of(f.Problems, "code"),
	}
	if f.Method == securityinfo.ByApp {
		field.Hint = s.T("signin.second.authenticator.hint")
	}
	if f.Method == securityinfo.ByToken {
		field.Hint = s.T("signin.second.token.hint")
	}
	return field
}

// codeLabel says where the code is to be found.
func codeLabel(w securityinfo.ResetWay) string {
	switch w {
	case securityinfo.ByEmail:
		return "securityinfo.email.code.label"
	case securityinfo.ByText, securityinfo.ByApp, securityinfo.ByToken:
		return "signin.second." + string(w) + ".label"
	}
	return "signin.second.call.label"
}

func wayKey(w securityinfo.ResetWay) string { return "securityinfo.reset." + string(w) + ".title" }

// helpdesk is what an organization names for those who cannot get back in: an address
// or a link.
func helpdesk(text string) templ.Component {
	if a, err := mail.ParseAddress(text); err == nil && a.Address == text {
		return ui.MailTo(text)
	}
	if u, err := url.Parse(text); err == nil && u.Scheme == "https" && u.Host != "" {
		return ui.Outside(text, ui.Text(strings.TrimPrefix(text, "https://")))
	}
	return ui.Name(text)
}

// way and questionKey are for the pages, which know no room.
type way = securityinfo.ResetWay

func questionKey(question string) string { return securityinfo.QuestionKey(question) }
