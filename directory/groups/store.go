package groups

import (
	"context"

	"sojourn/internal/db"
)

// countMembers counts the live members of a group, and the deleted ones hidden
// in it.
func countMembers(ctx context.Context, c db.Conn, groupID string) (live, hidden int, err error) {
	n, err := db.One(ctx, c, func(r db.Row) (n [2]int, err error) { err = r.Scan(&n[0], &n[1]); return }, `
		SELECT count(*) FILTER (WHERE u.deleted_at IS NULL), count(*) FILTER (WHERE u.deleted_at IS NOT NULL)
		  FROM members m JOIN users u ON u.id = m.user_id WHERE m.group_id = $1`, groupID)
	return n[0], n[1], err
}
