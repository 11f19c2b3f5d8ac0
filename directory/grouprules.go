package directory

import (
	"slices"

	"sojourn/internal/fault"
)

// GroupUse is something an organization has said of a group: whoever changes who is in
// the group changes what was said.
type GroupUse struct {
	Key   string   // message key of what was said
	Page  []string // on which page, below the administration of the organization
	Read  Right    // it takes to look at it
	Write Right    // … and to change it
	Proof bool     // changing it asks a fresh proof
}

// MayRegroup says whether somebody with these roles may change a group that is used
// so: who is in it, what it is called. It takes the right to change every use.
func MayRegroup(roles []Role, uses []GroupUse) error {
	for _, u := range uses {
		if !Allows(roles, u.Write) {
			return fault.New(fault.Forbidden, "group_used_elsewhere", "directory.refused.regroup.title").Field("group", "directory.refused.regroup.title")
		}
	}
	return nil
}

// asksProof says whether changing a group that is used so asks a fresh proof.
func asksProof(uses []GroupUse) bool {
	return slices.ContainsFunc(uses, func(u GroupUse) bool { return u.Proof })
}

// deletable: what was said of a group would mean nobody without it, and except nobody.
func deletable(uses []GroupUse) error {
	if len(uses) == 0 {
		return nil
	}
	return fault.New(fault.Conflict, "group_used", "directory.refused.groupUsed.title")
}
