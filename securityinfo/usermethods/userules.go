package usermethods

import (
	"sojourn/accounts"
	"sojourn/policies"
)

// useKey says what a method is for, by what it is good for and what the organization
// lets its owner do with it.
func useKey(t accounts.MethodType, asked policies.Asked) string {
	second, back := t.IsSecond(), t.Resets() && asked.MayReset() && asked.ResetBy(t)
	switch {
	case t == accounts.PasswordMethod:
		return "securityinfo.usermethods.use.password"
	case t == accounts.RecoveryCodes:
		return "securityinfo.usermethods.use.codes"
	case back && second:
		return "securityinfo.usermethods.use.both"
	case back:
		return "securityinfo.usermethods.use.back"
	case !second && t.Resets():
		return "securityinfo.usermethods.use.backNot"
	case !asked.Allows(t):
		return "securityinfo.usermethods.use.not"
	case second && t.SignsIn():
		return "securityinfo.usermethods.use.key"
	case t.SignsIn():
		return "securityinfo.usermethods.use.signsIn"
	}
	return "securityinfo.usermethods.use.second"
}
