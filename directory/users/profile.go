package users

import (
	"cmp"
	"context"
	"slices"

	"sojourn/accounts"
	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/fault"
)

// profile is what administrators see of one user of their organization.
type profile struct {
	directory.User
	Home       bool   // the organization owns the account the user signs in with
	MailedTo   string // then: where letters to the user go, "" for nowhere
	Inviter    directory.Named
	Groups     []directory.Named
	Roles      []directory.Role
	Life       []moment
	Departure  directory.Departure // of the deletion the user is in
	WithinRank bool                // the asker may grant every role the user has
	Joinable   []directory.Named   // groups the user is not in …
	ManyGroups bool                // … or too many to list: they are named
	Grantable  []directory.Role    // roles the user lacks and the asker may grant
}

// profile reads a user of the tenant, live or deleted.
func (f *Feature) profile(ctx context.Context, who actor.Actor, tenantID, userID string) (profile, error) {
	if err := directory.MayRead(who, tenantID, directory.ReadDirectory); err != nil {
		return profile{}, err
	}
	u, found, err := directory.AnyUser(ctx, f.DB, tenantID, userID)
	if err != nil || !found {
		return profile{}, cmp.Or[error](err, fault.Missing())
	}
	if !u.Live() {
		if err := directory.MayRead(who, tenantID, directory.ReadDeleted); err != nil {
			return profile{}, err
		}
	}
	p := profile{User: u}
	if err := f.home(ctx, &p); err != nil {
		return profile{}, err
	}
	if err := f.describe(ctx, &p); err != nil {
		return profile{}, err
	}
	own := directory.RolesHeld(who)
	p.WithinRank = directory.MayActOn(own, p.Roles) == nil
	p.Grantable = slices.DeleteFunc(grantable(own), func(r directory.Role) bool { return slices.Contains(p.Roles, r) })
	return p, nil
}

// home fills in whose the account is, and of the organization's own where letters go.
func (f *Feature) home(ctx context.Context, p *profile) (err error) {
	if p.Home, err = directory.OwnsAccount(ctx, f.DB, p.User); err == nil && p.Home {
		p.MailedTo, err = accounts.MailAddress(ctx, f.DB, p.AccountID)
	}
	return err
}

// describe fills in what hangs on the user.
func (f *Feature) describe(ctx context.Context, p *profile) error {
	had, err := f.Directory.HadBy(ctx, f.DB, p.ID)
	if err != nil {
		return err
	}
	p.Groups, p.Roles = had.Groups, byRank(had.Roles)
	if p.Joinable, p.ManyGroups, err = f.joinable(ctx, p.TenantID, p.Groups); err != nil {
		return err
	}
	if !p.Live() {
		if p.Departure, _, err = directory.LastDeparture(ctx, f.DB, p.TenantID, p.ID); err != nil {
			return err
		}
	}
	return f.remember(ctx, p)
}

// joinable lists the groups a user is not in, unless there are too many to list.
func (f *Feature) joinable(ctx context.Context, tenantID string, in []directory.Named) (out []directory.Named, many bool, err error) {
	groups, many, err := directory.FirstGroups(ctx, f.DB, tenantID)
	if err != nil || many {
		return nil, many, err
	}
	for _, g := range groups {
		if !slices.ContainsFunc(in, func(n directory.Named) bool { return n.ID == g.ID }) {
			out = append(out, directory.Named{ID: g.ID, Name: g.Name})
		}
	}
	return out, false, nil
}

// findGroup finds a group by its id or its whole name.
func (f *Feature) findGroup(ctx context.Context, who actor.Actor, tenantID, typed string) (directory.Group, error) {
	if err := directory.MayRead(who, tenantID, directory.ReadDirectory); err != nil {
		return directory.Group{}, err
	}
	g, found, err := directory.GroupBy(ctx, f.DB, tenantID, typed)
	if err == nil && !found {
		g, found, err = directory.GroupNamed(ctx, f.DB, tenantID, typed)
	}
	if err == nil && !found {
		err = fault.New(fault.Invalid, "unknown_group", "directory.user.group.unknown").Field("group", "directory.user.group.unknown")
	}
	return g, err
}
