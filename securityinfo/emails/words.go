package emails

import (
	"github.com/a-h/templ"

	"sojourn/securityinfo"
	"sojourn/ui"
)

type problem = ui.FieldError

// back leads to where methods are added.
func back(s *ui.Shell) templ.Component { return securityinfo.BackLink(s) }
