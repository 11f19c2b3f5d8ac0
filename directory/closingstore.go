package directory

import (
	"context"
	"time"

	"sojourn/accounts"
	"sojourn/internal/db"
)

// toTell finds a tenant in which not everybody has been told, and how far it got.
func toTell(ctx context.Context, c db.Conn) (t Tenant, told telling, found bool, err error) {
	var kept string
	t, found, err = db.Maybe(ctx, c, func(r db.Row) (t Tenant, err error) {
		err = r.Scan(&t.ID, &kept)
		return
	}, `SELECT id, told_to FROM tenants WHERE told_to IS NOT NULL ORDER BY id LIMIT 1`)
	if err != nil || !found {
		return t, told, found, err
	}
	t, found, err = TenantBy(ctx, c, t.ID)
	return t, parseTelling(kept), found, err
}

func toldUpTo(ctx context.Context, tx *db.Tx, tenantID string, told telling, all bool) error {
	_, err := tx.Exec(ctx, `UPDATE tenants SET told_to = CASE WHEN $3 THEN NULL ELSE $2 END WHERE id = $1 AND told_to IS NOT NULL`, tenantID, told.String(), all)
	return err
}

// usersFrom lists live users of a tenant behind an id.
func usersFrom(ctx context.Context, c db.Conn, tenantID, after string, limit int) ([]User, error) {
	return db.All(ctx, c, scanUser, `
		SELECT `+userColumns+` FROM users u
		 WHERE u.tenant_id = $1 AND u.deleted_at IS NULL AND u.id > $2 ORDER BY u.id LIMIT $3`, tenantID, after, limit)
}

// closingDue finds a tenant whose time has come and in which something is left
// to delete.
func closingDue(ctx context.Context, c db.Conn, now time.Time) (Tenant, bool, error) {
	return db.Maybe(ctx, c, scanTenant, `
		SELECT `+tenantColumns+` FROM tenants t
		 WHERE t.purge_at <= $1 AND (t.state <> 'closed'
		    OR EXISTS (SELECT 1 FROM users u WHERE u.tenant_id = t.id AND u.hold_at IS NULL)
		    OR NOT EXISTS (SELECT 1 FROM users u WHERE u.tenant_id = t.id))
		 ORDER BY t.purge_at LIMIT 1`, db.Micros(now))
}

// notHeld lists users of a tenant, live or deleted, that no legal hold keeps.
func notHeld(ctx context.Context, c db.Conn, tenantID string, limit int) ([]User, error) {
	return db.All(ctx, c, scanUser, `
		SELECT `+userColumns+` FROM users u WHERE u.tenant_id = $1 AND u.hold_at IS NULL ORDER BY u.id LIMIT $2`, tenantID, limit)
}

// CountHeld counts the users of a tenant, live or deleted, that a legal hold keeps.
func CountHeld(ctx context.Context, c db.Conn, tenantID string) (int, error) {
	return db.Count(ctx, c, `SELECT count(*) FROM users WHERE tenant_id = $1 AND hold_at IS NOT NULL`, tenantID)
}

// emptyTenant removes what hung on nobody; false while somebody is left. Then the
// tenant has had its time.
func emptyTenant(ctx context.Context, tx *db.Tx, tenantID string) (bool, error) {
	left, err := db.Count(ctx, tx, `SELECT count(*) FROM (SELECT 1 FROM users WHERE tenant_id = $1 LIMIT 1) AS few`, tenantID)
	if err != nil || left > 0 {
		return false, err
	}
	for _, text := range []string{
		`DELETE FROM members WHERE group_id IN (SELECT id FROM groups WHERE tenant_id = $1)`,
		`DELETE FROM groups WHERE tenant_id = $1`,
		`DELETE FROM settings WHERE tenant_id = $1`,
		`UPDATE tenants SET purge_at = NULL, told_to = NULL, privacy_contact = '', technical_contact = '', privacy_statement = '' WHERE id = $1`,
	} {
		if _, err := tx.Exec(ctx, text, tenantID); err != nil {
			return false, err
		}
	}
	if err := accounts.ForgetTokens(ctx, tx, tenantID); err != nil {
		return false, err
	}
	_, err = tx.Exec(ctx, `UPDATE connections SET ended_at = $2, ended_by = 'system' WHERE tenant_id = $1 AND ended_at IS NULL`, tenantID, db.Micros(tx.Now()))
	return true, err
}
