package tokens

import (
	"github.com/a-h/templ"

	"sojourn/accounts"
	"sojourn/securityinfo"
	"sojourn/ui"
)

// serialForm asks which token it is.
type serialForm struct {
	Full     bool // there is no room for one more
	Serial   string
	Problems []ui.FieldError
}

// stepForm is a page about a token that is being taken into use.
type stepForm struct {
	Method   string
	Serial   string
	Name     string
	Problems []ui.FieldError
}

// deletion is what deleting a token would do.
type deletion struct {
	Method accounts.Method
	Last   bool // no second step is asked for then
}

// placed puts a problem of no field where it is about.
func placed(problems []ui.FieldError, field string) []ui.FieldError {
	for i := range problems {
		if problems[i].Field == "" {
			problems[i].Field = field
		}
	}
	return problems
}

// back leads to where methods are added.
func back(s *ui.Shell) templ.Component { return securityinfo.BackLink(s) }
