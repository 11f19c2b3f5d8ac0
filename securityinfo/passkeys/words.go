package passkeys

import (
	"strings"

	"github.com/a-h/templ"

	"sojourn/internal/agent"
	"sojourn/securityinfo"
	"sojourn/ui"
)

// suggested is a name for a passkey before it is known what keeps it: by where it was
// made, without a version, which changes. A security key is told apart by how it looks.
func suggested(s *ui.Shell, k kind, header string) string {
	if k == keyKind {
		return ""
	}
	a := agent.Of(header)
	browser := strings.TrimRight(a.Browser, " 0123456789")
	switch {
	case browser != "" && a.System != "":
		return s.T("securityinfo.passkeys.name.made", "browser", browser, "system", a.System)
	case a.System != "":
		return s.T("securityinfo.passkeys.name.madeOn", "system", a.System)
	}
	return s.T("securityinfo.type.passkey")
}

// backLink leads to where methods are added.
func backLink(s *ui.Shell) templ.Component { return securityinfo.BackLink(s) }
