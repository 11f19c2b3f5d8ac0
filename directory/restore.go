package directory

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
)

// Restored is what a restore gave: what came back and what could not.
type Restored struct {
	DepartureID   string  `json:"-"`
	UserID        string  `json:"user"` // the live user now: the restored one, or the one it was merged into
	Way           Way     `json:"way,omitempty"`
	Groups        []Named `json:"groups"`
	Roles         []Role  `json:"roles"`
	GoneGroups    []Named `json:"goneGroups"`    // deleted meanwhile
	RemovedGroups []Named `json:"removedGroups"` // taken away meanwhile
	RemovedRoles  []Role  `json:"removedRoles"`
	NewPrincipal  string  `json:"newPrincipal,omitempty"` // where the old principal name is taken
}

// Restore brings a soft-deleted user back with the groups and roles that still
// are theirs. When the account has a live user again it asks for a way out.
// Sessions are not revived.
func (f *Feature) Restore(ctx context.Context, who actor.Actor, tenantID, userID string, way Way) (result Restored, err error) {
	err = f.do(ctx, who, ManageUsers, audit.Entry{Tenant: tenantID, Act: "user.restore", Target: userID}, func(tx *db.Tx, a act) error {
		u, err := a.deletedUser(ctx, tx, userID)
		if err != nil {
			return err
		}
		result, err = f.restore(ctx, tx, a, u, way)
		return err
	})
	if err != nil {
		return Restored{}, err
	}
	return result, nil
}

// RestoreIn is Restore in the transaction of another act, which says by which
// right.
func (f *Feature) RestoreIn(ctx context.Context, tx *db.Tx, who actor.Actor, tenantID, userID string, right Right, way Way) (Restored, error) {
	a, err := begin(ctx, tx, who, tenantID, right)
	if err != nil {
		return Restored{}, err
	}
	u, err := a.deletedUser(ctx, tx, userID)
	if err != nil {
		return Restored{}, err
	}
	return f.restore(ctx, tx, a, u, way)
}

func (f *Feature) restore(ctx context.Context, tx *db.Tx, a act, u User, way Way) (Restored, error) {
	d, found, err := LastDeparture(ctx, tx, u.TenantID, u.ID)
	if err != nil {
		return Restored{}, err
	}
	if !found {
		return Restored{}, fmt.Errorf("user %s is deleted without a departure", u.ID)
	}
	twin, hasTwin, err := LiveTwin(ctx, tx, u)
	if err != nil {
		return Restored{}, err
	}
	switch {
	case hasTwin && way == Replace:
		if err := f.delete(ctx, tx, a, twin); err != nil {
			return Restored{}, err
		}
	case hasTwin && way == Merge:
		return f.merge(ctx, tx, a, u, twin, d)
	case !hasTwin && (way == Replace || way == Merge):
		return Restored{}, fault.New(fault.Conflict, "no_conflict", "directory.refused.noConflict.title", "name", u.DisplayName)
	case hasTwin:
		return Restored{}, fault.New(fault.Conflict, "restore_conflict", "directory.refused.conflict.title", "name", u.DisplayName)
	}
	return f.bringBack(ctx, tx, a, u, d, way)
}

func (f *Feature) bringBack(ctx context.Context, tx *db.Tx, a act, u User, d Departure, way Way) (Restored, error) {
	result, err := f.foresee(ctx, tx, u, d)
	if err != nil {
		return Restored{}, err
	}
	result.Way = way
	principal := u.PrincipalName
	if result.NewPrincipal != "" {
		principal = result.NewPrincipal
		if err := setPrincipal(ctx, tx, u.ID, principal); err != nil {
			return Restored{}, err
		}
		if err := insertWords(ctx, tx, u.TenantID, u.ID, words(principal)); err != nil {
			return Restored{}, err
		}
	}
	if err := f.reclaimName(ctx, tx, u, principal); err != nil {
		return Restored{}, err
	}
	was, err := markRestored(ctx, tx, u.ID)
	if err != nil {
		return Restored{}, err
	}
	if !was {
		return Restored{}, fault.Missing()
	}
	if err := f.Receipts.Restored(ctx, tx, u.ID); err != nil {
		return Restored{}, err
	}
	if err := f.tellRestored(ctx, tx, a, u, d); err != nil {
		return Restored{}, err
	}
	return result, f.close(ctx, tx, a, u, d, result)
}

