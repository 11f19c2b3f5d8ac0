package groups

import (
	"context"

	"sojourn/directory"
	"sojourn/internal/actor"
)

// list is one page of the groups whose name begins with a prefix, and the cursor
// of the next.
func (f *Feature) list(ctx context.Context, who actor.Actor, tenantID, prefix, after string) (groups []directory.Group, next string, err error) {
	if err := directory.MayRead(who, tenantID, directory.ReadDirectory); err != nil {
		return nil, "", err
	}
	groups, err = directory.Groups(ctx, f.DB, tenantID, prefix, directory.ParseCursor(after), directory.PageSize+1)
	groups, next = directory.Cut(groups, directory.GroupCursor)
	return groups, next, err
}
