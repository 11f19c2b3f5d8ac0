package deletedusers

import (
	"cmp"
	"context"
	"time"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/fault"
)

// clash is a deleted user whose person has a live user here again.
type clash struct {
	Old, Live directory.User
	Groups    []directory.Named // of the deleted one
}

// clash reads both users of a conflict.
func (f *Feature) clash(ctx context.Context, who actor.Actor, tenantID, userID string) (clash, error) {
	if err := directory.MayRead(who, tenantID, directory.ManageUsers); err != nil {
		return clash{}, err
	}
	u, found, err := directory.AnyUser(ctx, f.DB, tenantID, userID)
	if err != nil || !found || u.Live() {
		return clash{}, cmp.Or[error](err, fault.Missing())
	}
	twin, found, err := directory.LiveTwin(ctx, f.DB, u)
	if err != nil || !found {
		return clash{}, cmp.Or[error](err, fault.Missing())
	}
	groups, err := directory.GroupsOf(ctx, f.DB, u.ID)
	return clash{Old: u, Live: twin, Groups: groups}, err
}

// outcome is what a restore gave, as its page shows it.
type outcome struct {
	directory.Restored
	Old  directory.User // the one that was deleted
	Now  directory.User // the one that is live now; Old where it was restored
	When time.Time
	By   string // the administrator, where still known
}

// missed is how much could not come back.
func (o outcome) missed() int { return len(o.GoneGroups) + len(o.RemovedGroups) + len(o.RemovedRoles) }

// whole says whether everything came back.
func (o outcome) whole() bool { return o.missed() == 0 && o.NewPrincipal == "" }

// outcome reads what a restore gave.
func (f *Feature) outcome(ctx context.Context, who actor.Actor, tenantID, departureID string) (outcome, error) {
	if err := directory.MayRead(who, tenantID, directory.ReadDeleted); err != nil {
		return outcome{}, err
	}
	o, found, err := restoreOf(ctx, f.DB, tenantID, departureID)
	if err != nil || !found {
		return outcome{}, cmp.Or[error](err, fault.Missing())
	}
	o.Now.ID = o.UserID
	for _, u := range []*directory.User{&o.Old, &o.Now} {
		if *u, found, err = directory.AnyUser(ctx, f.DB, tenantID, u.ID); err != nil || !found {
			return outcome{}, cmp.Or[error](err, fault.Missing())
		}
	}
	return o, nil
}

// outcomes reads what several restores gave; unknown ones are left out.
func (f *Feature) outcomes(ctx context.Context, who actor.Actor, tenantID string, departures []string) ([]outcome, error) {
	var out []outcome
	for _, departureID := range departures {
		o, err := f.outcome(ctx, who, tenantID, departureID)
		if fault.Is(err, "not_found") {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, o)
	}
	return out, nil
}
