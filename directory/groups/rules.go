package groups

import (
	"sojourn/accounts"
	"sojourn/directory"
	"sojourn/internal/fault"
)

// meant picks the user a typed address means. A principal name is one user's; a
// mail address may be several users', and then nobody is guessed at.
func meant(users []directory.User, typed string) (directory.User, error) {
	var byMail []directory.User
	for _, u := range users {
		switch accounts.Fold(typed) {
		case accounts.Fold(u.PrincipalName):
			return u, nil
		case accounts.Fold(u.Mail), u.InvitedSubject:
			byMail = append(byMail, u)
		}
	}
	key := "directory.group.member.unknown"
	switch {
	case len(byMail) == 1:
		return byMail[0], nil
	case len(byMail) > 1:
		key = "directory.group.member.several"
	}
	return directory.User{}, fault.New(fault.Invalid, "unknown_user", key).Field("member", key)
}
