package directory

import "time"

// Two rules are asked of many rows at once and so stand in SQL as well. Here they
// are read and tested; a test over all combinations holds the SQL to them.

// capacity is what decides whether somebody could act as an administrator if they
// had a role. Its SQL is able.
type capacity struct {
	live, enabled bool // the user
	active        bool // the account
	password      bool // to sign in with: a mailbox alone is not enough
	named         bool // a verified name that was not lost
	home          bool // the account belongs to an organization, where its user …
	homeLive      bool
	homeEnabled   bool
	homeClosed    bool // … and which is closed
}

// able: whoever is kept out here or at home, or has nothing to sign in by, counts
// for nobody when the last administrator is looked for.
func (c capacity) able() bool {
	here := c.live && c.enabled && c.active && c.password && c.named
	return here && (!c.home || c.homeLive && c.homeEnabled && !c.homeClosed)
}

// asked is what decides whether an invitation waits for the answer of a person.
// Its SQL is in standingOf.
type asked struct {
	named   bool // the person has the invited name, verified and not lost
	live    bool // the user
	enabled bool
	blocked bool // by the person: nothing is heard of the organization any more
	account string
	state   TenantState
	sent    time.Time
}

// waits: what could not be accepted does not wait.
func (a asked) waits(now time.Time) bool {
	return a.named && a.live && a.enabled && !a.blocked && a.account == "" && a.state == TenantActive && a.sent.After(now.Add(-InvitationLife))
}
