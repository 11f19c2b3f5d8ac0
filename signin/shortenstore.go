package signin

import (
	"context"

	"sojourn/internal/db"
)

// shorten lets the sessions of an organization's people end as those that begin now
// do. Where nobody may stay signed in any more, who has stayed so goes idle as well.
func shorten(ctx context.Context, tx *db.Tx, tenantID string, usual, stays life) error {
	const theirs = `account_id IN (SELECT a.id FROM live_users u JOIN accounts a ON a.home_user_id = u.id WHERE u.tenant_id = $1) AND ended_at IS NULL`
	_, err := tx.Exec(ctx, `UPDATE sessions SET idle = $2 WHERE idle > $2 AND `+theirs, tenantID, usual.Idle.Microseconds())
	if err != nil {
		return err
	}
	if !stays.Stays {
		if _, err = tx.Exec(ctx, `UPDATE sessions SET stays = FALSE WHERE stays AND `+theirs, tenantID); err != nil {
			return err
		}
	}
	_, err = tx.Exec(ctx, `
		UPDATE sessions SET expires_at = created_at + CASE WHEN stays THEN CAST($3 AS BIGINT) ELSE CAST($2 AS BIGINT) END
		 WHERE expires_at > created_at + CASE WHEN stays THEN CAST($3 AS BIGINT) ELSE CAST($2 AS BIGINT) END AND `+theirs,
		tenantID, usual.Lasts.Microseconds(), stays.Lasts.Microseconds())
	return err
}
