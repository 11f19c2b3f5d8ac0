package directory

import (
	"slices"

	"sojourn/internal/actor"
	"sojourn/internal/fault"
)

// What pages read. Every method holds the asker against the right its page
// needs, with the roles the gate has read in this request, so that no page can
// forget it. Verbs ask again in their transaction.

// pageSize is how many lines one page of a list has.
const pageSize = 50

// RolesHeld are the roles an actor holds in the organization they act in.
func RolesHeld(who actor.Actor) []Role {
	roles := make([]Role, len(who.Roles))
	for i, r := range who.Roles {
		roles[i] = Role(r)
	}
	return roles
}

// reading gives the roles of who asks for a page, or refuses.
func reading(who actor.Actor, tenantID string, right Right) ([]Role, error) {
	if who.Kind != actor.Administrator || who.TenantID != tenantID {
		return nil, fault.Missing()
	}
	roles := RolesHeld(who)
	return roles, needs(roles, right)
}

// cut ends a list that was read with one line too many, and gives the cursor
// behind its last line, "" at the end of the list.
func cut[T any](lines []T, behind func(T) Cursor) ([]T, string) {
	if len(lines) <= pageSize {
		return lines, ""
	}
	lines = lines[:pageSize]
	return lines, behind(lines[pageSize-1]).String()
}

// byRank sorts roles as people read them, the highest first.
func byRank(roles []Role) []Role {
	slices.SortFunc(roles, func(a, b Role) int { return slices.Index(Roles, a) - slices.Index(Roles, b) })
	return roles
}

// grantable are the roles that somebody with these roles may grant.
func grantable(own []Role) []Role {
	var out []Role
	for _, r := range Roles {
		if MayGrant(own, r) {
			out = append(out, r)
		}
	}
	return out
}
