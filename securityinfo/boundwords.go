package securityinfo

import "sojourn/policies"

// BoundPath is where an app is set up for an organization, and deleted below.
func BoundPath(tenantID string) string {
	return "/security-info/organizations/" + tenantID + "/authenticator"
}

// demandKey says what an organization asks.
func demandKey(d policies.Demand) string {
	switch {
	case d.Home:
		return "securityinfo.demands.home"
	case d.Trusts:
		return "securityinfo.demands.trusts"
	}
	return "securityinfo.demands.distrusts"
}
