package usermethods

import (
	"slices"
	"testing"

	"sojourn/accounts"
	"sojourn/policies"
)

// What the page says that each method is for, under every policy that matters.
func TestUseKey(t *testing.T) {
	usual := policies.Asked{Tenant: "t", Policy: policies.Default()}
	noReset, noApp, fewer, boss := usual, usual, usual, usual
	noReset.Reset.For = policies.Scope{Who: policies.Nobody}
	noApp.Policy.Methods = policies.Methods{accounts.Authenticator: {Who: policies.Nobody}, accounts.Passkey: {Who: policies.Nobody}, accounts.AccessPass: {Who: policies.Nobody}}
	fewer.Reset.Methods = []accounts.MethodType{accounts.MobilePhone}
	boss.Administrator = true
	for _, c := range []struct {
		kind  accounts.MethodType
		asked policies.Asked
		want  string
	}{
		{accounts.PasswordMethod, usual, "password"}, {accounts.RecoveryCodes, usual, "codes"},
		{accounts.Authenticator, usual, "both"}, {accounts.HardwareToken, usual, "both"}, {accounts.MobilePhone, usual, "both"}, {accounts.OfficePhone, usual, "both"},
		{accounts.AlternatePhone, usual, "second"}, {accounts.Passkey, usual, "key"}, {accounts.AccessPass, usual, "signsIn"},
		{accounts.Email, usual, "back"}, {accounts.Questions, usual, "back"},
		{accounts.Questions, boss, "backNot"}, {accounts.Email, boss, "back"},
		{accounts.Email, noReset, "backNot"}, {accounts.Questions, noReset, "backNot"}, {accounts.Authenticator, noReset, "second"},
		{accounts.Authenticator, noApp, "not"}, {accounts.Passkey, noApp, "not"}, {accounts.AccessPass, noApp, "not"}, {accounts.RecoveryCodes, noApp, "codes"},
		{accounts.Authenticator, fewer, "second"}, {accounts.Email, fewer, "backNot"}, {accounts.MobilePhone, fewer, "both"},
	} {
		if got := useKey(c.kind, c.asked); got != "securityinfo.usermethods.use."+c.want {
			t.Errorf("%s: %s, want %s", c.kind, got, c.want)
		}
	}
	for _, m := range slices.Concat(policies.Governed, []accounts.MethodType{accounts.PasswordMethod, accounts.RecoveryCodes}) {
		if got := useKey(m, usual); got == "securityinfo.usermethods.use.back" && (m.SignsIn() || m.IsSecond()) {
			t.Errorf("%s is said to help only to get back in", m)
		}
	}
}
