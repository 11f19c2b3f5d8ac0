package directory

import "strings"

// Role is a directory role, by its standard name without spaces.
type Role string

const (
	GlobalAdministrator         Role = "GlobalAdministrator"
	PrivacyAdministrator        Role = "PrivacyAdministrator"
	UserAdministrator           Role = "UserAdministrator"
	AuthenticationAdministrator Role = "AuthenticationAdministrator"
	GuestInviter                Role = "GuestInviter"
	CloudDeviceAdministrator    Role = "CloudDeviceAdministrator"
	ReportsReader               Role = "ReportsReader"
)

// Roles are all roles, the highest first.
var Roles = []Role{
	GlobalAdministrator, PrivacyAdministrator, UserAdministrator,
	AuthenticationAdministrator, GuestInviter, CloudDeviceAdministrator, ReportsReader,
}

// ParseRole reads a role as a person may write it: "Global Administrator",
// "global-administrator", "GlobalAdministrator".
func ParseRole(s string) (Role, bool) {
	squeeze := func(s string) string {
		return strings.ToLower(strings.NewReplacer(" ", "", "-", "", "_", "").Replace(s))
	}
	for _, r := range Roles {
		if squeeze(string(r)) == squeeze(s) {
			return r, true
		}
	}
	return "", false
}

// Key is the message key of the role's name.
func (r Role) Key() string { return "directory.role." + string(r) }

// rank orders roles: who acts must outrank, except at the top.
func (r Role) rank() int {
	switch r {
	case GlobalAdministrator:
		return 3
	case PrivacyAdministrator, UserAdministrator:
		return 2
	}
	return 1
}
