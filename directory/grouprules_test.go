package directory

import (
	"testing"

	"sojourn/internal/fault"
)

func TestMayRegroup(t *testing.T) {
	signIn := GroupUse{Key: "second", Read: ReadPolicies, Write: ManagePolicies, Proof: true}
	campaign := GroupUse{Key: "campaign", Read: ReadPolicies, Write: ManagePolicies}
	experience := GroupUse{Key: "experience", Read: ManageProperties, Write: ManageProperties}
	reading := GroupUse{Key: "made up", Read: ReadPolicies, Write: ReadPolicies}
	for name, x := range map[string]struct {
		roles []Role
		uses  []GroupUse
		may   bool
		proof bool
	}{
		"nobody speaks of it":                      {[]Role{UserAdministrator}, nil, true, false},
		"a sign-in policy, by a lower role":        {[]Role{UserAdministrator}, []GroupUse{signIn}, false, true},
		"… by whoever takes care of methods":       {[]Role{UserAdministrator, AuthenticationAdministrator}, []GroupUse{signIn}, false, true},
		"… by whoever may change it":               {[]Role{GlobalAdministrator}, []GroupUse{signIn}, true, true},
		"a policy that asks no proof":              {[]Role{GlobalAdministrator}, []GroupUse{campaign}, true, false},
		"… by a lower role":                        {[]Role{UserAdministrator}, []GroupUse{campaign}, false, false},
		"the setting of the directory":             {[]Role{UserAdministrator, PrivacyAdministrator}, []GroupUse{experience}, false, false},
		"one that may be changed, one that mayn't": {[]Role{AuthenticationAdministrator}, []GroupUse{reading, experience}, false, false},
		"one that asks a proof among others":       {[]Role{GlobalAdministrator}, []GroupUse{experience, campaign, signIn}, true, true},
		"without a role":                           {nil, []GroupUse{reading}, false, false},
	} {
		err := MayRegroup(x.roles, x.uses)
		if (err == nil) != x.may || err != nil && !fault.Is(err, "group_used_elsewhere") {
			t.Errorf("%s: %v", name, err)
		}
		if asksProof(x.uses) != x.proof {
			t.Errorf("%s: a proof %t", name, !x.proof)
		}
		if err := deletable(x.uses); (err == nil) != (len(x.uses) == 0) || err != nil && !fault.Is(err, "group_used") {
			t.Errorf("%s: deleting %v", name, err)
		}
	}
}
