package deletedusers

import (
	"context"
	"slices"
	"strings"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/fault"
)

// most is how many users one request may act on.
const most = 100

// chosen gives what a form or an address names, every one once.
func chosen(picked []string) ([]string, error) {
	var out []string
	for _, id := range picked {
		if id != "" && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	if len(out) > most {
		return nil, fault.New(fault.Invalid, "too_many", "directory.refused.tooMany.title", "max", most)
	}
	return out, nil
}

// refusal is a user on whom an act was refused, by name where the tenant still
// has them.
type refusal struct {
	directory.Refusal
	Name, Address string
}

// coded are refusals as they stand in the address of the page that tells them,
// so that it can be loaded again without acting again: user and reason code.
func coded(refused []directory.Refusal) []string {
	var out []string
	for _, r := range refused {
		out = append(out, r.UserID+"."+r.Code)
	}
	return out
}

// refused reads them back, with the names of the users.
func (f *Feature) refused(ctx context.Context, who actor.Actor, tenantID string, codes []string) ([]refusal, error) {
	if err := directory.MayRead(who, tenantID, directory.ReadDeleted); err != nil {
		return nil, err
	}
	codes, err := chosen(codes)
	if err != nil {
		return nil, err
	}
	var out []refusal
	for _, s := range codes {
		var r refusal
		r.UserID, r.Code, _ = strings.Cut(s, ".")
		u, found, err := directory.AnyUser(ctx, f.DB, tenantID, r.UserID)
		if err != nil {
			return nil, err
		}
		if found {
			r.Name, r.Address = u.DisplayName, u.Address()
		}
		out = append(out, r)
	}
	return out, nil
}
