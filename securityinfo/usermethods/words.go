package usermethods

import (
	"strconv"

	"sojourn/accounts"
	"sojourn/ui"
)

// rowName tells the rows apart for who hears them: by the name that the person
// gave, else by number.
func rowName(s *ui.Shell, m accounts.Method, n int) string {
	if m.Name != "" {
		return s.T(titleKey(m)) + ", " + m.Name
	}
	return s.T(titleKey(m)) + " " + strconv.Itoa(n)
}

// address tells who it is: a member by the name they sign in with, a guest by the
// mail address, since the principal name here is nothing to them.
func address(l look) string {
	if l.Home {
		return l.PrincipalName
	}
	return l.Address()
}
