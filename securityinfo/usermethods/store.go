package usermethods

import (
	"context"

	"sojourn/internal/db"
)

// anyOpen says whether an account has a session that would still be accepted.
func anyOpen(ctx context.Context, tx *db.Tx, accountID string) (bool, error) {
	n, err := db.Count(ctx, tx, `
		SELECT count(*) FROM (SELECT 1 FROM sessions WHERE account_id = $1 AND ended_at IS NULL AND expires_at > $2 LIMIT 1) AS one`,
		accountID, db.Micros(tx.Now()))
	return n > 0, err
}
