package usermethods

import (
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"sojourn/accounts"
	"sojourn/directory/desk"
	"sojourn/internal/actor"
	"sojourn/ui"
)

// words say what was done, with which method.
func (m moment) words(s *ui.Shell) templ.Component {
	what := s.Msg("activity.act." + m.Act)
	kind := accounts.MethodType(m.Details["method"])
	switch {
	case m.Act == "pass.give" && m.Details["minutes"] != "":
		return s.Msg("securityinfo.usermethods.history.named", "what", what, "method", m.validity(s))
	case m.Act == "recovery.make" || !slices.Contains(named, kind):
		return what
	}
	return s.Msg("securityinfo.usermethods.history.named", "what", what, "method", s.T("securityinfo.type."+string(kind)))
}

// named are the methods that a row can name.
var named = []accounts.MethodType{
	accounts.Authenticator, accounts.RecoveryCodes, accounts.MobilePhone, accounts.AlternatePhone, accounts.OfficePhone, accounts.HardwareToken,
	accounts.Passkey, accounts.AccessPass, accounts.Email, accounts.Questions,
}

// validity says how long a pass was made for.
func (m moment) validity(s *ui.Shell) string {
	key := "securityinfo.usermethods.pass.valid.often"
	if m.Details["once"] == strconv.FormatBool(true) {
		key = "securityinfo.usermethods.pass.valid.once"
	}
	return s.T(key, "minutes", m.Details["minutes"])
}

// by says when it was done, and by whom.
func (m moment) by(s *ui.Shell) templ.Component {
	if m.Act == "password.help" && m.Actor == actor.System {
		return s.Msg("securityinfo.usermethods.history.unknown", "when", ui.DateTime(s, m.At))
	}
	return desk.DoneBy(s, m.At, m.Actor, m.By)
}
