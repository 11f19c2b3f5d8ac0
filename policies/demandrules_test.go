package policies

import "testing"

func TestSecondStep_elsewhere(t *testing.T) {
	for name, c := range map[string]struct {
		s                    SecondStep
		guest, administrator bool
		asks, distrusts      bool
	}{
		"nothing is said":                         {guest: true},
		"guests, whose home is trusted":           {s: SecondStep{Guests: true, TrustHome: true}, guest: true, asks: true},
		"guests, whose home is not trusted":       {s: SecondStep{Guests: true}, guest: true, asks: true, distrusts: true},
		"a member from elsewhere is no guest":     {s: SecondStep{Guests: true}},
		"administrators alone, and a guest":       {s: SecondStep{Administrators: true}, guest: true, administrator: true},
		"an administrator who is no guest":        {s: SecondStep{Administrators: true}, administrator: true, asks: true},
		"not trusted, but nothing is asked":       {s: SecondStep{TrustHome: false}, guest: true},
		"members are asked, which guests are not": {s: SecondStep{Members: Scope{Who: Everybody}}, guest: true},
	} {
		if asks, distrusts := c.s.asks(c.guest, c.administrator), c.s.Distrusts(c.guest); asks != c.asks || distrusts != c.distrusts {
			t.Errorf("%s: asks %v, distrusts %v", name, asks, distrusts)
		}
	}
}
