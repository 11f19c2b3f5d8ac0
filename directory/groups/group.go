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
	People []directory.User
	Next   string // cursor of the next page
	Hidden int    // deleted users who would come back into it
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
	people, err := directory.MembersOf(ctx, f.DB, tenantID, g.ID, directory.ParseCursor(after), directory.PageSize+1)
	v.People, v.Next = directory.Cut(people, directory.CursorOf)
	return v, err
}

// editable reads a group that the asker may rename.
func (f *Feature) editable(ctx context.Context, who actor.Actor, tenantID, groupID string) (directory.Group, error) {
	if err := directory.MayRead(who, tenantID, directory.ManageUsers); err != nil {
		return directory.Group{}, err
	}
	g, found, err := directory.GroupBy(ctx, f.DB, tenantID, groupID)
	if err == nil && !found {
		err = fault.Missing()
	}
	return g, err
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
