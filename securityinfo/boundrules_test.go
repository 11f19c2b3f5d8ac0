package securityinfo

import (
	"testing"

	"sojourn/accounts"
	"sojourn/internal/fault"
	"sojourn/policies"
)

func TestMayBind(t *testing.T) {
	for name, c := range map[string]struct {
		asked, has bool
		want       string
	}{
		"wanted":                      {asked: true},
		"wanted, and there":           {asked: true, has: true, want: "too_many_methods"},
		"there, and not wanted":       {has: true, want: "too_many_methods"},
		"an organization like others": {want: "not_found"},
	} {
		err := mayBind(c.asked, c.has)
		if (c.want == "") != (err == nil) || err != nil && !fault.Is(err, c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

func TestMet(t *testing.T) {
	app := accounts.Method{ID: "app", Type: accounts.Authenticator}
	codes := accounts.Method{ID: "codes", Type: accounts.RecoveryCodes}
	email := accounts.Method{ID: "email", Type: accounts.Email}
	there := accounts.Method{ID: "there", Type: accounts.Authenticator, Tenant: "fabrikam"}
	for name, c := range map[string]struct {
		d          policies.Demand
		own, bound []accounts.Method
		want       string
	}{
		"nothing anywhere":                     {d: policies.Demand{Tenant: "fabrikam", Trusts: true}},
		"one's own, trusted":                   {d: policies.Demand{Tenant: "fabrikam", Trusts: true}, own: []accounts.Method{app, codes}, want: "app"},
		"codes and an address are no method":   {d: policies.Demand{Tenant: "fabrikam", Trusts: true}, own: []accounts.Method{codes, email}},
		"one's own, not trusted":               {d: policies.Demand{Tenant: "fabrikam"}, own: []accounts.Method{app}},
		"bound":                                {d: policies.Demand{Tenant: "fabrikam"}, bound: []accounts.Method{there}, want: "there"},
		"bound to another":                     {d: policies.Demand{Tenant: "woodgrove"}, bound: []accounts.Method{there}},
		"a bound one is nothing where home is": {d: policies.Demand{Tenant: "contoso", Home: true, Trusts: true}, bound: []accounts.Method{there}},
	} {
		if got := met(c.d, c.own, c.bound); got.ID != c.want {
			t.Errorf("%s: %q, want %q", name, got.ID, c.want)
		}
	}
}
