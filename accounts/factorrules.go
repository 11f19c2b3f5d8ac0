package accounts

import (
	"cmp"
	"slices"
)

// How many authenticator apps, and how many passkeys and security keys, an account
// may have.
const (
	MaxAuthenticators = 5
	MaxPasskeys       = 10
)

// sorted puts the default first, then the other second factors, recovery codes, and
// what helps to get back in only. What was chosen is the
// default, else what was added first; what is no second factor never is.
func sorted(list []Method) []Method {
	slices.SortStableFunc(list, func(a, b Method) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), a.CreatedAt.Compare(b.CreatedAt), cmp.Compare(a.ID, b.ID))
	})
	for i := range list {
		list[i].Default = i == 0 && list[i].Type.CanBeDefault()
	}
	return list
}

func rank(m Method) int {
	switch {
	case m.Type == RecoveryCodes:
		return 2
	case !m.Type.CanBeDefault():
		return 3
	case m.Default:
		return 0
	}
	return 1
}

// Factors are what sorted methods can be used as now. ways says how a telephone
// can be reached, the way to be asked first in front.
func Factors(list []Method, ways func(Method) []Way) []Factor {
	if !HasSecondStep(list) {
		return nil
	}
	var out []Factor
	for _, m := range list {
		if !m.Type.IsSecond() && (m.Type != RecoveryCodes || m.Left == 0) {
			continue
		}
		if m.Type == Passkey {
			out = withPasskey(out, m)
			continue
		}
		if !m.Type.IsPhone() {
			out = append(out, Factor{ID: m.ID, Type: m.Type, Name: m.Name, Default: m.Default})
			continue
		}
		for n, way := range ways(m) {
			out = append(out, Factor{ID: FactorID(m.ID, way), Type: m.Type, Name: m.Name, Default: m.Default && n == 0, Way: way})
		}
	}
	return out
}

// withPasskey adds a passkey: all of them are one factor, which the first stands
// for, since the browser knows which of them is at hand.
func withPasskey(out []Factor, m Method) []Factor {
	for i := range out {
		if out[i].Type == Passkey {
			out[i].Name, out[i].Portable = "", out[i].Portable && m.Portable
			return out
		}
	}
	return append(out, Factor{ID: m.ID, Type: Passkey, Name: m.Name, Default: m.Default, Portable: m.Portable})
}

// HasSecondStep says whether methods make a second step be asked for.
func HasSecondStep(list []Method) bool {
	return slices.ContainsFunc(list, func(m Method) bool { return m.Type.IsSecond() })
}
