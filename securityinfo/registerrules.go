package securityinfo

import (
	"slices"
	"time"

	"sojourn/accounts"
	"sojourn/internal/fault"
	"sojourn/policies"
)

// quiet is for how long nobody is asked again for methods to get back in with.
const quiet = 24 * time.Hour

// Missing is what somebody is asked to set up when they sign in.
type Missing struct {
	Organization string
	Second       bool // a second step is required of them, and they have nothing to take it with
	Campaign     bool // their organization would like them to have an app or a passkey …
	Forced       bool // … and they have skipped it as often as they may
	Reset        int  // methods to get back in with, still to be added
	Reconfirm    bool // nothing is missing, but it is long since they looked
	Offers       []accounts.MethodType
	Dear         []accounts.MethodType // of these: with which getting back in takes one method more
	Left         int                   // times that they may still skip it; -1 without end
}

// Must says whether nothing else is open to them before.
func (m Missing) Must() bool { return m.Second || m.Forced }

// Any says whether they are asked for anything.
func (m Missing) Any() bool { return m.Second || m.Campaign || m.Reset > 0 || m.Reconfirm }

// answered is what somebody said when they were asked before.
type answered struct {
	Skipped    int
	QuietUntil time.Time
	Confirmed  time.Time
}

// strongest are the methods for a second step in the order in which they are
// offered.
var strongest = []accounts.MethodType{accounts.Passkey, accounts.Authenticator, accounts.HardwareToken, accounts.MobilePhone, accounts.AlternatePhone, accounts.OfficePhone}

// missing is what somebody with these methods has to set up. can are the methods
// that anybody can add here.
func missing(a policies.Asked, list []accounts.Method, said answered, can []accounts.MethodType, now time.Time) Missing {
	m := Missing{Organization: a.Organization, Left: -1}
	if a.Tenant == "" {
		return m
	}
	offer := func(kinds []accounts.MethodType, fits func(accounts.MethodType) bool) {
		for _, t := range kinds {
			if fits(t) && a.Allows(t) && slices.Contains(can, t) && !slices.Contains(m.Offers, t) && !has(list, t) {
				m.Offers = append(m.Offers, t)
			}
		}
	}
	if a.Second() && !usable(a, list) {
		m.Second = true
		offer(strongest, accounts.MethodType.IsSecond)
		return m
	}
	loud := !now.Before(said.QuietUntil)
	if a.Campaigns() && !slices.ContainsFunc(list, func(x accounts.Method) bool { return x.Type.IsStrong() }) {
		if offer(strongest, accounts.MethodType.IsStrong); len(m.Offers) > 0 {
			m.Campaign = loud
			m.Forced = loud && a.Campaign.Times > 0 && said.Skipped >= a.Campaign.Times
			m.Left = left(a.Campaign.Times, said.Skipped)
		}
		if m.Campaign {
			return m
		}
		m.Offers = nil
	}
	if !a.Reset.Register || !a.MayReset() || !loud {
		return m
	}
	if m.Reset = a.ResetNumber(accounts.HasSecondStep(list)) - resets(a, list); m.Reset > 0 {
		offer(accounts.ResetTypes, a.ResetBy)
		m.Dear = dear(a, list, m.Offers)
		slices.SortStableFunc(m.Offers, func(x, y accounts.MethodType) int { return m.rank(x) - m.rank(y) })
	}
	if m.Reset <= 0 || len(m.Offers) == 0 {
		m.Reset = 0
		m.Reconfirm = a.Reset.Reconfirm > 0 && len(list) > 0 && now.Sub(looked(list, said)) > time.Duration(a.Reset.Reconfirm)*24*time.Hour
	}
	return m
}

// dear are the methods that bring a second step with them, where that asks for more
// methods to get back in with than before.
func dear(a policies.Asked, list []accounts.Method, kinds []accounts.MethodType) (out []accounts.MethodType) {
	if a.ResetNumber(true) == a.ResetNumber(accounts.HasSecondStep(list)) {
		return nil
	}
	for _, t := range kinds {
		if t.IsSecond() {
			out = append(out, t)
		}
	}
	return out
}

// IsDear says whether getting back in takes one method more with this one.
func (m Missing) IsDear(t accounts.MethodType) bool { return slices.Contains(m.Dear, t) }

// rank puts first what reaches the goal with the fewest methods.
func (m Missing) rank(t accounts.MethodType) int {
	if m.IsDear(t) {
		return 1
	}
	return 0
}

// usable says whether somebody has a second factor that is allowed them.
func usable(a policies.Asked, list []accounts.Method) bool {
	return slices.ContainsFunc(list, func(x accounts.Method) bool { return x.Type.IsSecond() && a.Allows(x.Type) })
}

// resets counts the different methods that somebody could get back in with.
func resets(a policies.Asked, list []accounts.Method) int {
	var seen []accounts.MethodType
	for _, x := range list {
		if a.ResetBy(x.Type) && !slices.Contains(seen, x.Type) {
			seen = append(seen, x.Type)
		}
	}
	return len(seen)
}

// looked is when somebody last saw that their methods are right.
func looked(list []accounts.Method, said answered) time.Time {
	at := said.Confirmed
	for _, x := range list {
		if x.CreatedAt.After(at) {
			at = x.CreatedAt
		}
	}
	return at
}

func left(times, skipped int) int {
	if times == 0 {
		return -1
	}
	return max(0, times-skipped)
}

// allowed refuses a method that an organization does not allow its people.
func allowed(a policies.Asked, t accounts.MethodType) error {
	if a.Allows(t) {
		return nil
	}
	return fault.New(fault.Forbidden, "method_not_allowed", "securityinfo.refused.method.title")
}

// mayRemove refuses to take away what a required second step is taken with, where
// nothing else that is allowed would be left.
func mayRemove(a policies.Asked, list []accounts.Method, gone accounts.Method) error {
	if !a.Second() || !gone.Type.IsSecond() {
		return nil
	}
	rest := slices.DeleteFunc(slices.Clone(list), func(x accounts.Method) bool { return x.ID == gone.ID })
	if !usable(a, list) || usable(a, rest) {
		return nil
	}
	return fault.New(fault.Conflict, "last_method", "securityinfo.refused.last.title")
}

// askable are the factors that a second step can be taken with: those that are
// allowed. Where somebody has none that is, the others are asked for all the same:
// a rule that forbids a method opens no way around the step.
func askable(a policies.Asked, list []accounts.Method) []accounts.Method {
	if !usable(a, list) {
		return list
	}
	return slices.DeleteFunc(slices.Clone(list), func(x accounts.Method) bool { return x.Type.IsSecond() && !a.Allows(x.Type) })
}
