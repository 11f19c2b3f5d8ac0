package directory

import (
	"context"
	"strings"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/fault"
)

// GroupCursor is the cursor behind a group in the list by name.
func GroupCursor(g Group) Cursor { return Cursor{Key: sortKey(g.Name), ID: g.ID} }

// GroupList is one page of the groups whose name begins with a prefix, and the
// cursor of the next.
func (f *Feature) GroupList(ctx context.Context, who actor.Actor, tenantID, prefix, after string) (groups []Group, next string, err error) {
	if _, err := reading(who, tenantID, ReadDirectory); err != nil {
		return nil, "", err
	}
	if groups, err = Groups(ctx, f.DB, tenantID, prefix, ParseCursor(after), pageSize+1); err != nil {
		return nil, "", err
	}
	groups, next = cut(groups, GroupCursor)
	return groups, next, nil
}

// GroupView is a group with one page of its live members.
type GroupView struct {
	Group
	People []User
	Next   string // cursor of the next page
	Hidden int    // deleted users who would come back into it
}

// GroupView reads a group of the tenant.
func (f *Feature) GroupView(ctx context.Context, who actor.Actor, tenantID, groupID, after string) (GroupView, error) {
	if _, err := reading(who, tenantID, ReadDirectory); err != nil {
		return GroupView{}, err
	}
	g, found, err := GroupBy(ctx, f.DB, tenantID, groupID)
	if err != nil || !found {
		return GroupView{}, first(err, fault.Missing())
	}
	v := GroupView{Group: g}
	if v.Members, v.Hidden, err = countMembers(ctx, f.DB, g.ID); err != nil {
		return GroupView{}, err
	}
	v.People, err = MembersOf(ctx, f.DB, tenantID, g.ID, ParseCursor(after), pageSize+1)
	if err != nil {
		return GroupView{}, err
	}
	v.People, v.Next = cut(v.People, CursorOf)
	return v, nil
}

// FindUser finds the one live user whom a typed principal name or mail address
// means.
func (f *Feature) FindUser(ctx context.Context, who actor.Actor, tenantID, typed string) (User, error) {
	if _, err := reading(who, tenantID, ReadDirectory); err != nil {
		return User{}, err
	}
	if !strings.ContainsRune(typed, '@') {
		return meant(nil, typed)
	}
	users, err := usersNamed(ctx, f.DB, tenantID, typed)
	if err != nil {
		return User{}, err
	}
	return meant(users, typed)
}

// FindGroup finds a group by its id or its whole name.
func (f *Feature) FindGroup(ctx context.Context, who actor.Actor, tenantID, typed string) (Group, error) {
	if _, err := reading(who, tenantID, ReadDirectory); err != nil {
		return Group{}, err
	}
	g, found, err := GroupBy(ctx, f.DB, tenantID, typed)
	if err == nil && !found {
		g, found, err = GroupNamed(ctx, f.DB, tenantID, typed)
	}
	if err == nil && !found {
		err = fault.New(fault.Invalid, "unknown_group", "directory.user.group.unknown").Field("group", "directory.user.group.unknown")
	}
	return g, err
}

// meant picks the user a typed address means. A principal name is one user's; a
// mail address may be several users', and then nobody is guessed at.
func meant(users []User, typed string) (User, error) {
	var byMail []User
	for _, u := range users {
		switch accounts.Fold(typed) {
		case accounts.Fold(u.PrincipalName):
			return u, nil
		case accounts.Fold(u.Mail), u.InvitedSubject:
			byMail = append(byMail, u)
		}
	}
	key := "directory.group.member.unknown"
	switch {
	case len(byMail) == 1:
		return byMail[0], nil
	case len(byMail) > 1:
		key = "directory.group.member.several"
	}
	return User{}, fault.New(fault.Invalid, "unknown_user", key).Field("member", key)
}
