package guests

import (
	"context"
	"time"

	"sojourn/internal/db"
)

// invitationOf finds the tenant of a live user that was made for one of an
// account's names, or is tied to the account already.
func invitationOf(ctx context.Context, tx *db.Tx, accountID, userID string) (tenantID string, found bool, err error) {
	return db.Maybe(ctx, tx, db.Text, `
		SELECT u.tenant_id FROM live_users u
		 WHERE u.id = $2 AND u.creation_type = 'Invitation' AND (u.account_id = $1 OR u.account_id IS NULL AND EXISTS (
		       SELECT 1 FROM identities n JOIN accounts a ON a.id = n.account_id
		        WHERE n.account_id = $1 AND n.issuer = u.invited_issuer AND n.subject = u.invited_subject
		          AND n.lost_at IS NULL AND n.verified_at IS NOT NULL AND a.state = 'active'))`, accountID, userID)
}

// declinedBy finds the tenant of an invitation that an account has declined.
func declinedBy(ctx context.Context, tx *db.Tx, accountID, userID string) (tenantID string, found bool, err error) {
	return db.Maybe(ctx, tx, db.Text, `
		SELECT tenant_id FROM tombstones WHERE user_id = $2 AND actor = 'person' AND actor_id = $1 AND reason = 'declined'`, accountID, userID)
}

// linkLanguage is the language of a user's newest link, "" without one.
func linkLanguage(ctx context.Context, tx *db.Tx, userID string) (string, error) {
	language, _, err := db.Maybe(ctx, tx, db.Text, `SELECT language FROM links WHERE user_id = $1 ORDER BY created_at DESC, id DESC LIMIT 1`, userID)
	return language, err
}

// stored is a setting as it stands in its row.
type stored struct {
	value string
	at    time.Time
	by    string // user id, or the kind of actor
	name  string // of the user
}

func settingOf(ctx context.Context, c db.Conn, tenantID, name string) (s stored, found bool, err error) {
	return db.Maybe(ctx, c, func(r db.Row) (s stored, err error) {
		err = r.Scan(&s.value, db.At(&s.at), &s.by, db.Opt(&s.name))
		return
	}, `
		SELECT s.value, s.set_at, s.set_by, u.display_name
		  FROM settings s LEFT JOIN users u ON u.id = s.set_by AND u.tenant_id = s.tenant_id
		 WHERE s.tenant_id = $1 AND s.name = $2`, tenantID, name)
}

func saveSetting(ctx context.Context, tx *db.Tx, tenantID, name, value, by string) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO settings (tenant_id, name, value, set_at, set_by) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (tenant_id, name) DO UPDATE SET value = $3, set_at = $4, set_by = $5`, tenantID, name, value, db.Micros(tx.Now()), by)
	return err
}

// heardOf says whether an organization has, or had, to do with an account: a
// user, live or deleted, or an invitation that waits.
func heardOf(ctx context.Context, tx *db.Tx, accountID, tenantID string) (bool, error) {
	n, err := db.Count(ctx, tx, `
		SELECT (SELECT count(*) FROM users WHERE account_id = $1 AND tenant_id = $2)
		     + (SELECT count(*) FROM receipts WHERE account_id = $1 AND tenant_id = $2)
		     + (SELECT count(*) FROM identities n
		          JOIN users u ON u.invited_issuer = n.issuer AND u.invited_subject = n.subject AND u.account_id IS NULL AND u.deleted_at IS NULL
		         WHERE n.account_id = $1 AND n.lost_at IS NULL AND n.verified_at IS NOT NULL AND u.tenant_id = $2)`, accountID, tenantID)
	return n > 0, err
}

func insertBlock(ctx context.Context, tx *db.Tx, accountID, tenantID string) error {
	_, err := tx.Exec(ctx, `INSERT INTO blocks (account_id, tenant_id, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, accountID, tenantID, db.Micros(tx.Now()))
	return err
}

func deleteBlock(ctx context.Context, tx *db.Tx, accountID, tenantID string) (bool, error) {
	n, err := db.Changed(ctx, tx, `DELETE FROM blocks WHERE account_id = $1 AND tenant_id = $2`, accountID, tenantID)
	return n > 0, err
}

// blockedFor says whether the person behind a name does not want to hear of an
// organization.
func blockedFor(ctx context.Context, tx *db.Tx, issuer, subject, tenantID string) (bool, error) {
	n, err := db.Count(ctx, tx, `
		SELECT count(*) FROM identities n JOIN blocks b ON b.account_id = n.account_id AND b.tenant_id = $3
		 WHERE n.issuer = $1 AND n.subject = $2 AND n.lost_at IS NULL`, issuer, subject, tenantID)
	return n > 0, err
}

// customsOf is how the person behind a name has dates written, and on whose clock;
// empty where nobody is behind it or they have not chosen.
func customsOf(ctx context.Context, tx *db.Tx, issuer, subject string) (region, zone string, err error) {
	row, _, err := db.Maybe(ctx, tx, func(r db.Row) (x [2]string, err error) { err = r.Scan(&x[0], &x[1]); return }, `
		SELECT a.region, a.zone FROM identities n JOIN accounts a ON a.id = n.account_id
		 WHERE n.issuer = $1 AND n.subject = $2 AND n.lost_at IS NULL AND n.verified_at IS NOT NULL AND a.state = 'active'`, issuer, subject)
	return row[0], row[1], err
}

// deleteBlocks removes those of the account whose home a user is.
func deleteBlocks(ctx context.Context, tx *db.Tx, homeUsers []string) error {
	return tx.ExecAmong(ctx, `DELETE FROM blocks WHERE account_id IN (SELECT id FROM accounts WHERE home_user_id IN ($1))`, homeUsers)
}
