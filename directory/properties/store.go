package properties

import (
	"context"

	"sojourn/internal/db"
)

// countHeld counts the users of a tenant, live or deleted, that a legal hold keeps.
func countHeld(ctx context.Context, c db.Conn, tenantID string) (int, error) {
	return db.Count(ctx, c, `SELECT count(*) FROM users WHERE tenant_id = $1 AND hold_at IS NOT NULL`, tenantID)
}
