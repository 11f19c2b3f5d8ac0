package directory

import (
	"context"
	"strings"
	"time"

	"sojourn/accounts"
	"sojourn/internal/db"
)

const userColumns = `u.id, u.tenant_id, u.account_id, u.display_name, u.user_type, u.creation_type, u.principal_name, u.mail,
	u.account_enabled, u.enabled_at, u.external_state, u.external_state_at, u.invited_issuer, u.invited_subject, u.invited_by,
	u.created_at, u.last_used_at, u.home_ended_at, u.hold_at, u.hold_reason, u.deleted_at, u.deleted_kind, u.purge_at`

func scanUser(r db.Row) (u User, err error) {
	err = r.Scan(&u.ID, &u.TenantID, db.Opt(&u.AccountID), &u.DisplayName, &u.Type, &u.CreationType, &u.PrincipalName, &u.Mail,
		&u.Enabled, db.At(&u.EnabledAt), &u.ExternalState, db.At(&u.ExternalStateAt), db.Opt(&u.InvitedIssuer), db.Opt(&u.InvitedSubject), db.Opt(&u.InvitedBy),
		db.At(&u.CreatedAt), db.At(&u.LastUsedAt), db.At(&u.HomeEndedAt), db.At(&u.HoldAt), &u.HoldReason, db.At(&u.DeletedAt), &u.DeletedKind, db.At(&u.PurgeAt))
	return
}

// AnyUser reads a user of a tenant, live or soft-deleted.
func AnyUser(ctx context.Context, c db.Conn, tenantID, userID string) (u User, found bool, err error) {
	return db.Maybe(ctx, c, scanUser, `SELECT `+userColumns+` FROM users u WHERE u.id = $1 AND u.tenant_id = $2`, userID, tenantID)
}

// LiveUser reads a live user of a tenant.
func LiveUser(ctx context.Context, c db.Conn, tenantID, userID string) (u User, found bool, err error) {
	return db.Maybe(ctx, c, scanUser,
		`SELECT `+userColumns+` FROM users u WHERE u.id = $1 AND u.tenant_id = $2 AND u.deleted_at IS NULL`, userID, tenantID)
}

// UserOf reads the live user of an account in a tenant.
func UserOf(ctx context.Context, c db.Conn, tenantID, accountID string) (u User, found bool, err error) {
	return db.Maybe(ctx, c, scanUser,
		`SELECT `+userColumns+` FROM users u WHERE u.tenant_id = $1 AND u.account_id = $2 AND u.deleted_at IS NULL`, tenantID, accountID)
}

// UsersNamed lists the live users found by an address as a whole. It is a
// superset, since long words are kept cut.
func UsersNamed(ctx context.Context, c db.Conn, tenantID, address string) ([]User, error) {
	return db.All(ctx, c, scanUser, `
		SELECT `+userColumns+`
		  FROM users u JOIN user_words w ON w.tenant_id = u.tenant_id AND w.user_id = u.id
		 WHERE u.tenant_id = $1 AND w.word = $2 AND u.deleted_at IS NULL
		 ORDER BY u.id LIMIT 100`, tenantID, wordKey(accounts.Fold(address)))
}

func wordKey(folded string) []byte {
	if len(folded) > maxWord {
		folded = strings.ToValidUTF8(folded[:maxWord], "") // as words cuts it
	}
	return []byte(folded)
}

func insertUser(ctx context.Context, tx *db.Tx, u User) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO users (id, tenant_id, account_id, display_name, sort_key, user_type, creation_type, principal_name, principal_key, mail,
			account_enabled, external_state, external_state_at, invited_issuer, invited_subject, invited_by, created_at, hold_reason, deleted_kind)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, '', '')`,
		u.ID, u.TenantID, db.Null(u.AccountID), u.DisplayName, sortKey(u.DisplayName), u.Type, u.CreationType,
		u.PrincipalName, accounts.Fold(u.PrincipalName), u.Mail, u.Enabled, u.ExternalState, db.Micros(u.ExternalStateAt),
		db.Null(u.InvitedIssuer), db.Null(u.InvitedSubject), db.Null(u.InvitedBy), db.Micros(u.CreatedAt))
	return err
}

// SortKey is what names are sorted and searched by: folded, as bytes.
func SortKey(name string) []byte { return sortKey(name) }

func sortKey(name string) []byte { return []byte(accounts.Fold(name)) }

func insertWords(ctx context.Context, tx *db.Tx, tenantID, userID string, list []string) error {
	for _, w := range list {
		if _, err := tx.Exec(ctx, `INSERT INTO user_words (tenant_id, word, user_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
			tenantID, []byte(w), userID); err != nil {
			return err
		}
	}
	return nil
}

func principalTaken(ctx context.Context, c db.Conn, tenantID, principal string) (bool, error) {
	n, err := db.Count(ctx, c, `SELECT count(*) FROM users WHERE tenant_id = $1 AND principal_key = $2 AND deleted_at IS NULL`,
		tenantID, accounts.Fold(principal))
	return n > 0, err
}

func setPrincipal(ctx context.Context, tx *db.Tx, userID, principal string) error {
	_, err := tx.Exec(ctx, `UPDATE users SET principal_name = $2, principal_key = $3 WHERE id = $1`, userID, principal, accounts.Fold(principal))
	return err
}

