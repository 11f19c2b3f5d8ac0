package inventory

import (
	"strings"

	"sojourn/accounts"
	"sojourn/ui"
)

func stateKey(t accounts.TokenState) string { return "securityinfo.inventory.state." + string(t) }

func stateKind(t accounts.TokenState) ui.Kind {
	switch t {
	case accounts.TokenActivated:
		return ui.Good
	case accounts.TokenAssigned:
		return ui.Info
	}
	return ui.Neutral
}

func stateOptions(s *ui.Shell) []ui.Option {
	out := []ui.Option{{Text: s.T("securityinfo.inventory.state.any")}}
	for _, t := range []accounts.TokenState{accounts.TokenAvailable, accounts.TokenAssigned, accounts.TokenActivated} {
		out = append(out, ui.Option{Value: string(t), Text: s.T(stateKey(t))})
	}
	return out
}

// made says who made a token, and what of.
func (l Line) made() string { return strings.TrimSpace(l.Manufacturer + " " + l.Model) }

// hash names what the codes are made with.
func (l Line) hash() string {
	if l.SHA256 {
		return "SHA-256"
	}
	return "SHA-1"
}