// merge adds the groups of a deleted user to the live one of the same account.
// Roles are not added: the live user was let in without them. What was said of a group
// is not asked about: it is the same person, who would be in it again if the deleted
// user itself came back.
func (f *Feature) merge(ctx context.Context, tx *db.Tx, a act, u, twin User, d Departure) (Restored, error) {
	if err := a.on(ctx, tx, twin); err != nil {
		return Restored{}, err
	}
	result := Restored{DepartureID: d.ID, UserID: twin.ID, Way: Merge}
	if err := f.compare(ctx, tx, &result, d.Had, u); err != nil {
		return Restored{}, err
	}
	for _, g := range result.Groups {
		if err := f.addMember(ctx, tx, a, g.ID, twin); err != nil {
			return Restored{}, err
		}
	}
	result.RemovedRoles, result.Roles = append(result.RemovedRoles, result.Roles...), nil
	return result, f.close(ctx, tx, a, u, d, result)
}

// close writes the result into the departure and the audit row.
func (f *Feature) close(ctx context.Context, tx *db.Tx, a act, u User, d Departure, result Restored) error {
	if err := closeDeparture(ctx, tx, d.ID, a.who.UserID, result); err != nil {
		return err
	}
	name := "user.restore"
	if result.Way == Merge {
		name = "user.merge"
	}
	return audit.Record(ctx, tx, a.who, audit.Entry{Tenant: u.TenantID, Act: name, Target: u.ID, Other: result.UserID, Subject: u.ID})
}

// compare holds what the user had against what is still there.
func (f *Feature) compare(ctx context.Context, c db.Conn, result *Restored, had Had, u User) error {
	now, err := f.HadBy(ctx, c, u.ID)
	if err != nil {
		return err
	}
	result.Groups, result.Roles = now.Groups, now.Roles
	for _, g := range had.Groups {
		if slices.ContainsFunc(now.Groups, func(n Named) bool { return n.ID == g.ID }) {
			continue
		}
		_, exists, err := GroupBy(ctx, c, u.TenantID, g.ID)
		if err != nil {
			return err
		}
		if exists {
			result.RemovedGroups = append(result.RemovedGroups, g)
		} else {
			result.GoneGroups = append(result.GoneGroups, g)
		}
	}
	for _, r := range had.Roles {
		if !slices.Contains(now.Roles, r) {
			result.RemovedRoles = append(result.RemovedRoles, r)
		}
	}
	return nil
}

// freePrincipal is the user's principal name, or the next free one with a number.
func (f *Feature) freePrincipal(ctx context.Context, c db.Conn, u User) (string, error) {
	at := strings.LastIndexByte(u.PrincipalName, '@')
	name, domain := u.PrincipalName[:at], u.PrincipalName[at+1:]
	base, suffix := name, ""
	if i := strings.Index(name, "#EXT#"); i > 0 {
		base, suffix = name[:i], name[i:]
	}
	candidate := u.PrincipalName
	for n := 2; ; n++ {
		taken, err := principalTaken(ctx, c, u.TenantID, candidate)
		if err != nil || !taken {
			return candidate, err
		}
		candidate = base + strconv.Itoa(n) + suffix + "@" + domain
	}
}

// reclaimName makes sure that a restored member can sign in by their principal
// name again, be it the old one or the new.
func (f *Feature) reclaimName(ctx context.Context, tx *db.Tx, u User, principal string) error {
	home, err := OwnsAccount(ctx, tx, u)
	if err != nil || !home {
		return err
	}
	given, err := accounts.GiveName(ctx, tx, f.IDs, u.AccountID, accounts.PrincipalName, u.TenantID, principal)
	if err == nil && !given {
		err = fault.New(fault.Conflict, "name_taken", "directory.create.signin.taken", "name", principal)
	}
	return err
}
