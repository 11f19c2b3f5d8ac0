package policies

import (
	"slices"
	"testing"

	"sojourn/accounts"
)

func TestUsesOf(t *testing.T) {
	one, but := Scope{Who: OneGroup, Group: "g"}, Scope{Who: Everybody, Except: "g"}
	for name, x := range map[string]struct {
		set  func(*Policy)
		want []string
	}{
		"nothing":              {func(*Policy) {}, nil},
		"a second step":        {func(p *Policy) { p.SecondStep.Members = one }, []string{"second"}},
		"… but for the group":  {func(p *Policy) { p.SecondStep.Members = but }, []string{"second"}},
		"a method":             {func(p *Policy) { p.Methods = p.Methods.With(accounts.Questions, one) }, []string{"methods"}},
		"… but for the group ": {func(p *Policy) { p.Methods = p.Methods.With(accounts.AccessPass, but) }, []string{"methods"}},
		"the campaign":         {func(p *Policy) { p.Campaign.For = one }, []string{"campaign"}},
		"the way back in":      {func(p *Policy) { p.Reset.For = but }, []string{"reset"}},
		"several":              {func(p *Policy) { p.SecondStep.Members, p.Reset.For = one, one }, []string{"second", "reset"}},
		"another group":        {func(p *Policy) { p.Reset.For = Scope{Who: OneGroup, Group: "h"} }, nil},
		"what is not in force": {func(p *Policy) { p.Reset.For = Scope{Who: Nobody, Group: "g", Except: "g"} }, nil},
		"everybody, a group that no longer counts": {func(p *Policy) { p.Campaign.For = Scope{Who: Everybody, Group: "g"} }, nil},
	} {
		p := Default()
		x.set(&p)
		var got []string
		for _, u := range p.usesOf("g") {
			part := Part(u.Page[1])
			got = append(got, u.Page[1])
			if u.Proof != part.NeedsProof() || u.Key != "policies.part."+u.Page[1] {
				t.Errorf("%s: %+v", name, u)
			}
		}
		if !slices.Equal(got, x.want) {
			t.Errorf("%s: %v, want %v", name, got, x.want)
		}
		if len(p.usesOf("")) > 0 {
			t.Errorf("%s: no group is used", name)
		}
	}
}
