package securityinfo

import "sojourn/accounts"

// appPath is where an app, or a token, is looked after.
func appPath(m accounts.Method) string {
	if m.Type == accounts.HardwareToken {
		return "/security-info/token/" + m.ID
	}
	return "/security-info/authenticator/" + m.ID
}
