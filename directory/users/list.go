package users

import (
	"context"

	"sojourn/directory"
	"sojourn/internal/actor"
)

// line is a line of the list of users.
type line struct {
	directory.User
	Roles []directory.Role
}

// list is one page of the live users of a tenant, and the cursor of the next.
func (f *Feature) list(ctx context.Context, who actor.Actor, tenantID string, filter directory.Filter, after string) (lines []line, next string, err error) {
	if err := directory.MayRead(who, tenantID, directory.ReadDirectory); err != nil {
		return nil, "", err
	}
	users, err := directory.Users(ctx, f.DB, tenantID, filter, directory.ParseCursor(after), directory.PageSize+1)
	if err != nil {
		return nil, "", err
	}
	users, next = directory.Cut(users, directory.CursorOf)
	ids := make([]string, len(users))
	for i, u := range users {
		ids[i] = u.ID
	}
	roles, err := directory.RolesAmong(ctx, f.DB, ids)
	if err != nil {
		return nil, "", err
	}
	for _, u := range users {
		lines = append(lines, line{User: u, Roles: byRank(roles[u.ID])})
	}
	return lines, next, nil
}
