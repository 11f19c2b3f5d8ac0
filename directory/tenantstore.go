package directory

import (
	"context"
	"time"

	"sojourn/accounts"
	"sojourn/internal/db"
)

const tenantColumns = `t.id, t.name, COALESCE((SELECT MIN(d.name) FROM domains d WHERE d.tenant_id = t.id AND d.initial), ''),
	t.state, t.state_at, t.privacy_statement, t.privacy_contact, t.technical_contact, t.language, t.created_at, t.purge_at`

func scanTenant(r db.Row) (t Tenant, err error) {
	err = r.Scan(&t.ID, &t.Name, &t.Domain, &t.State, db.At(&t.StateAt), &t.PrivacyStatement, &t.PrivacyContact, &t.TechnicalContact,
		&t.Language, db.At(&t.CreatedAt), db.At(&t.PurgeAt))
	return
}

// TenantBy finds a tenant by its id or by one of its verified domains.
func TenantBy(ctx context.Context, c db.Conn, idOrDomain string) (t Tenant, found bool, err error) {
	return db.Maybe(ctx, c, scanTenant, `
		SELECT `+tenantColumns+` FROM tenants t
		 WHERE t.id = COALESCE((SELECT tenant_id FROM domains WHERE name = $1 AND verified_at IS NOT NULL), $1)`, accounts.Fold(idOrDomain))
}

// Tenants lists all tenants by name, from the key after on.
func Tenants(ctx context.Context, c db.Conn, after string, limit int) ([]Tenant, error) {
	return db.All(ctx, c, scanTenant, `SELECT `+tenantColumns+` FROM tenants t WHERE t.name_key > $1 ORDER BY t.name_key LIMIT $2`,
		sortKey(after), limit)
}

// AnyTenant says whether there is an organization at all.
func AnyTenant(ctx context.Context, c db.Conn) (bool, error) {
	n, err := db.Count(ctx, c, `SELECT count(*) FROM (SELECT 1 FROM tenants LIMIT 1) AS few`)
	return n > 0, err
}

func insertTenant(ctx context.Context, tx *db.Tx, t Tenant) (bool, error) {
	n, err := db.Changed(ctx, tx, `
		INSERT INTO tenants (id, name, name_key, state, privacy_statement, privacy_contact, technical_contact, language, created_at, state_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9) ON CONFLICT DO NOTHING`,
		t.ID, t.Name, sortKey(t.Name), t.State, t.PrivacyStatement, t.PrivacyContact, t.TechnicalContact, t.Language, db.Micros(t.CreatedAt))
	return n == 1, err
}

func insertDomain(ctx context.Context, tx *db.Tx, tenantID, domain string) (bool, error) {
	n, err := db.Changed(ctx, tx, `INSERT INTO domains (name, tenant_id, initial, verified_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
		domain, tenantID, true, db.Micros(tx.Now()))
	return n == 1, err
}

// Domains lists the verified domains of a tenant, the initial one first.
func Domains(ctx context.Context, c db.Conn, tenantID string) ([]string, error) {
	return db.All(ctx, c, db.Text, `SELECT name FROM domains WHERE tenant_id = $1 AND verified_at IS NOT NULL ORDER BY initial DESC, name`, tenantID)
}

// setTenantState sets the state; purgeAt, where its closing was announced, says
// when everything in it is deleted. With tell the people in it are told.
func setTenantState(ctx context.Context, tx *db.Tx, tenantID string, state TenantState, purgeAt time.Time, tell *telling) error {
	var to any
	if tell != nil {
		to = tell.String()
	}
	_, err := tx.Exec(ctx, `UPDATE tenants SET state = $2, state_at = $3, purge_at = $4, told_to = $5 WHERE id = $1`,
		tenantID, state, db.Micros(tx.Now()), db.Micros(purgeAt), to)
	return err
}

// shut closes a tenant whose closing was announced; what was announced stands.
func shut(ctx context.Context, tx *db.Tx, tenantID string) error {
	_, err := tx.Exec(ctx, `UPDATE tenants SET state = 'closed', state_at = $2 WHERE id = $1`, tenantID, db.Micros(tx.Now()))
	return err
}

// setProperties gives false where another tenant has, or had, the name.
func setProperties(ctx context.Context, tx *db.Tx, t Tenant) (bool, error) {
	n, err := db.Changed(ctx, tx, `
		UPDATE tenants SET name = $2, name_key = $3, privacy_statement = $4, privacy_contact = $5, technical_contact = $6
		 WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM tenants o WHERE o.name_key = $3 AND o.id <> $1)`,
		t.ID, t.Name, sortKey(t.Name), t.PrivacyStatement, t.PrivacyContact, t.TechnicalContact)
	return n == 1, err
}

func membersOfTenant(ctx context.Context, tx *db.Tx, tenantID string) ([]string, error) {
	return db.All(ctx, tx, db.Text, `
		SELECT a.id FROM accounts a JOIN users u ON u.id = a.home_user_id WHERE u.tenant_id = $1`, tenantID)
}

func endTenantSessions(ctx context.Context, tx *db.Tx, tenantID string) error {
	_, err := tx.Exec(ctx, `DELETE FROM session_tenants WHERE tenant_id = $1`, tenantID)
	return err
}
