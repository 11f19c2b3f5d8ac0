package directory

import (
	"context"
	"slices"
	"time"

	"sojourn/internal/actor"
	"sojourn/internal/fault"
)

// UserLine is a line of the list of users.
type UserLine struct {
	User
	Roles []Role
}

// UserList is one page of the live users of a tenant, and the cursor of the next.
func (f *Feature) UserList(ctx context.Context, who actor.Actor, tenantID string, filter Filter, after string) (lines []UserLine, next string, err error) {
	if _, err := reading(who, tenantID, ReadDirectory); err != nil {
		return nil, "", err
	}
	users, err := Users(ctx, f.DB, tenantID, filter, ParseCursor(after), pageSize+1)
	if err != nil {
		return nil, "", err
	}
	users, next = cut(users, CursorOf)
	ids := make([]string, len(users))
	for i, u := range users {
		ids[i] = u.ID
	}
	roles, err := rolesOfUsers(ctx, f.DB, ids)
	if err != nil {
		return nil, "", err
	}
	for _, u := range users {
		lines = append(lines, UserLine{User: u, Roles: byRank(roles[u.ID])})
	}
	return lines, next, nil
}

// Profile is what administrators see of one user of their organization.
type Profile struct {
	User
	Home       bool // the organization owns the account the user signs in with
	Inviter    Named
	Groups     []Named
	Roles      []Role
	Life       []Moment
	Departure  Departure // of the deletion the user is in
	WithinRank bool      // the asker may grant every role the user has
	Joinable   []Named   // groups the user is not in …
	ManyGroups bool      // … or too many to list: they are named
	Grantable  []Role    // roles the user lacks and the asker may grant
}

// Moment is one act in the life of a user.
type Moment struct {
	At        time.Time
	Act       string
	Other     string // the role, for acts on roles
	Actor     actor.Kind
	By        Named  // the administrator; no name where nobody knows it any more
	Departure string // of a restore: the record that says what came back
}

// Profile reads a user of the tenant, live or deleted.
func (f *Feature) Profile(ctx context.Context, who actor.Actor, tenantID, userID string) (Profile, error) {
	own, err := reading(who, tenantID, ReadDirectory)
	if err != nil {
		return Profile{}, err
	}
	u, found, err := AnyUser(ctx, f.DB, tenantID, userID)
	if err == nil && !found {
		err = fault.Missing()
	}
	if err == nil && !u.Live() {
		err = needs(own, ReadDeleted)
	}
	if err != nil {
		return Profile{}, err
	}
	p := Profile{User: u}
	if p.Home, err = ownsAccount(ctx, f.DB, u); err != nil {
		return Profile{}, err
	}
	if err := f.describe(ctx, &p); err != nil {
		return Profile{}, err
	}
	p.WithinRank = mayActOn(own, p.Roles) == nil
	for _, r := range grantable(own) {
		if !slices.Contains(p.Roles, r) {
			p.Grantable = append(p.Grantable, r)
		}
	}
	return p, nil
}

// describe fills in what hangs on the user.
func (f *Feature) describe(ctx context.Context, p *Profile) error {
	had, err := f.HadBy(ctx, f.DB, p.ID)
	if err != nil {
		return err
	}
	p.Groups, p.Roles = had.Groups, byRank(had.Roles)
	if p.Joinable, p.ManyGroups, err = f.joinable(ctx, p.TenantID, p.Groups); err != nil {
		return err
	}
	if !p.Live() {
		if p.Departure, _, _, err = lastDeparture(ctx, f.DB, p.TenantID, p.ID); err != nil {
			return err
		}
	}
	return f.remember(ctx, p)
}

func (f *Feature) joinable(ctx context.Context, tenantID string, in []Named) (out []Named, many bool, err error) {
	groups, err := Groups(ctx, f.DB, tenantID, "", Cursor{}, pageSize+1)
	if err != nil || len(groups) > pageSize {
		return nil, err == nil, err
	}
	for _, g := range groups {
		if !slices.ContainsFunc(in, func(n Named) bool { return n.ID == g.ID }) {
			out = append(out, Named{ID: g.ID, Name: g.Name})
		}
	}
	return out, false, nil
}

// lifeShown is how many acts the page of a user tells.
const lifeShown = 40

// remember fills in the life of a user, the newest act first, with the names of
// the administrators in it as they are now.
func (f *Feature) remember(ctx context.Context, p *Profile) error {
	var err error
	if p.Life, err = lifeOf(ctx, f.DB, p.TenantID, p.ID, lifeShown); err != nil {
		return err
	}
	restores, err := restoresOf(ctx, f.DB, p.ID)
	if err != nil {
		return err
	}
	ids := []string{p.InvitedBy}
	for i := range p.Life {
		m := &p.Life[i]
		if m.Actor != actor.Administrator {
			m.By = Named{} // an account's id, which no tenant is told
		}
		if m.Act == "user.restore" || m.Act == "user.merge" {
			m.Departure = restores[m.At.UnixMicro()]
		}
		ids = append(ids, m.By.ID)
	}
	names, err := namesOf(ctx, f.DB, p.TenantID, ids)
	if err != nil {
		return err
	}
	p.Inviter = Named{ID: p.InvitedBy, Name: names[p.InvitedBy]}
	for i := range p.Life {
		p.Life[i].By.Name = names[p.Life[i].By.ID]
	}
	return nil
}

// Leaver is a live user whom somebody is about to delete.
type Leaver struct {
	User
	Home    bool // they are kept from signing in anywhere
	Groups  []Named
	Roles   []Role
	PurgeAt time.Time // if deleted now
}

// Leaver reads a live user of the tenant for the page that asks whether to
// delete them.
func (f *Feature) Leaver(ctx context.Context, who actor.Actor, tenantID, userID string) (Leaver, error) {
	if _, err := reading(who, tenantID, ManageUsers); err != nil {
		return Leaver{}, err
	}
	u, found, err := LiveUser(ctx, f.DB, tenantID, userID)
	if err != nil || !found {
		return Leaver{}, first(err, fault.Missing())
	}
	had, err := f.HadBy(ctx, f.DB, u.ID)
	if err != nil {
		return Leaver{}, err
	}
	home, err := ownsAccount(ctx, f.DB, u)
	return Leaver{User: u, Home: home, Groups: had.Groups, Roles: byRank(had.Roles), PurgeAt: f.DB.Now().Add(Retention)}, err
}

// Choices is what the form for a new user offers.
type Choices struct {
	Tenant     Tenant
	Groups     []Group
	MoreGroups bool // than are listed
	Roles      []Role
}

// Choices reads what a new user can be given.
func (f *Feature) Choices(ctx context.Context, who actor.Actor, tenantID string) (Choices, error) {
	own, err := reading(who, tenantID, ManageUsers)
	if err != nil {
		return Choices{}, err
	}
	c := Choices{Roles: grantable(own)}
	var found bool
	if c.Tenant, found, err = TenantBy(ctx, f.DB, tenantID); err != nil || !found {
		return Choices{}, first(err, fault.Missing())
	}
	if c.Groups, err = Groups(ctx, f.DB, tenantID, "", Cursor{}, pageSize+1); err != nil {
		return Choices{}, err
	}
	var next string
	c.Groups, next = cut(c.Groups, GroupCursor)
	c.MoreGroups = next != ""
	return c, nil
}
