package securityinfo

import "sojourn/policies"

// next is what is wise to do after a change of methods.
type next struct {
	Info
	Enters policies.Demand // what was just met, to go on where one was asked for it
	Asks   string          // what the home organization asks for at the next sign-in, as a message; "" for nothing
	Stuck  bool            // without the password there is no way back in by oneself …
	Needs  int             // … for which so many methods are asked
}

// wantsCodes says whether recovery codes are the next thing.
func (n next) wantsCodes() bool { return n.Second() && n.Codes().ID == "" }

// wants says whether there is a next thing at all.
func (n next) wants() bool { return !n.Second() || n.wantsCodes() }

// lackTitle says that there is no second step, or nothing to sign in with at all.
func (n next) lackTitle() string {
	if n.HasPassword {
		return "securityinfo.next.missing"
	}
	return "securityinfo.methods.add"
}

// lackText says what that means.
func (n next) lackText() string {
	if n.HasPassword {
		return "securityinfo.next.missing.text"
	}
	return n.alone().Text
}

// unmet are the organizations, but for the home, that require a second step where their
// administration is entered, would take that of the account, and do not get one.
func (n next) unmet() (out []policies.Demand) {
	for _, d := range n.Demands {
		if !d.Home && d.Administers && d.Trusts && n.Met(d).ID == "" {
			out = append(out, d)
		}
	}
	return out
}

// open is the organization of that id, if its administration can be entered with what
// the asker has for it; else the zero Demand.
func (n next) open(tenantID string) policies.Demand {
	for _, d := range n.Demands {
		if d.Tenant == tenantID && d.Administers && !d.Home && n.Met(d).ID != "" {
			return d
		}
	}
	return policies.Demand{}
}

// asksKey says what somebody is asked for when they sign in next.
func asksKey(m Missing) string {
	switch {
	case m.Second:
		return "securityinfo.next.missing.must"
	case m.Forced:
		return "securityinfo.next.missing.forced"
	case m.Campaign:
		return "securityinfo.next.missing.campaign"
	}
	return ""
}
