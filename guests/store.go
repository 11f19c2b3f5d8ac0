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

func countOrganizations(ctx context.Context, tx *db.Tx, accountID string) (int, error) {
	return db.Count(ctx, tx, `SELECT count(*) FROM live_users WHERE account_id = $1`, accountID)
}

// linkLanguage is the language of a user's newest link, "" without one.
func linkLanguage(ctx context.Context, tx *db.Tx, userID string) (string, error) {
	language, _, err := db.Maybe(ctx, tx, db.Text, `SELECT language FROM links WHERE user_id = $1 ORDER BY created_at DESC, id DESC LIMIT 1`, userID)
	return language, err
}

// storedLeave is the setting as it stands in its row.
type storedLeave struct {
	value string
	at    time.Time
	by    string // user id, or the kind of actor
	name  string // of the user
}

func leaveSetting(ctx context.Context, c db.Conn, tenantID string) (s storedLeave, found bool, err error) {
	return db.Maybe(ctx, c, func(r db.Row) (s storedLeave, err error) {
		err = r.Scan(&s.value, db.At(&s.at), &s.by, db.Opt(&s.name))
		return
	}, `
		SELECT s.value, s.set_at, s.set_by, u.display_name
		  FROM settings s LEFT JOIN users u ON u.id = s.set_by AND u.tenant_id = s.tenant_id
		 WHERE s.tenant_id = $1 AND s.name = 'external_user_leave'`, tenantID)
}

func saveLeaveSetting(ctx context.Context, tx *db.Tx, tenantID, value, by string) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO settings (tenant_id, name, value, set_at, set_by) VALUES ($1, 'external_user_leave', $2, $3, $4)
		ON CONFLICT (tenant_id, name) DO UPDATE SET value = $2, set_at = $3, set_by = $4`, tenantID, value, db.Micros(tx.Now()), by)
	return err
}
