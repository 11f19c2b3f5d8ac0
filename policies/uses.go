package policies

import (
	"context"

	"sojourn/directory"
	"sojourn/internal/db"
)

// UsesOf lists the policies of an organization that speak of a group.
func (f *Feature) UsesOf(ctx context.Context, c db.Conn, tenantID, groupID string) ([]directory.GroupUse, error) {
	p, err := In(ctx, c, tenantID)
	if err != nil {
		return nil, err
	}
	return p.usesOf(groupID), nil
}
