package deletedusers

import (
	"context"
	"strconv"
	"strings"
	"time"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/fault"
)

// erased is a user of whom only the tombstone is left.
type erased struct {
	UserID string
	At     time.Time
}

// erased reads the tombstones of users; unknown ones are left out.
func (f *Feature) erased(ctx context.Context, who actor.Actor, tenantID string, ids []string) ([]erased, error) {
	if err := directory.MayRead(who, tenantID, directory.ReadDeleted); err != nil {
		return nil, err
	}
	var out []erased
	for _, userID := range ids {
		e, found, err := tombstone(ctx, f.DB, tenantID, userID)
		if err != nil {
			return nil, err
		}
		if found {
			out = append(out, e)
		}
	}
	return out, nil
}

// results are what became of an act on several, as its page and its table tell it.
type results struct {
	Restored []outcome
	Erased   []erased
	Refused  []refusal
}

// results reads what an address names: departures that ended in a restore, users
// erased, and refusals.
func (f *Feature) results(ctx context.Context, who actor.Actor, tenantID string, departures, gone, codes []string) (r results, err error) {
	for _, list := range []*[]string{&departures, &gone, &codes} {
		if *list, err = chosen(*list); err != nil {
			return results{}, err
		}
	}
	if r.Restored, err = f.outcomes(ctx, who, tenantID, departures); err != nil {
		return results{}, err
	}
	if r.Erased, err = f.erased(ctx, who, tenantID, gone); err != nil {
		return results{}, err
	}
	if r.Refused, err = f.refused(ctx, who, tenantID, codes); err != nil {
		return results{}, err
	}
	if len(r.Restored)+len(r.Erased)+len(r.Refused) == 0 {
		return results{}, fault.Missing()
	}
	return r, nil
}

// heads are the columns of the table of results.
var heads = []string{"user_id", "name", "address", "result", "reason", "time", "groups_back", "roles_back", "groups_missing", "roles_missing", "new_sign_in_name"}

// rows are the lines of the table.
func (r results) rows() [][]string {
	var out [][]string
	for _, o := range r.Restored {
		result := "restored"
		switch {
		case o.Way == directory.Merge:
			result = "groups_added"
		case !o.whole():
			result = "restored_in_part"
		}
		out = append(out, []string{
			o.Old.ID, o.Old.DisplayName, o.Old.Address(), result, "", stamp(o.When), names(o.Groups), roles(o.Roles),
			names(append(append([]directory.Named{}, o.GoneGroups...), o.RemovedGroups...)), roles(o.RemovedRoles), o.NewPrincipal,
		})
	}
	for _, e := range r.Erased {
		out = append(out, []string{e.UserID, "", "", "deleted_permanently", "", stamp(e.At), "", "", "", "", ""})
	}
	for _, x := range r.Refused {
		out = append(out, []string{x.UserID, x.Name, x.Address, "refused", x.Code, "", "", "", "", "", ""})
	}
	return out
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// names are groups in one cell: how many, and which.
func names(list []directory.Named) string {
	if len(list) == 0 {
		return "0"
	}
	out := make([]string, len(list))
	for i, n := range list {
		out[i] = n.Name
	}
	return strconv.Itoa(len(list)) + ": " + strings.Join(out, "; ")
}

func roles(list []directory.Role) string {
	out := make([]directory.Named, len(list))
	for i, r := range list {
		out[i].Name = string(r)
	}
	return names(out)
}
