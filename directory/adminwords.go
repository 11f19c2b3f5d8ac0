package directory

import (
	"slices"

	"github.com/a-h/templ"

	"sojourn/internal/actor"
	"sojourn/ui"
)

// What the pages of the administration say of users, acts and results.

// retentionDays is the full length of the meter of days left.
const retentionDays = int(Retention / (24 * 60 * 60 * 1e9))

func kindKey(t UserType) string {
	if t == Guest {
		return "directory.kind.guest"
	}
	return "directory.kind.member"
}

type pill struct {
	kind ui.Kind
	key  string
}

// pillsOf says how a user stands, what matters most first.
func pillsOf(u User) []pill {
	var out []pill
	switch {
	case !u.Live():
		out = append(out, pill{ui.Bad, "directory.pill.deleted"})
		if !u.Enabled {
			out = append(out, pill{ui.Bad, "directory.pill.disabled"})
		}
	case !u.Enabled:
		out = append(out, pill{ui.Bad, "directory.pill.disabled"})
	case u.ExternalState == Pending:
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

func kindOptions(s *ui.Shell) []ui.Option {
	return []ui.Option{{Text: s.T("directory.kind.any")}, {Value: "member", Text: s.T("directory.kind.member")}, {Value: "guest", Text: s.T("directory.kind.guest")}}
}

func stateOptions(s *ui.Shell) []ui.Option {
	return []ui.Option{
		{Text: s.T("directory.state.any")}, {Value: "enabled", Text: s.T("directory.pill.enabled")},
		{Value: "disabled", Text: s.T("directory.pill.disabled")}, {Value: "pending", Text: s.T("directory.pill.pending")},
	}
}

func byOptions(s *ui.Shell) []ui.Option {
	return []ui.Option{
		{Text: s.T("directory.deleted.by.any")}, {Value: string(Left), Text: s.T("directory.deleted.by.left")},
		{Value: string(ByAdministrator), Text: s.T("directory.deleted.by.administrator")}, {Value: string(ByOperator), Text: s.T("directory.deleted.by.operator")},
	}
}

// roleOptions lists roles; any, unless "", is the message of the choice of none.
func roleOptions(s *ui.Shell, any string, roles []Role) []ui.Option {
	var out []ui.Option
	if any != "" {
		out = append(out, ui.Option{Text: s.T(any)})
	}
	for _, r := range roles {
		out = append(out, ui.Option{Value: string(r), Text: s.T(r.Key())})
	}
	return out
}

func groupOptions(groups []Named) []ui.Option {
	var out []ui.Option
	for _, g := range groups {
		out = append(out, ui.Option{Value: g.ID, Text: g.Name})
	}
	return out
}

func languageOptions(s *ui.Shell, languages []string) []ui.Option {
	var out []ui.Option
	for _, l := range languages {
		out = append(out, ui.Option{Value: l, Text: s.T("directory.language." + l)})
	}
	return out
}

func roleNames(s *ui.Shell, roles []Role) []string {
	var out []string
	for _, r := range roles {
		out = append(out, s.T(r.Key()))
	}
	return out
}

// howMany counts groups and roles, leaving out what there is none of.
func howMany(s *ui.Shell, groups, roles int) string {
	var parts []string
	if groups > 0 {
		parts = append(parts, s.N("directory.count.groups", groups))
	}
	if roles > 0 {
		parts = append(parts, s.N("directory.count.roles", roles))
	}
	return s.Locale.List(parts)
}

func ticked(list []string, value string) bool { return slices.Contains(list, value) }

// pageHref is the link of a pager, or none.
func pageHref(s *ui.Shell, there bool, path string) templ.SafeURL {
	if !there {
		return ""
	}
	return s.Href(path)
}

// deletedBy says whose act a deletion was.
func deletedBy(s *ui.Shell, kind DeletedKind, name string) templ.Component {
	switch {
	case kind == Left:
		return s.Msg("directory.deletedBy.left")
	case kind == ByOperator:
		return s.Msg("directory.deletedBy.operator")
	case name == "":
		return s.Msg("directory.deletedBy.somebody")
	}
	return s.Msg("directory.deletedBy.name", "name", ui.Name(name))
}

// eraseLabel is the short button of a row, and for those who listen the whole.
func eraseLabel(s *ui.Shell, name string) templ.Component {
	return ui.Join(s.Msg("directory.erase.short"), ui.Hidden(ui.Join(ui.Text(" "), s.Msg("directory.erase.what", "name", ui.Name(name)))))
}

// lifeWords say what an act was.
func lifeWords(s *ui.Shell, m Moment) templ.Component {
	key := lifeKeys[m.Act]
	if m.Act == "role.grant" || m.Act == "role.revoke" {
		return s.Msg(key, "role", s.T(Role(m.Other).Key()))
	}
	return s.Msg(key)
}

// lifeBy says when it was and who did it.
func lifeBy(s *ui.Shell, d desk, m Moment) templ.Component {
	when := ui.DateTime(s, m.At)
	switch {
	case m.Actor == actor.Person:
		return s.Msg("directory.life.by.self", "when", when)
	case m.Actor == actor.Operator:
		return s.Msg("directory.life.by.operator", "when", when)
	case m.Actor == actor.System:
		return s.Msg("directory.life.by.system", "when", when)
	case m.By.Name == "":
		return s.Msg("directory.life.by.somebody", "when", when)
	}
	return s.Msg("directory.life.by.name", "when", when, "name", ui.Name(m.By.Name))
}

// section is the entry of the navigation that the page of a user belongs to.
func (d userData) section() string {
	if d.Live() {
		return "users"
	}
	return "deleted"
}

// signsKey says what a user signs in with. Which other organization it is, the
// tenant is not told.
func (d userData) signsKey() string {
	switch {
	case d.Home:
		return "directory.user.signs.home"
	case d.AccountID == "":
		return "directory.user.signs.nothing"
	}
	return "directory.user.signs.other"
}

// titleKey and the keys below say what a restore was: the user brought back, the
// groups added to another, or brought back and gone again since.
func (d outcomeData) titleKey() string {
	switch {
	case d.Way == Merge:
		return "directory.outcome.title.merged"
	case d.Old.Live():
		return "directory.outcome.title"
	}
	return "directory.outcome.title.since"
}

func (d outcomeData) leadKey() string {
	switch {
	case d.Way == Merge:
		return "directory.outcome.lead.merged"
	case d.Way == Replace:
		return "directory.outcome.lead.replaced"
	case d.Whole():
		return "directory.outcome.lead.whole"
	}
	return "directory.outcome.lead.part"
}

func (d outcomeData) toldKey() string {
	if d.Way == Merge {
		return "directory.outcome.told.merged"
	}
	return "directory.outcome.told"
}

func (d outcomeData) cameKey() string {
	if d.Way == Merge {
		return "directory.outcome.added"
	}
	return "directory.outcome.back.title"
}

// roleKey says why a role is not there: taken away meanwhile, or never given by
// adding groups.
func (d outcomeData) roleKey() string {
	if d.Way == Merge {
		return "directory.outcome.roleNotAdded"
	}
	return "directory.outcome.removed"
}

func (d eraseData) single() bool { return len(d.Doomed) == 1 }

// homes counts those whose account goes too.
func (d eraseData) homes() int {
	n := 0
	for _, u := range d.Doomed {
		if u.Home {
			n++
		}
	}
	return n
}

func (d eraseData) title(s *ui.Shell) string {
	switch len(d.Doomed) {
	case 0:
		return s.T("directory.notErased.title")
	case 1:
		return s.T("directory.erase.title", "name", d.Doomed[0].DisplayName)
	}
	return s.N("directory.erase.titleMany", len(d.Doomed))
}
