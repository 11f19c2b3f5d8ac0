package requests

import (
	"time"

	"sojourn/directory"
)

// course is what became of a request's matter outside this room.
type course struct {
	tenant     directory.TenantState
	hasUser    bool      // the row exists, live or deleted
	purgeAt    time.Time // zero while a legal hold keeps the user
	leftAt     time.Time // first departure since the request was opened
	restoredAt time.Time // last restore since then
	connected  bool
	endedAt    time.Time // of the connection, since then
}

// settled says whether an open request has found its end by another way, and when.
// zero is the moment that is not known.
func settled(r Request, now time.Time) (end State, at time.Time, ended bool) {
	c := r.now
	switch {
	case r.State != Open:
		return "", time.Time{}, false
	case r.Kind == Removal && !c.leftAt.IsZero():
		return Met, c.leftAt, true
	case r.Kind == Removal && !c.hasUser:
		return Met, now, true
	case r.Kind == Restore && !c.restoredAt.IsZero():
		return Met, c.restoredAt, true
	case r.Kind == Data && !c.connected:
		if c.endedAt.IsZero() {
			c.endedAt = now
		}
		return Met, c.endedAt, true
	case (r.Kind == Restore || r.Kind == Report) && !c.hasUser, c.tenant == directory.TenantClosed:
		return Lapsed, now, true
	}
	return "", time.Time{}, false
}

// asRead is a request as it is to be shown: settled where it has found its end.
func asRead(r Request, now time.Time) Request {
	if end, at, ended := settled(r, now); ended {
		r.State, r.ClosedAt = end, at
	}
	return r
}

// Reminders go out this long before the answer is due.
var reminders = []time.Duration{7 * 24 * time.Hour, 24 * time.Hour}

// remindersDue is how many of them should have gone out by now. A request that is
// late is escalated instead.
func remindersDue(r Request, now time.Time) int {
	n := 0
	for _, before := range reminders {
		if !now.Before(r.DueAt.Add(-before)) {
			n++
		}
	}
	return n
}

// step is what the clock has to do for an open request.
type step int

const (
	nothing step = iota
	remind
	escalate
)

// strike says which step is due.
func strike(r Request, now time.Time) step {
	switch {
	case r.now.tenant != directory.TenantActive: // nobody there can act
		return nothing
	case r.Overdue(now) && r.EscalatedAt.IsZero():
		return escalate
	case r.Overdue(now):
		return nothing
	case remindersDue(r, now) > r.Reminded:
		return remind
	}
	return nothing
}

// remindedAtOpening is how many reminders a request no longer needs when it is
// opened with less than a week to go: its first letter has only just been sent.
func remindedAtOpening(opened, due time.Time) int {
	return remindersDue(Request{DueAt: due}, opened)
}

// place is where a request stands in the queue: open ones by due date, and behind
// them closed ones, the latest first.
func place(r Request) int64 {
	if r.State == Open {
		return r.DueAt.UnixMicro()
	}
	return 1<<62 - r.ClosedAt.UnixMicro()
}
