package desk

import (
	"time"

	"github.com/a-h/templ"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/ui"
)

type pill struct {
	kind ui.Kind
	key  string
}

// pillsOf says how a user stands, what matters most first.
func pillsOf(u directory.User) []pill {
	var out []pill
	switch {
	case !u.Live():
		out = append(out, pill{ui.Bad, "directory.pill.deleted"})
		if !u.Enabled {
			out = append(out, pill{ui.Bad, "directory.pill.disabled"})
		}
	case !u.Enabled:
		out = append(out, pill{ui.Bad, "directory.pill.disabled"})
	case u.ExternalState == directory.Pending:
		out = append(out, pill{ui.Warn, "directory.pill.pending"})
	default:
		out = append(out, pill{ui.Good, "directory.pill.enabled"})
	}
	if !u.HoldAt.IsZero() {
		out = append(out, pill{ui.Info, "directory.pill.hold"})
	}
	if !u.HomeEndedAt.IsZero() {
		out = append(out, pill{ui.Warn, "directory.pill.homeEnded"})
	}
	return out
}

// KindOptions are the kinds of user that a list can be narrowed down to.
func KindOptions(s *ui.Shell) []ui.Option {
	out := []ui.Option{{Text: s.T("directory.kind.any")}}
	for _, t := range []directory.UserType{directory.Member, directory.Guest} {
		out = append(out, ui.Option{Value: string(t), Text: s.T(t.Key())})
	}
	return out
}

// HowMany counts groups and roles, leaving out what there is none of.
func HowMany(s *ui.Shell, groups, roles int) string {
	var parts []string
	if groups > 0 {
		parts = append(parts, s.N("directory.count.groups", groups))
	}
	if roles > 0 {
		parts = append(parts, s.N("directory.count.roles", roles))
	}
	return s.Locale.List(parts)
}

// DoneBy says when something was done, and by whom: an administrator by name, "" where
// nobody knows it any more.
func DoneBy(s *ui.Shell, at time.Time, kind actor.Kind, name string) templ.Component {
	when := ui.DateTime(s, at)
	switch {
	case kind == actor.Person:
		return s.Msg("directory.life.by.self", "when", when)
	case kind == actor.Operator:
		return s.Msg("directory.life.by.operator", "when", when)
	case kind == actor.System:
		return s.Msg("directory.life.by.system", "when", when)
	case name == "":
		return s.Msg("directory.life.by.somebody", "when", when)
	}
	return s.Msg("directory.life.by.name", "when", when, "name", ui.Name(name))
}
