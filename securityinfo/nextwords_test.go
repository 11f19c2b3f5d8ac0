package securityinfo

import (
	"testing"

	"sojourn/accounts"
	"sojourn/policies"
)

// What is missing after a change is said of organizations that the next method would
// satisfy, and of no others.
func TestNext(t *testing.T) {
	app := accounts.Method{ID: "a", Type: accounts.Authenticator}
	codes := accounts.Method{ID: "c", Type: accounts.RecoveryCodes}
	all := []policies.Demand{{Tenant: "h", Home: true, Trusts: true}, {Tenant: "t", Trusts: true, Administers: true}, {Tenant: "g", Trusts: true}, {Tenant: "d", Administers: true}}
	for name, test := range map[string]struct {
		list        []accounts.Method
		wants, code bool
		unmet       int
	}{
		"nothing": {nil, true, false, 1}, "codes alone": {[]accounts.Method{codes}, true, false, 1},
		"an app": {[]accounts.Method{app}, true, true, 0}, "both": {[]accounts.Method{app, codes}, false, false, 0},
	} {
		n := next{Info: Info{Methods: test.list, HasPassword: true, Demands: all}}
		if n.wants() != test.wants || n.wantsCodes() != test.code || len(n.unmet()) != test.unmet {
			t.Errorf("%s: wants %v, codes %v, unmet %v", name, n.wants(), n.wantsCodes(), n.unmet())
		}
	}
}

// What an organization asks of those who administer it is no concern of others, and the
// way back leads to where something was just met, nowhere else.
func TestDemands(t *testing.T) {
	app := accounts.Method{ID: "a", Type: accounts.Authenticator}
	own := policies.Demand{Tenant: "d", Administers: true}
	for _, test := range []struct {
		name       string
		d          policies.Demand
		idle       bool
		text       string
		list       []accounts.Method
		asked, led string
	}{
		{"at home", policies.Demand{Tenant: "h", Home: true, Trusts: true}, false, "securityinfo.demands.unmet.home", []accounts.Method{app}, "h", ""},
		{"a guest without a role", policies.Demand{Tenant: "g", Trusts: true}, true, "securityinfo.demands.idle.text", []accounts.Method{app}, "g", ""},
		{"a guest with one", policies.Demand{Tenant: "t", Trusts: true, Administers: true}, false, "securityinfo.demands.unmet", []accounts.Method{app}, "t", "t"},
		{"whose host wants its own", own, false, "securityinfo.demands.unmet", []accounts.Method{app}, "d", ""},
		{"nothing was set up", policies.Demand{Tenant: "t", Trusts: true, Administers: true}, false, "securityinfo.demands.unmet", nil, "t", ""},
		{"another was meant", policies.Demand{Tenant: "t", Trusts: true, Administers: true}, false, "securityinfo.demands.unmet", []accounts.Method{app}, "x", ""},
	} {
		n := next{Info: Info{Methods: test.list, Demands: []policies.Demand{test.d}}}
		if idle(test.d) != test.idle || unmetKey(test.d) != test.text || n.open(test.asked).Tenant != test.led {
			t.Errorf("%s: idle %v, %s, led to %q", test.name, idle(test.d), unmetKey(test.d), n.open(test.asked).Tenant)
		}
	}
	n := next{Info: Info{Demands: []policies.Demand{own}, Bound: []accounts.Method{{ID: "b", Tenant: "d"}}}}
	if n.open("d").Tenant != "d" {
		t.Error("no way back to what has its own method now")
	}
}
