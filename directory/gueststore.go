package directory

import (
	"context"
	"time"

	"sojourn/accounts"
	"sojourn/internal/db"
)

// invitedLive finds the live user made for an identity: that very one, or a
// pending one from before an organization verified the domain of the address.
func invitedLive(ctx context.Context, tx *db.Tx, tenantID, issuer, subject string) (u User, found bool, err error) {
	return db.Maybe(ctx, tx, scanUser, `
		SELECT `+userColumns+` FROM users u
		 WHERE u.tenant_id = $1 AND u.invited_issuer IN ($2, $4) AND u.invited_subject = $3 AND u.deleted_at IS NULL
		   AND (u.invited_issuer = $2 OR u.external_state = 'PendingAcceptance')
		 ORDER BY CASE WHEN u.invited_issuer = $2 THEN 0 ELSE 1 END, u.id LIMIT 1`,
		tenantID, issuer, subject, accounts.MailIssuer)
}

// invitedDeleted finds the soft-deleted user of a person that was deleted last:
// made for the same identity, or tied to the account that has it.
func invitedDeleted(ctx context.Context, tx *db.Tx, tenantID, issuer, subject string) (u User, found bool, err error) {
	return db.Maybe(ctx, tx, scanUser, `
		SELECT `+userColumns+` FROM users u
		 WHERE u.tenant_id = $1 AND u.deleted_at IS NOT NULL AND u.id IN (
		       SELECT i.id FROM user_words w JOIN users i ON i.id = w.user_id
		        WHERE w.tenant_id = $1 AND w.word = $4 AND i.invited_issuer = $2 AND i.invited_subject = $3
		       UNION
		       SELECT i.id FROM identities n JOIN users i ON i.account_id = n.account_id AND i.tenant_id = $1
		        WHERE n.issuer = $2 AND n.subject = $3 AND n.lost_at IS NULL AND n.verified_at IS NOT NULL)
		 ORDER BY u.deleted_at DESC, u.id LIMIT 1`,
		tenantID, issuer, subject, []byte(words(subject)[0]))
}

func setInvitedIssuer(ctx context.Context, tx *db.Tx, userID, issuer string) error {
	_, err := tx.Exec(ctx, `UPDATE users SET invited_issuer = $2 WHERE id = $1 AND account_id IS NULL`, userID, issuer)
	return err
}

func renewInvitation(ctx context.Context, tx *db.Tx, userID string) error {
	_, err := tx.Exec(ctx, `UPDATE users SET external_state_at = $2 WHERE id = $1 AND account_id IS NULL`, userID, db.Micros(tx.Now()))
	return err
}

// killLinks ends the one-time links made for a user.
func killLinks(ctx context.Context, tx *db.Tx, userID string) error {
	_, err := tx.Exec(ctx, `DELETE FROM links WHERE user_id = $1`, userID)
	return err
}

// expired lists invitations that have waited too long, the oldest first.
func expired(ctx context.Context, c db.Conn, before time.Time, limit int) ([]User, error) {
	return db.All(ctx, c, scanUser, `
		SELECT `+userColumns+` FROM users u
		 WHERE u.account_id IS NULL AND u.deleted_at IS NULL AND u.external_state_at <= $1 AND u.hold_at IS NULL
		 ORDER BY u.external_state_at, u.id LIMIT $2`, db.Micros(before), limit)
}

// markRedeemed gives false where the user no longer waits.
func markRedeemed(ctx context.Context, tx *db.Tx, tenantID, userID, accountID string) (bool, error) {
	n, err := db.Changed(ctx, tx, `
		UPDATE users SET account_id = $3, external_state = 'Accepted', external_state_at = $4, last_used_at = NULL
		 WHERE id = $1 AND tenant_id = $2 AND account_id IS NULL AND external_state = 'PendingAcceptance'
		   AND account_enabled AND deleted_at IS NULL`, userID, tenantID, accountID, db.Micros(tx.Now()))
	return n == 1, err
}
