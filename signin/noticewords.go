package signin

import (
	"github.com/a-h/templ"

	"sojourn/internal/agent"
	"sojourn/internal/fault"
	"sojourn/ui"
)

// browserWords says what a browser calls itself: "Firefox 150 on Windows".
func browserWords(s *ui.Shell, header string) templ.Component {
	a := agent.Of(header)
	switch {
	case a.Browser == "" && a.System == "":
		return s.Msg("signin.mail.unknown")
	case a.Browser == "":
		return ui.Text(a.System)
	case a.System == "":
		return ui.Text(a.Browser)
	}
	return s.Msg("signin.notice.on", "browser", a.Browser, "system", a.System)
}

// addedWords name the method of a notice.
func addedWords(s *ui.Shell, n Notice) templ.Component {
	title := s.Msg("securityinfo.type." + string(n.Method.Type))
	switch {
	case n.Method.Tenant != "":
		title = s.Msg("securityinfo.bound.of", "org", ui.Name(n.Method.Organization))
	case n.Method.Portable:
		title = s.Msg("securityinfo.type.securitykey")
	}
	if n.Method.Name == "" {
		return title
	}
	return ui.Join(title, ui.Text(" · "), ui.Name(n.Method.Name))
}

// addedTitle is how the page of a notice about a method is headed.
func addedTitle(n Notice) string {
	switch {
	case n.UsedAt.IsZero():
		return "signin.notice.title"
	case n.Taken() && n.Method.ID != "":
		return "signin.removal.revoked.title"
	case n.Taken():
		return "signin.removal.done.title"
	}
	return "signin.removal.title"
}

// addedLead is what stands below.
func addedLead(s *ui.Shell, n Notice) templ.Component {
	switch {
	case n.UsedAt.IsZero() && n.Changed:
		return s.Msg("signin.notice.changed.lead")
	case n.UsedAt.IsZero():
		return s.Msg("signin.notice.added.lead")
	case n.Taken() && n.Method.ID != "":
		return s.Msg("signin.removal.revoked.lead", "org", ui.Name(n.Organization))
	case n.Taken():
		return s.Msg("signin.removal.done.lead")
	case n.Method.ID == "":
		return s.Msg("signin.removal.gone.lead")
	}
	return s.Msg(removalKey(n, "lead"), "org", ui.Name(n.Organization))
}

// removalKey is a word of taking away a method, or revoking one that is bound to
// an organization.
func removalKey(n Notice, what string) string {
	if n.Method.Tenant != "" {
		return "signin.removal.bound." + what
	}
	return "signin.removal." + what
}

// turnKey says whom to turn to when the password is not known.
func turnKey(n Notice) string {
	key := "signin.removal.turn.personal"
	switch {
	case n.Method.Tenant != "":
		key = "signin.removal.turn.bound"
	case n.Organization != "":
		key = "signin.removal.turn.work"
	}
	if n.Organization != "" && n.Contact != "" {
		key += ".contact"
	}
	return key
}

// nextKey says how to get back in.
func nextKey(n Notice) string {
	switch {
	case n.home != "":
		return "signin.removal.next.work"
	case n.Second:
		return "signin.removal.next.second"
	case n.Two:
		return "signin.removal.next.two"
	}
	return "signin.removal.next"
}

// removalProblem is what is said under the password; "" where nothing is.
func removalProblem(s *ui.Shell, err error) string {
	why, ok := fault.Of(err)
	if ok && (why.Code == "tries_used_up" || why.Key == "securityinfo.verify.usedUp") {
		return s.T("signin.removal.usedUp")
	}
	return problemOf(s, err)
}
