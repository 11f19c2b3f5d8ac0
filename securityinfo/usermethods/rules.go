package usermethods

import (
	"slices"

	"sojourn/accounts"
	"sojourn/internal/fault"
)

// mayChange: the methods of a guest belong to the guest, and one's own are changed
// on one's own page, where a code is asked for.
func mayChange(home, self bool, name string) error {
	switch {
	case self:
		return fault.New(fault.Forbidden, "own_methods", "securityinfo.usermethods.own.title")
	case !home:
		return fault.New(fault.Forbidden, "not_home", "securityinfo.usermethods.guest.title", "name", name)
	}
	return nil
}

// mayReset: what is bound to the organization is a guest's, and one's own is deleted
// on one's own page, with a code of it.
func mayReset(home, self bool, _ string) error {
	switch {
	case self:
		return fault.New(fault.Forbidden, "own_methods", "securityinfo.usermethods.own.title")
	case home:
		return fault.Missing()
	}
	return nil
}

// chosen are the methods that somebody wants taken away.
func chosen(list []accounts.Method, want func(accounts.Method) bool) []accounts.Method {
	return slices.DeleteFunc(slices.Clone(list), func(m accounts.Method) bool { return !want(m) })
}

// passwordAlone says whether, without one of its methods, a password is all that
// an account is asked for.
func passwordAlone(list []accounts.Method, without string) bool {
	return !accounts.HasSecondStep(chosen(list, func(m accounts.Method) bool { return m.ID != without }))
}

func everyMethod(accounts.Method) bool { return true }

func typeOf(t accounts.MethodType) func(accounts.Method) bool {
	return func(m accounts.Method) bool { return t == "" || m.Type == t }
}
