package activity

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
)

// Filter narrows the audit log down. Empty fields do not narrow.
type Filter struct {
	User     string // acts by or on this user
	Act      string
	Result   string    // done · refused
	From, To time.Time // To is not in it
}

// Thing is what a line names: a user, a group, the organization.
type Thing struct {
	ID   string
	Name string // "" where nobody knows it any more
	Kind string // user · group · tenant · token · "" for what is neither, or gone
}

// Line is one line of the audit log, as an organization may read it.
type Line struct {
	ID      string
	At      time.Time
	Actor   actor.Kind
	By      Thing // no id where it is not the organization's to know
	Act     string
	On      Thing
	With    Thing // the second one: who was put into the group, the role
	Result  string
	Reason  string
	Address string // only for who may read it
	Agent   string
	Values  audit.Details // old and new values

	asUser string           // the user here of an actor who is named by account
	groups map[string]Thing // by id, those that Values speak of
}

// Refused says whether nothing was changed.
func (l Line) Refused() bool { return l.Result == "refused" }

// More is the values of the line as codes, on one line.
func (l Line) More() string {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(l.Values)) {
		parts = append(parts, name+": "+l.Values[name])
	}
	return strings.Join(parts, "; ")
}

// Log is a page of the audit log, the newest line first.
type Log struct {
	Lines []Line
	Next  string // cursor of the next page
	Whole bool   // with addresses, browsers, old and new values
}

// Log reads a page of the audit log of a tenant.
func (f *Feature) Log(ctx context.Context, who actor.Actor, tenantID string, filter Filter, after string) (Log, error) {
	if err := directory.MayRead(who, tenantID, directory.ReadAudit); err != nil {
		return Log{}, err
	}
	log := Log{Whole: whole(who)}
	from, _ := behind(directory.ParseCursor(after))
	var err error
	if log.Lines, err = f.lines(ctx, tenantID, filter, log.Whole, from, directory.PageSize+1); err != nil {
		return Log{}, fmt.Errorf("audit log: %w", err)
	}
	log.Lines, log.Next = directory.Cut(log.Lines, func(l Line) directory.Cursor { return cursor(l.At, l.ID) })
	return log, nil
}

// whole says whether somebody reads the personal part of the log.
func whole(who actor.Actor) bool {
	return directory.Allows(directory.RolesHeld(who), directory.ReadAuditDetails)
}

// lines reads lines and names what is in them.
func (f *Feature) lines(ctx context.Context, tenantID string, filter Filter, whole bool, from point, limit int) ([]Line, error) {
	list, err := auditLines(ctx, f.DB, tenantID, filter, whole, from, limit)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, l := range list {
		ids = append(append(ids, l.By.ID, l.asUser, l.On.ID, l.With.ID), groupsIn(l.Act, l.Values)...)
	}
	things, err := thingsOf(ctx, f.DB, tenantID, ids)
	if err != nil {
		return nil, err
	}
	for i := range list {
		list[i].name(things)
	}
	return list, nil
}

// name fills in who and what, and takes away what is not the organization's to
// know: the account of a person, and sessions.
func (l *Line) name(things map[string]Thing) {
	by, here := things[l.By.ID]
	switch {
	case here:
		l.By = by
	case l.Actor == actor.Person && l.asUser != "":
		l.By = things[l.asUser]
	case l.Actor == actor.Person:
		l.By = Thing{}
	}
	if t, found := things[l.On.ID]; found {
		l.On = t
	}
	if aboutSession(l.Act) {
		l.With = Thing{}
	} else if t, found := things[l.With.ID]; found {
		l.With = t
	}
	if l.With.ID == l.On.ID {
		l.With = Thing{}
	}
	l.groups = map[string]Thing{}
	for _, id := range groupsIn(l.Act, l.Values) {
		if t, found := things[id]; found {
			l.groups[id] = t
		}
	}
}

// mostFound is how many people a search may find before it is too wide.
const mostFound = 10

// Find looks for the person to narrow the log down to, by words or by id.
// Deleted users are found by who may see them.
func (f *Feature) Find(ctx context.Context, who actor.Actor, tenantID, query string) ([]directory.User, error) {
	if err := directory.MayRead(who, tenantID, directory.ReadAudit); err != nil {
		return nil, err
	}
	list, err := directory.Users(ctx, f.DB, tenantID, directory.Filter{Query: query}, directory.Cursor{}, mostFound)
	if err != nil {
		return nil, fmt.Errorf("find in audit log: %w", err)
	}
	if directory.MayRead(who, tenantID, directory.ReadDeleted) != nil {
		return list, nil
	}
	gone, err := directory.Deleted(ctx, f.DB, tenantID, directory.DeletedFilter{Query: query}, directory.Cursor{}, mostFound)
	if err != nil {
		return nil, fmt.Errorf("find in audit log: %w", err)
	}
	for _, u := range gone {
		list = append(list, u.User)
	}
	return list, nil
}

// Subject is what the log calls somebody it is narrowed down to.
func (f *Feature) Subject(ctx context.Context, tenantID, userID string) (Thing, error) {
	things, err := thingsOf(ctx, f.DB, tenantID, []string{userID})
	if err != nil {
		return Thing{}, fmt.Errorf("audit log: %w", err)
	}
	if t, found := things[userID]; found {
		return t, nil
	}
	return Thing{ID: userID}, nil
}
