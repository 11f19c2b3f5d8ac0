package policies

import (
	"slices"
	"time"

	"sojourn/accounts"
)

// Who is for whom a policy is.
type Who string

const (
	Nobody    Who = "none"
	OneGroup  Who = "group"
	Everybody Who = "all"
)

// Scope is a number of people: all, nobody or one group, less those of another
// group. Who is in both is out.
type Scope struct {
	Who    Who    `json:"who"`
	Group  string `json:"group,omitempty"`  // id, with OneGroup
	Except string `json:"except,omitempty"` // id of a group
}

// Holds says whether somebody in these groups is meant.
func (s Scope) Holds(groups []string) bool {
	if s.Except != "" && slices.Contains(groups, s.Except) {
		return false
	}
	return s.Who == Everybody || s.Who == OneGroup && slices.Contains(groups, s.Group)
}

// SecondStep is of whom an organization requires two-step verification.
type SecondStep struct {
	Members        Scope `json:"members"`
	Administrators bool  `json:"administrators"` // whoever has a role
	Guests         bool  `json:"guests"`         // of other organizations, before they enter this one
	TrustHome      bool  `json:"trustHome"`      // a guest's second step at home is enough
}

// Methods is who may use which method. What is not named is everybody's.
type Methods map[accounts.MethodType]Scope

// Allows says whether somebody in these groups may use a method.
func (m Methods) Allows(t accounts.MethodType, groups []string) bool {
	return m.Scope(t).Holds(groups)
}

// Scope is for whom a method is.
func (m Methods) Scope(t accounts.MethodType) Scope {
	if s, named := m[t]; named {
		return s
	}
	return Scope{Who: Everybody}
}

// With is the same with another scope for one method.
func (m Methods) With(t accounts.MethodType, s Scope) Methods {
	out := Methods{t: s}
	for other, scope := range m {
		if other != t {
			out[other] = scope
		}
	}
	return out
}

// Governed are the methods that a policy is about. The password is everybody's, and
// recovery codes stand in for what was lost.
var Governed = []accounts.MethodType{
	accounts.Authenticator, accounts.Passkey, accounts.HardwareToken, accounts.MobilePhone, accounts.AlternatePhone, accounts.OfficePhone,
	accounts.AccessPass, accounts.Email, accounts.Questions,
}

// Campaign asks people at sign-in to add an authenticator app or a passkey.
type Campaign struct {
	For    Scope `json:"for"`
	Snooze int   `json:"snooze"` // days, 0 to 14; 0 asks each time
	Times  int   `json:"times"`  // that somebody may skip it; 0 is without end
}

// Reset is how people get back in who forgot their password.
type Reset struct {
	For        Scope                 `json:"for"`
	Number     int                   `json:"number"` // of methods that have to be proved: 1 or 2
	Methods    []accounts.MethodType `json:"methods"`
	Register   bool                  `json:"register"`   // ask for those methods at sign-in
	Reconfirm  int                   `json:"reconfirm"`  // days, 0 to 730, after which they are asked to look again; 0 is never
	ToRegister int                   `json:"toRegister"` // questions, 3 to 5
	ToAnswer   int                   `json:"toAnswer"`   // questions, 3 to ToRegister
	TellOwner  bool                  `json:"tellOwner"`  // that their password was reset
	TellAdmins bool                  `json:"tellAdmins"` // that an administrator's was
	Helpdesk   string                `json:"helpdesk"`   // a link or an address, shown to who cannot; may be ""
}

// Passwords are words that no password may be made of.
type Passwords struct {
	Banned []string `json:"banned"` // folded, at most a thousand
}

// LockOut is how soon wrong passwords in a row have to wait.
type LockOut struct {
	Free int `json:"free"` // wrong ones before the first wait, 3 to 5
	Most int `json:"most"` // wrong ones after which none is taken, 10 to 100
}

// Sessions is how long somebody stays signed in.
type Sessions struct {
	Idle  time.Duration `json:"idle"`  // unused, 15 minutes to 8 hours
	Lasts time.Duration `json:"lasts"` // used or not, 1 to 24 hours
	Stay  int           `json:"stay"`  // days with "stay signed in", 0 to 30; 0 does not offer it
}

// Policy is all that an organization asks.
type Policy struct {
	SecondStep SecondStep
	Methods    Methods
	Campaign   Campaign
	Reset      Reset
	Passwords  Passwords
	LockOut    LockOut
	Sessions   Sessions
}

// Default is what is asked where nobody has said anything, and of people without an
// organization.
func Default() Policy {
	return Policy{
		SecondStep: SecondStep{Members: Scope{Who: Nobody}, TrustHome: true},
		Campaign:   Campaign{For: Scope{Who: Nobody}, Snooze: 1, Times: 3},
		Reset: Reset{
			For: Scope{Who: Everybody}, Number: 1, Methods: slices.Clone(accounts.ResetTypes),
			ToRegister: 5, ToAnswer: 3, Reconfirm: 180, TellOwner: true, TellAdmins: true,
		},
		LockOut:  LockOut{Free: 5, Most: 100},
		Sessions: Sessions{Idle: 8 * time.Hour, Lasts: 24 * time.Hour, Stay: 30},
	}
}
