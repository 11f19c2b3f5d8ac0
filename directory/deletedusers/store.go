package deletedusers

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"sojourn/internal/db"
)

// countDeleted counts the deleted users of a tenant, those among them that are
// purged before near, and those on legal hold; each up to most. Each has a purge
// date; asking for it leads to the index that counts without reading a user.
func countDeleted(ctx context.Context, c db.Conn, tenantID string, near time.Time, most int) (n counts, err error) {
	n.All, err = db.Count(ctx, c, `
		SELECT count(*) FROM (SELECT 1 FROM users WHERE tenant_id = $1 AND deleted_at IS NOT NULL AND purge_at > 0 LIMIT $2) AS few`, tenantID, most)
	if err != nil {
		return counts{}, err
	}
	n.Soon, err = db.Count(ctx, c, `
		SELECT count(*) FROM (SELECT 1 FROM users WHERE tenant_id = $1 AND deleted_at IS NOT NULL AND purge_at < $2 LIMIT $3) AS few`,
		tenantID, db.Micros(near), most)
	if err != nil {
		return counts{}, err
	}
	n.Held, err = db.Count(ctx, c, `
		SELECT count(*) FROM (SELECT 1 FROM users WHERE tenant_id = $1 AND deleted_at IS NOT NULL AND hold_at IS NOT NULL AND purge_at > 0 LIMIT $2) AS few`, tenantID, most)
	return n, err
}

// restoreOf reads what a departure that ended in a restore gave, and of whom:
// the users have their id only.
func restoreOf(ctx context.Context, c db.Conn, tenantID, departureID string) (o outcome, found bool, err error) {
	return db.Maybe(ctx, c, func(r db.Row) (o outcome, err error) {
		var result string
		if err := r.Scan(&o.DepartureID, &o.Old.ID, db.At(&o.When), db.Opt(&o.By), &result); err != nil {
			return o, err
		}
		if err := json.Unmarshal([]byte(result), &o.Restored); err != nil {
			return o, fmt.Errorf("departure %s: %w", o.DepartureID, err)
		}
		return o, nil
	}, `
		SELECT d.id, d.user_id, d.restored_at, b.display_name, d.result
		  FROM departures d LEFT JOIN users b ON b.id = d.restored_by AND b.tenant_id = d.tenant_id
		 WHERE d.id = $1 AND d.tenant_id = $2 AND d.restored_at IS NOT NULL`, departureID, tenantID)
}

// tombstone reads when a user of a tenant was deleted permanently.
func tombstone(ctx context.Context, c db.Conn, tenantID, userID string) (e erased, found bool, err error) {
	return db.Maybe(ctx, c, func(r db.Row) (e erased, err error) {
		err = r.Scan(&e.UserID, db.At(&e.At))
		return
	}, `SELECT user_id, at FROM tombstones WHERE user_id = $1 AND tenant_id = $2`, userID, tenantID)
}
