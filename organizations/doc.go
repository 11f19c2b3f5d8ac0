// Package organizations owns a person's list of organizations: the home, the
// others, and leaving one, with the receipt that stays theirs.
//
// It refuses to leave the home organization, one whose setting does not allow
// it, one where the person is disabled, and to take the last administrator from
// one. Leaving asks nothing of the organization being left: no session there, no
// second factor, no consent.
package organizations
