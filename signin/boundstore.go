package signin

import (
	"context"
	"math"

	"sojourn/internal/db"
)

// showBound notes that a session has shown the method bound to a tenant, and so has
// been there.
func showBound(ctx context.Context, tx *db.Tx, session, tenantID, userID, methodID string) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO session_tenants (session_id, tenant_id, user_id, entered_at, second, second_at) VALUES ($1, $2, $3, $4, $5, $4)
		ON CONFLICT (session_id, tenant_id) DO UPDATE SET user_id = $3, second = $5, second_at = $4`,
		session, tenantID, userID, db.Micros(tx.Now()), methodID)
	return err
}

// anyUserIn is the user of an account in a tenant, else the one who can be restored
// there; "" for none.
func anyUserIn(ctx context.Context, c db.Conn, tenantID, accountID string) (string, error) {
	userID, _, err := db.Maybe(ctx, c, db.Text, `
		SELECT id FROM users WHERE tenant_id = $1 AND account_id = $2 ORDER BY COALESCE(deleted_at, $3) DESC, id DESC LIMIT 1`,
		tenantID, accountID, int64(math.MaxInt64))
	return userID, err
}
