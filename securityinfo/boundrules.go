package securityinfo

import (
	"sojourn/accounts"
	"sojourn/internal/fault"
	"sojourn/policies"
)

// mayBind says whether a method may be bound to an organization: one that wants it,
// one at a time.
func mayBind(asked, has bool) error {
	switch {
	case has:
		return fault.New(fault.Conflict, "too_many_methods", "securityinfo.bound.there")
	case !asked:
		return fault.Missing()
	}
	return nil
}

// met is the method with which a person does what an organization asks; the zero
// Method: they do not. own are those of the account that a second step can be taken
// with, the default first.
func met(d policies.Demand, own, bound []accounts.Method) accounts.Method {
	if d.Trusts {
		for _, m := range own {
			if m.Type.IsSecond() {
				return m
			}
		}
		return accounts.Method{}
	}
	for _, m := range bound {
		if m.Tenant == d.Tenant && m.Reported.IsZero() {
			return m
		}
	}
	return accounts.Method{}
}
