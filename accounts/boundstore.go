package accounts

import (
	"context"

	"sojourn/internal/db"
)

// boundOf reads no more than who is there now has: whoever has left and comes back
// finds theirs again.
func boundOf(ctx context.Context, c db.Conn, accountID string) ([]Method, error) {
	return db.All(ctx, c, scanBound, `
		SELECT m.id, m.type, m.name, m.created_at, m.used_at, t.id, t.name, CASE WHEN m.state = 'reported' THEN m.changed_at END
		  FROM methods m
		  JOIN tenants t ON t.id = m.tenant_id
		  JOIN live_users u ON u.tenant_id = m.tenant_id AND u.account_id = m.account_id
		 WHERE m.account_id = $1 AND m.tenant_id IS NOT NULL AND m.state IN ('active', 'reported') AND t.state <> 'closed'
		 ORDER BY m.created_at, m.id`, accountID)
}

func boundBy(ctx context.Context, c db.Conn, accountID, methodID string) (m Method, found bool, err error) {
	return db.Maybe(ctx, c, scanBound, `
		SELECT m.id, m.type, m.name, m.created_at, m.used_at, t.id, t.name, CASE WHEN m.state = 'reported' THEN m.changed_at END
		  FROM methods m
		  JOIN tenants t ON t.id = m.tenant_id
		 WHERE m.id = $2 AND m.account_id = $1 AND m.state IN ('active', 'reported')`, accountID, methodID)
}

func scanBound(r db.Row) (m Method, err error) {
	err = r.Scan(&m.ID, &m.Type, &m.Name, db.At(&m.CreatedAt), db.At(&m.UsedAt), &m.Tenant, &m.Organization, db.At(&m.Reported))
	return
}

func deleteBound(ctx context.Context, tx *db.Tx, tenantID, accountID, methodID string) (bool, error) {
	n, err := db.Changed(ctx, tx, `DELETE FROM methods WHERE tenant_id = $1 AND account_id = $2 AND id = $3 AND state IN ('active', 'reported')`, tenantID, accountID, methodID)
	return n == 1, err
}

func reportBound(ctx context.Context, tx *db.Tx, tenantID, accountID, methodID string) (bool, error) {
	n, err := db.Changed(ctx, tx, `
		UPDATE methods SET state = 'reported', changed_at = $4 WHERE tenant_id = $1 AND account_id = $2 AND id = $3 AND state = 'active'`,
		tenantID, accountID, methodID, db.Micros(tx.Now()))
	return n == 1, err
}

func eraseBound(ctx context.Context, tx *db.Tx, tenantID, accountID string) error {
	_, err := tx.Exec(ctx, `
		DELETE FROM methods
		 WHERE tenant_id = $1 AND account_id = $2 AND NOT EXISTS (SELECT 1 FROM live_users u WHERE u.tenant_id = $1 AND u.account_id = $2)`,
		tenantID, accountID)
	return err
}
