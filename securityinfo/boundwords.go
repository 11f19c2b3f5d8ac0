package securityinfo

import (
	"sojourn/policies"
	"sojourn/ui"
)

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

// idle says whether an organization asks nothing of a person as they are there now: it
// does where its administration is entered, and they hold no role.
func idle(d policies.Demand) bool { return !d.Home && !d.Administers }

// unmetKey says what comes of having no method.
func unmetKey(d policies.Demand) string {
	switch {
	case idle(d):
		return "securityinfo.demands.idle.text"
	case d.Home && d.Administers:
		return "securityinfo.demands.unmet.role"
	case d.Home:
		return "securityinfo.demands.unmet.home"
	}
	return "securityinfo.demands.unmet"
}

// standing is whether what an organization asks is met, in a word.
func standing(s *ui.Shell, d policies.Demand, met bool) (ui.Kind, string) {
	switch {
	case met:
		return ui.Good, s.T("securityinfo.demands.met")
	case idle(d):
		return ui.Neutral, s.T("securityinfo.demands.idle")
	}
	return ui.Warn, s.T("securityinfo.demands.open")
}
