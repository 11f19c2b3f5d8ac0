package groups

import (
	"cmp"
	"context"
	"strings"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/fault"
)

// view is a group with one page of its live members.
type view struct {
	directory.Group
	People []person
	Next   string // cursor of the next page
	Hidden int    // deleted users who would come back into it
	Uses   []use  // what the organization has said of it
	Change bool   // the asker may change it
}

// person is a member of a group; Above says that the asker may not act on them.
type person struct {
	directory.User
	Above bool
}

// use is something that was said of a group; Open says that the asker may look at it.
type use struct {
	directory.GroupUse
	Open bool
}

// view reads a group of the tenant.
func (f *Feature) view(ctx context.Context, who actor.Actor, tenantID, groupID, after string) (view, error) {
	if err := directory.MayRead(who, tenantID, directory.ReadDirectory); err != nil {
		return view{}, err
	}
	g, found, err := directory.GroupBy(ctx, f.DB, tenantID, groupID)
	if err != nil || !found {
		return view{}, cmp.Or[error](err, fault.Missing())
	}
	v := view{Group: g}
	if v.Members, v.Hidden, err = countMembers(ctx, f.DB, g.ID); err != nil {
		return view{}, err
	}
	uses, err := f.Directory.UsesOf(ctx, f.DB, tenantID, g.ID)
	if err != nil {
		return view{}, err
	}
	v.take(directory.RolesHeld(who), uses)
	people, err := directory.MembersOf(ctx, f.DB, tenantID, g.ID, directory.ParseCursor(after), directory.PageSize+1)
	if err != nil {
		return view{}, err
	}
	people, v.Next = directory.Cut(people, directory.CursorOf)
	v.People, err = f.persons(ctx, who, people)
	return v, err
}

// persons are members of a group as the asker sees them.
func (f *Feature) persons(ctx context.Context, who actor.Actor, users []directory.User) ([]person, error) {
	ids := make([]string, len(users))
	for i, u := range users {
		ids[i] = u.ID
	}
	roles, err := directory.RolesAmong(ctx, f.DB, ids)
	if err != nil {
		return nil, err
	}
	var out []person
	own := directory.RolesHeld(who)
	for _, u := range users {
		out = append(out, person{u, directory.MayActOn(own, roles[u.ID]) != nil})
	}
	return out, nil
}

// take notes what was said of the group, as somebody with these roles sees it.
func (v *view) take(roles []directory.Role, uses []directory.GroupUse) {
	for _, u := range uses {
		v.Uses = append(v.Uses, use{u, directory.Allows(roles, u.Read)})
	}
	v.Change = directory.Allows(roles, directory.ManageUsers) && directory.MayRegroup(roles, uses) == nil
}

// editable reads a group that the asker may rename.
func (f *Feature) editable(ctx context.Context, who actor.Actor, tenantID, groupID string) (directory.Group, error) {
	if err := directory.MayRead(who, tenantID, directory.ManageUsers); err != nil {
		return directory.Group{}, err
	}
	g, found, err := directory.GroupBy(ctx, f.DB, tenantID, groupID)
	if err != nil || !found {
		return g, cmp.Or[error](err, fault.Missing())
	}
	uses, err := f.Directory.UsesOf(ctx, f.DB, tenantID, groupID)
	if err != nil {
		return g, err
	}
	return g, directory.MayRegroup(directory.RolesHeld(who), uses)
}

// findUser finds the one live user whom a typed principal name or mail address
// means.
func (f *Feature) findUser(ctx context.Context, who actor.Actor, tenantID, typed string) (directory.User, error) {
	if err := directory.MayRead(who, tenantID, directory.ReadDirectory); err != nil {
		return directory.User{}, err
	}
	if !strings.ContainsRune(typed, '@') {
		return meant(nil, typed)
	}
	users, err := directory.UsersNamed(ctx, f.DB, tenantID, typed)
	if err != nil {
		return directory.User{}, err
	}
	return meant(users, typed)
}
