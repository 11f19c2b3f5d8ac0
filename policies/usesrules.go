package policies

import (
	"slices"

	"sojourn/directory"
)

// usesOf are the parts that speak of a group, with what it takes to change them.
func (p Policy) usesOf(groupID string) []directory.GroupUse {
	var uses []directory.GroupUse
	for _, part := range Parts {
		if groupID != "" && slices.Contains(p.GroupsOf(part), groupID) {
			uses = append(uses, directory.GroupUse{
				Key: "policies.part." + string(part), Page: []string{"policies", string(part)},
				Read: directory.ReadPolicies, Write: directory.ManagePolicies, Proof: part.NeedsProof(),
			})
		}
	}
	return uses
}
