package users

import (
	"github.com/a-h/templ"

	"sojourn/directory"
	"sojourn/ui"
)

func stateOptions(s *ui.Shell) []ui.Option {
	return []ui.Option{
		{Text: s.T("directory.state.any")}, {Value: "enabled", Text: s.T("directory.pill.enabled")},
		{Value: "disabled", Text: s.T("directory.pill.disabled")}, {Value: "pending", Text: s.T("directory.pill.pending")},
	}
}

func roleOptions(s *ui.Shell, roles []directory.Role) []ui.Option {
	var out []ui.Option
	for _, r := range roles {
		out = append(out, ui.Option{Value: string(r), Text: s.T(r.Key())})
	}
	return out
}

// chooseRole begins with no role at all: none is granted by pressing a button.
func chooseRole(s *ui.Shell, roles []directory.Role) []ui.Option {
	return append([]ui.Option{{Text: s.T("directory.user.role.choose")}}, roleOptions(s, roles)...)
}

// anyRole are the choices of who narrows down by role.
func anyRole(s *ui.Shell) []ui.Option {
	return append([]ui.Option{{Text: s.T("directory.role.any")}}, roleOptions(s, directory.Roles)...)
}

func groupOptions(groups []directory.Named) []ui.Option {
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

func roleNames(s *ui.Shell, roles []directory.Role) []string {
	var out []string
	for _, r := range roles {
		out = append(out, s.T(r.Key()))
	}
	return out
}

// section is the entry of the navigation that the page of a user belongs to.
func (d userData) section() string {
	if d.Live() {
		return "users"
	}
	return "deleted"
}

// principalKey says what the principal name is to the user: a guest does not sign
// in with the one they have here.
func (d userData) principalKey() string {
	if d.Home {
		return "directory.user.principal"
	}
	return "directory.user.principal.guest"
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

// lifeWords say what an act was.
func lifeWords(s *ui.Shell, m moment) templ.Component {
	key := lifeKeys[m.Act]
	if m.Act == "role.grant" || m.Act == "role.revoke" {
		return s.Msg(key, "role", s.T(directory.Role(m.Other).Key()))
	}
	return s.Msg(key)
}
