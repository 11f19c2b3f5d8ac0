package policies

import "sojourn/accounts"

// Asked is what the home organization of an account asks of its owner. Who has no
// organization is asked what everybody is.
type Asked struct {
	Tenant        string // "" without a home
	Organization  string // its name
	Administrator bool   // has a role at home
	Elsewhere     bool   // … or in an organization they are a guest of
	Groups        []string
	Policy
}

// Second says whether a second step is required at every sign-in.
func (a Asked) Second() bool {
	if a.Tenant == "" {
		return false
	}
	return a.SecondStep.Members.Holds(a.Groups) || a.SecondStep.Administrators && a.Administrator
}

// Allows says whether a method may be added and used. Recovery codes always may:
// they stand in for what was lost. Questions are not for administrators, whose
// answers strangers look for.
func (a Asked) Allows(t accounts.MethodType) bool {
	if t == accounts.PasswordMethod || t == accounts.RecoveryCodes {
		return true
	}
	if t == accounts.Questions && a.administers() {
		return false
	}
	return a.Methods.Allows(t, a.Groups)
}

// administers says whether somebody has a role anywhere: what can be got by their
// password is more than their own.
func (a Asked) administers() bool { return a.Administrator || a.Elsewhere }

// Campaigns says whether the campaign is for them.
func (a Asked) Campaigns() bool { return a.Tenant != "" && a.Campaign.For.Holds(a.Groups) }

// MayReset says whether they may get back in by themselves.
func (a Asked) MayReset() bool { return a.Tenant == "" || a.Reset.For.Holds(a.Groups) }

// ResetNumber is how many different methods they have to prove for it.
// Administrators always prove two, and so does whoever has a second factor.
func (a Asked) ResetNumber(hasSecond bool) int {
	if a.administers() || hasSecond || a.Reset.Number >= 2 {
		return 2
	}
	return 1
}

// ResetBy says whether a method counts for it. Administrators may use every method
// that is allowed them but questions, whatever their organization has chosen for the
// others.
func (a Asked) ResetBy(t accounts.MethodType) bool {
	if !t.Resets() || !a.Allows(t) {
		return false
	}
	if a.Administrator {
		return true
	}
	for _, one := range a.Reset.Methods {
		if one == t {
			return true
		}
	}
	return false
}
