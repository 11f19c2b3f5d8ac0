package directory

import (
	"context"

	"sojourn/internal/db"
)

// homeTenant is the organization of an account's home user, "" without one.
func homeTenant(ctx context.Context, c db.Conn, accountID string) (string, error) {
	id, _, err := db.Maybe(ctx, c, db.Text, `
		SELECT u.tenant_id FROM accounts a JOIN live_users u ON u.id = a.home_user_id WHERE a.id = $1`, accountID)
	return id, err
}

// insertConnection opens a connection, or counts as use of the open one, and
// gives its id.
func insertConnection(ctx context.Context, tx *db.Tx, id, tenantID, accountID, homeID string) (string, error) {
	return db.One(ctx, tx, db.Text, `
		INSERT INTO connections (id, tenant_id, account_id, home_id, first_at, last_at, ended_by) VALUES ($1, $2, $3, $4, $5, $5, '')
		ON CONFLICT (tenant_id, account_id) WHERE ended_at IS NULL DO UPDATE SET last_at = $5
		RETURNING id`, id, tenantID, accountID, homeID, db.Micros(tx.Now()))
}

func endConnection(ctx context.Context, tx *db.Tx, tenantID, accountID, by string) (id string, ended bool, err error) {
	return db.Maybe(ctx, tx, db.Text, `
		UPDATE connections SET ended_at = $3, ended_by = $4 WHERE tenant_id = $1 AND account_id = $2 AND ended_at IS NULL
		RETURNING id`, tenantID, accountID, db.Micros(tx.Now()), by)
}

// endConnections ends all of an account that is no more.
func endConnections(ctx context.Context, tx *db.Tx, accountID string) error {
	_, err := tx.Exec(ctx, `UPDATE connections SET ended_at = $2, ended_by = 'system' WHERE account_id = $1 AND ended_at IS NULL`,
		accountID, db.Micros(tx.Now()))
	return err
}

// ConnectionOf reads the open connection of an account into an organization.
func ConnectionOf(ctx context.Context, c db.Conn, tenantID, accountID string) (n Connection, found bool, err error) {
	return db.Maybe(ctx, c, scanConnection, `
		SELECT `+connectionColumns+connectionTables+`
		 WHERE n.tenant_id = $1 AND n.account_id = $2 AND n.ended_at IS NULL`, tenantID, accountID)
}

const (
	connectionColumns = `n.id, t.id, t.name, h.id, h.name, u.id, u.display_name, u.principal_name, n.first_at, n.last_at`
	connectionTables  = ` FROM connections n
		  JOIN tenants t ON t.id = n.tenant_id
		  LEFT JOIN tenants h ON h.id = n.home_id
		  JOIN accounts a ON a.id = n.account_id
		  LEFT JOIN live_users u ON u.id = a.home_user_id`
)

func scanConnection(r db.Row) (n Connection, err error) {
	err = r.Scan(&n.ID, &n.Host.ID, &n.Host.Name, db.Opt(&n.Home.ID), db.Opt(&n.Home.Name), db.Opt(&n.HomeUser.ID), db.Opt(&n.HomeUser.Name),
		db.Opt(&n.Address), db.At(&n.First), db.At(&n.Last))
	return
}

// ConnectionsIn lists who uses what an organization shares, the last used first.
func ConnectionsIn(ctx context.Context, c db.Conn, tenantID string, after Cursor, limit int) ([]Connection, error) {
	at, id := after.before()
	return db.All(ctx, c, scanConnection, `
		SELECT `+connectionColumns+connectionTables+`
		 WHERE n.tenant_id = $1 AND n.ended_at IS NULL AND (n.last_at, n.id) < ($2, $3)
		 ORDER BY n.last_at DESC, n.id DESC LIMIT $4`, tenantID, at, id, limit)
}

// ConnectionsOut lists which people of an organization use what others share.
func ConnectionsOut(ctx context.Context, c db.Conn, homeID string, after Cursor, limit int) ([]Connection, error) {
	at, id := after.before()
	return db.All(ctx, c, scanConnection, `
		SELECT `+connectionColumns+connectionTables+`
		 WHERE n.home_id = $1 AND n.ended_at IS NULL AND (n.last_at, n.id) < ($2, $3)
		 ORDER BY n.last_at DESC, n.id DESC LIMIT $4`, homeID, at, id, limit)
}
