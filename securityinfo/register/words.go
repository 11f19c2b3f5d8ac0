package register

import (
	"sojourn/accounts"
	"sojourn/ui"
)

// lead says who asks, for what.
func leadWords(s *ui.Shell, d data) string {
	switch {
	case d.Second:
		return "securityinfo.register.second"
	case d.Forced:
		return "securityinfo.register.forced"
	case d.Campaign:
		return "securityinfo.register.campaign"
	}
	return "securityinfo.register.reset"
}

func typeKey(t accounts.MethodType) string { return "securityinfo.type." + string(t) }

func hintKey(t accounts.MethodType) string { return "securityinfo.register.hint." + string(t) }

// called is a method as its row names it.
func called(s *ui.Shell, m accounts.Method) string { return s.T(typeKey(m.Type)) }
