package requests

import (
	"time"

	"sojourn/directory"
	"sojourn/internal/fault"
)

// restDays is how long the same is not asked again after it was declined.
const restDays = 30

// standing is everything that decides whether a person may ask an organization
// for something.
type standing struct {
	kind         Kind
	organization string // its name, for the answer
	state        directory.TenantState
	live         bool // the person has a live user there
	home         bool // … which is their home
	enabled      bool
	leaveAllowed bool      // External user leave settings
	lastAdmin    bool      // the person is the last effective Global Administrator
	deleted      bool      // a soft-deleted user of theirs exists
	purgeAt      time.Time // of that one; zero while a legal hold keeps it
	erased       bool      // a user of theirs was deleted permanently
	connected    bool      // direct connect
	answered     bool      // an administrator who may decide, or a contact, exists
	declinedAt   time.Time
}

// known: who has nothing to do with an organization cannot tell it from one that
// does not exist.
func (s standing) known() bool { return s.live || s.deleted || s.erased || s.connected }

// ask decides whether somebody may ask.
func ask(s standing, now time.Time) error {
	if !s.known() {
		return fault.Missing()
	}
	if s.state != directory.TenantActive {
		return refusal(fault.Conflict, "tenant_"+string(s.state), "closed", s)
	}
	if err := eligible(s, now); err != nil {
		return err
	}
	if rest := restUntil(s.declinedAt); rest.After(now) {
		return refusal(fault.TooMany, "declined_lately", "rest", s)
	}
	if !s.answered {
		return refusal(fault.Conflict, "nobody_answers", "nobody", s)
	}
	return nil
}

// eligible: a request stands in for what people cannot do themselves.
func eligible(s standing, now time.Time) error {
	switch s.kind {
	case Removal:
		return removable(s)
	case Restore:
		return restorable(s, now)
	case Report:
		switch {
		case s.live && s.home:
			return refusal(fault.Conflict, "home_organization", "home", s)
		case !s.live && !s.deleted:
			return refusal(fault.Conflict, "not_there", "gone", s)
		}
		return nil
	case Data:
		switch {
		case s.live:
			return refusal(fault.Conflict, "user_there", "there", s)
		case !s.connected:
			return refusal(fault.Conflict, "not_there", "gone", s)
		}
		return nil
	}
	return fault.Missing()
}

// removable follows the rule of leaving: where that refuses, the person may ask.
func removable(s standing) error {
	switch {
	case !s.live:
		return refusal(fault.Conflict, "not_there", "gone", s)
	case s.lastAdmin:
		return refusal(fault.Conflict, "last_administrator", "last", s)
	case !s.home && s.leaveAllowed && s.enabled:
		return refusal(fault.Conflict, "may_leave", "leave", s)
	}
	return nil
}

func restorable(s standing, now time.Time) error {
	switch {
	case s.live:
		return refusal(fault.Conflict, "already_there", "back", s)
	case s.deleted && (s.purgeAt.IsZero() || s.purgeAt.After(now)):
		return nil
	case s.deleted || s.erased:
		return refusal(fault.Gone, "erased", "erased", s)
	}
	return refusal(fault.Conflict, "not_there", "gone", s)
}

func refusal(kind fault.Kind, code, key string, s standing) error {
	return fault.New(kind, code, "requests.refused."+key+".title", "org", s.organization)
}

// isOpen: what is closed stays as it was decided.
func isOpen(r Request) error {
	if r.State != Open {
		return fault.New(fault.Conflict, "request_closed", "requests.refused.decided.title")
	}
	return nil
}

// needsProof: what cannot be undone asks an administrator to type their password
// again.
func needsProof(r Request) bool { return r.Kind == Data }