func setNames(ctx context.Context, tx *db.Tx, userID string, to Corrected) error {
	_, err := tx.Exec(ctx, `UPDATE users SET display_name = $2, sort_key = $3, mail = $4 WHERE id = $1 AND deleted_at IS NULL`,
		userID, to.Name, sortKey(to.Name), to.Mail)
	return err
}

func deleteWords(ctx context.Context, tx *db.Tx, userID string) error {
	_, err := tx.Exec(ctx, `DELETE FROM user_words WHERE user_id = $1`, userID)
	return err
}

func setEnabled(ctx context.Context, tx *db.Tx, userID string, enabled bool) error {
	_, err := tx.Exec(ctx, `UPDATE users SET account_enabled = $2, enabled_at = $3 WHERE id = $1 AND deleted_at IS NULL`,
		userID, enabled, db.Micros(tx.Now()))
	return err
}

func markDeleted(ctx context.Context, tx *db.Tx, userID string, kind DeletedKind, purgeAt time.Time) (bool, error) {
	n, err := db.Changed(ctx, tx, `UPDATE users SET deleted_at = $2, deleted_kind = $3, purge_at = $4 WHERE id = $1 AND deleted_at IS NULL`,
		userID, db.Micros(tx.Now()), kind, db.Micros(purgeAt))
	return n == 1, err
}

func markRestored(ctx context.Context, tx *db.Tx, userID string) (bool, error) {
	n, err := db.Changed(ctx, tx, `UPDATE users SET deleted_at = NULL, deleted_kind = '', purge_at = NULL WHERE id = $1 AND deleted_at IS NOT NULL`, userID)
	return n == 1, err
}

func setHold(ctx context.Context, tx *db.Tx, userID string, at time.Time, reason string) error {
	_, err := tx.Exec(ctx, `UPDATE users SET hold_at = $2, hold_reason = $3 WHERE id = $1`, userID, db.Micros(at), reason)
	return err
}

// LiveTwin finds what a restored user would collide with: a live user of the
// same account, or a pending invitation of the same identity.
func LiveTwin(ctx context.Context, c db.Conn, u User) (twin User, found bool, err error) {
	twin, found, err = db.Maybe(ctx, c, scanUser, `
		SELECT `+userColumns+` FROM users u WHERE u.tenant_id = $1 AND u.account_id = $2 AND u.deleted_at IS NULL AND u.id <> $3`,
		u.TenantID, u.AccountID, u.ID)
	if err != nil || found || u.InvitedIssuer == "" {
		return twin, found, err
	}
	return db.Maybe(ctx, c, scanUser, `
		SELECT `+userColumns+` FROM users u
		 WHERE u.tenant_id = $1 AND u.invited_issuer = $2 AND u.invited_subject = $3 AND u.deleted_at IS NULL AND u.id <> $4`,
		u.TenantID, u.InvitedIssuer, u.InvitedSubject, u.ID)
}

func listUsers(ctx context.Context, c db.Conn, w db.Where, limit int) ([]User, error) {
	w.Limit(limit)
	return db.All(ctx, c, scanUser, `SELECT `+userColumns+` FROM users u WHERE `+w.Text()+` ORDER BY u.sort_key, u.id LIMIT `+w.Last(), w.Args()...)
}

func listDeleted(ctx context.Context, c db.Conn, w db.Where, limit int) ([]DeletedUser, error) {
	w.Limit(limit)
	return db.All(ctx, c, func(r db.Row) (d DeletedUser, err error) {
		u := &d.User
		err = r.Scan(&u.ID, &u.TenantID, db.Opt(&u.AccountID), &u.DisplayName, &u.Type, &u.PrincipalName, &u.Mail, db.At(&u.HoldAt),
			db.At(&u.DeletedAt), &u.DeletedKind, db.At(&u.PurgeAt), db.Opt(&d.ByName))
		return
	}, `
		SELECT u.id, u.tenant_id, u.account_id, u.display_name, u.user_type, u.principal_name, u.mail, u.hold_at,
		       u.deleted_at, u.deleted_kind, u.purge_at,
		       (SELECT b.display_name FROM departures d JOIN users b ON b.id = d.by_user AND b.tenant_id = d.tenant_id
		         WHERE d.user_id = u.id ORDER BY d.at DESC, d.id DESC LIMIT 1)
		  FROM users u WHERE `+w.Text()+` ORDER BY u.purge_at, u.id LIMIT `+w.Last(), w.Args()...)
}

// HomeOf reads the live home user of an account.
func HomeOf(ctx context.Context, c db.Conn, accountID string) (User, bool, error) {
	return db.Maybe(ctx, c, scanUser, `
		SELECT `+userColumns+` FROM accounts a JOIN users u ON u.id = a.home_user_id WHERE a.id = $1 AND u.deleted_at IS NULL`, accountID)
}

func markUsed(ctx context.Context, c db.Conn, tenantID, userID string, now, before time.Time) error {
	_, err := c.Exec(ctx, `
		UPDATE users SET last_used_at = $3 WHERE id = $2 AND tenant_id = $1 AND deleted_at IS NULL AND (last_used_at IS NULL OR last_used_at < $4)`,
		tenantID, userID, db.Micros(now), db.Micros(before))
	return err
}
