package users

import (
	"slices"

	"sojourn/directory"
)

// byRank sorts roles as people read them, the highest first.
func byRank(roles []directory.Role) []directory.Role {
	slices.SortFunc(roles, func(a, b directory.Role) int {
		return slices.Index(directory.Roles, a) - slices.Index(directory.Roles, b)
	})
	return roles
}

// grantable are the roles that somebody with these roles may grant.
func grantable(own []directory.Role) []directory.Role {
	var out []directory.Role
	for _, r := range directory.Roles {
		if directory.MayGrant(own, r) {
			out = append(out, r)
		}
	}
	return out
}
