package directory

import (
	"context"
	"encoding/json"
	"time"

	"sojourn/internal/actor"
	"sojourn/internal/fault"
)

// soon is how near a purge is that a tab of its own warns of.
const soon = 3 * 24 * time.Hour

// counted is up to where the tabs of Deleted users count.
const counted = 10000

// DeletedView is one page of the deleted users of a tenant.
type DeletedView struct {
	Lines           []DeletedUser
	Next            string // cursor of the next page
	All, Soon, Held int    // as far as counted
}

// Narrow is the filter of the list of deleted users as a page asks for it.
type Narrow struct {
	DeletedFilter
	Soonest bool // only those purged in the next three days
}

// DeletedList reads one page of Deleted users.
func (f *Feature) DeletedList(ctx context.Context, who actor.Actor, tenantID string, n Narrow, after string) (DeletedView, error) {
	if _, err := reading(who, tenantID, ReadDeleted); err != nil {
		return DeletedView{}, err
	}
	near := f.DB.Now().Add(soon)
	if n.Soonest {
		n.Soon = near
	}
	var v DeletedView
	lines, err := Deleted(ctx, f.DB, tenantID, n.DeletedFilter, ParseCursor(after), pageSize+1)
	if err != nil {
		return DeletedView{}, err
	}
	v.Lines, v.Next = cut(lines, func(d DeletedUser) Cursor { return DeletedCursor(d.User) })
	if v.All, v.Soon, err = CountDeleted(ctx, f.DB, tenantID, near, counted); err != nil {
		return DeletedView{}, err
	}
	v.Held, err = countHeld(ctx, f.DB, tenantID, counted)
	return v, err
}

// Doomed is a deleted user whom somebody is about to delete permanently.
type Doomed struct {
	User
	ByName        string
	Groups, Roles int
	Home          bool   // the account goes too
	Why           string // reason code where it would be refused
}

// Doomed reads the deleted users chosen to be deleted permanently. It asks the
// fresh proof that the verb will ask. Those gone meanwhile are left out.
func (f *Feature) Doomed(ctx context.Context, who actor.Actor, tenantID string, ids []string) ([]Doomed, error) {
	own, err := reading(who, tenantID, ManageUsers)
	if err != nil {
		return nil, err
	}
	if !who.Proved(f.DB.Now()) {
		return nil, fault.New(fault.Proof, "proof_needed", "ui.error.proof.title")
	}
	var out []Doomed
	for _, userID := range ids {
		d, found, err := f.doomed(ctx, own, tenantID, userID)
		if err != nil {
			return nil, err
		}
		if found {
			out = append(out, d)
		}
	}
	if len(out) == 0 {
		return nil, fault.Missing()
	}
	return out, nil
}

func (f *Feature) doomed(ctx context.Context, own []Role, tenantID, userID string) (Doomed, bool, error) {
	u, found, err := AnyUser(ctx, f.DB, tenantID, userID)
	if err != nil || !found || u.Live() {
		return Doomed{}, false, err
	}
	had, err := f.HadBy(ctx, f.DB, u.ID)
	if err != nil {
		return Doomed{}, false, err
	}
	left, _, _, err := lastDeparture(ctx, f.DB, tenantID, u.ID)
	if err != nil {
		return Doomed{}, false, err
	}
	d := Doomed{User: u, ByName: left.ByName, Groups: len(had.Groups), Roles: len(had.Roles)}
	switch {
	case !u.HoldAt.IsZero():
		d.Why = "legal_hold"
	case mayActOn(own, had.Roles) != nil:
		d.Why = "rank_too_low"
	}
	d.Home, err = ownsAccount(ctx, f.DB, u)
	return d, true, err
}

// Clash is a deleted user whose person has a live user here again.
type Clash struct {
	Old, Live User
	Groups    []Named // of the deleted one
}

// Clash reads both users of a conflict.
func (f *Feature) Clash(ctx context.Context, who actor.Actor, tenantID, userID string) (Clash, error) {
	if _, err := reading(who, tenantID, ManageUsers); err != nil {
		return Clash{}, err
	}
	u, found, err := AnyUser(ctx, f.DB, tenantID, userID)
	if err != nil || !found || u.Live() {
		return Clash{}, first(err, fault.Missing())
	}
	twin, found, err := liveTwin(ctx, f.DB, u)
	if err != nil || !found {
		return Clash{}, first(err, fault.Missing())
	}
	groups, err := GroupsOf(ctx, f.DB, u.ID)
	return Clash{Old: u, Live: twin, Groups: groups}, err
}

// Outcome is what a restore gave, as its page shows it.
type Outcome struct {
	Restored
	Old  User // the one that was deleted
	Now  User // the one that is live now; Old where it was restored
	When time.Time
	By   string // the administrator, where still known
	Kind DeletedKind
}

// Whole says whether everything came back.
func (o Outcome) Whole() bool {
	return len(o.GoneGroups)+len(o.RemovedGroups)+len(o.RemovedRoles) == 0 && o.NewPrincipal == ""
}

// Outcome reads what a restore gave.
func (f *Feature) Outcome(ctx context.Context, who actor.Actor, tenantID, departureID string) (Outcome, error) {
	if _, err := reading(who, tenantID, ReadDeleted); err != nil {
		return Outcome{}, err
	}
	d, text, found, err := restoredDeparture(ctx, f.DB, tenantID, departureID)
	if err != nil || !found {
		return Outcome{}, first(err, fault.Missing())
	}
	o := Outcome{When: d.RestoredAt, By: d.RestoredBy, Kind: d.Kind}
	if err := json.Unmarshal([]byte(text), &o.Restored); err != nil {
		return Outcome{}, err
	}
	o.DepartureID = d.ID
	for _, side := range []struct {
		id string
		u  *User
	}{{d.UserID, &o.Old}, {o.UserID, &o.Now}} {
		if *side.u, found, err = AnyUser(ctx, f.DB, tenantID, side.id); err != nil || !found {
			return Outcome{}, first(err, fault.Missing())
		}
	}
	return o, nil
}

// Outcomes reads what several restores gave; unknown ones are left out.
func (f *Feature) Outcomes(ctx context.Context, who actor.Actor, tenantID string, departures []string) ([]Outcome, error) {
	var out []Outcome
	for _, departureID := range departures {
		o, err := f.Outcome(ctx, who, tenantID, departureID)
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

// Names fills in whom refusals are about; those the tenant has no more have no
// name.
func (f *Feature) Names(ctx context.Context, who actor.Actor, tenantID string, refused []Refusal) ([]Refusal, error) {
	if _, err := reading(who, tenantID, ReadDeleted); err != nil {
		return nil, err
	}
	for i, r := range refused {
		u, found, err := AnyUser(ctx, f.DB, tenantID, r.UserID)
		if err != nil {
			return nil, err
		}
		if found {
			refused[i].Name, refused[i].Address = u.DisplayName, u.Address()
		}
	}
	return refused, nil
}
