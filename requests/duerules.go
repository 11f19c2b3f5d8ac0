package requests

import (
	"time"

	"sojourn/internal/fault"
)

// restUntil is from when on the same can be asked again.
func restUntil(declinedAt time.Time) time.Time {
	if declinedAt.IsZero() {
		return time.Time{}
	}
	return declinedAt.AddDate(0, 0, restDays)
}

// monthsOn is the same day so many months later, or the last of a month that has
// no such day: a month from 31 January is up on 28 February.
func monthsOn(t time.Time, months int) time.Time {
	t = t.UTC()
	day := t.Day()
	first := time.Date(t.Year(), t.Month()+time.Month(months), 1, t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
	if last := first.AddDate(0, 1, -1).Day(); day > last {
		day = last
	}
	return first.AddDate(0, 0, day-1)
}

// dueAt is one calendar month; for restoring it is never after the purge, when an
// answer would be worth nothing.
func dueAt(kind Kind, opened, purgeAt time.Time) time.Time {
	due := monthsOn(opened, 1)
	if kind == Restore && !purgeAt.IsZero() && purgeAt.Before(due) {
		return purgeAt
	}
	return due
}

// latest is until when the one extension may go: two months, but not past the purge.
func latest(r Request) time.Time {
	until := monthsOn(r.DueAt, 2)
	if r.Kind == Restore && !r.now.purgeAt.IsZero() && r.now.purgeAt.Before(until) {
		return r.now.purgeAt
	}
	return until
}

// extendable: once, before it is late, and where there is time to be given.
func extendable(r Request, now time.Time) error {
	switch {
	case !r.ExtendedAt.IsZero():
		return fault.New(fault.Conflict, "extended_before", "requests.extend.before")
	case r.Overdue(now):
		return fault.New(fault.Conflict, "overdue", "requests.extend.overdue")
	case latest(r).Sub(r.DueAt) < 24*time.Hour:
		return fault.New(fault.Conflict, "no_time", "requests.extend.noTime")
	}
	return nil
}

// extension checks a new date.
func extension(r Request, until time.Time) error {
	switch {
	case until.IsZero():
		return fault.New(fault.Invalid, "date_missing", "requests.extend.date.missing")
	case !until.After(r.DueAt):
		return fault.New(fault.Invalid, "date_early", "requests.extend.date.early")
	case until.After(latest(r)):
		return fault.New(fault.Invalid, "date_late", "requests.extend.date.late")
	}
	return nil
}

// onDay is the moment of a day at which a moved request is due: the time of day it
// was due at before, and on the last day allowed not past the end.
func onDay(r Request, day time.Time) time.Time {
	if day.IsZero() {
		return day
	}
	due := r.DueAt.In(day.Location())
	until := time.Date(day.Year(), day.Month(), day.Day(), due.Hour(), due.Minute(), due.Second(), due.Nanosecond(), day.Location()).UTC()
	end := latest(r)
	if y, m, d := end.In(day.Location()).Date(); until.After(end) && y == day.Year() && m == day.Month() && d == day.Day() {
		return end
	}
	return until
}
