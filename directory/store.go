package directory

import (
	"context"
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

func wordKey(folded string) []byte {
	if len(folded) > maxWord {
		folded = folded[:maxWord]
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

// liveTwin finds what a restored user would collide with: a live user of the
// same account, or a pending invitation of the same identity.
func liveTwin(ctx context.Context, c db.Conn, u User) (twin User, found bool, err error) {
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

// RolesOf lists the roles of a user.
func RolesOf(ctx context.Context, c db.Conn, userID string) ([]Role, error) {
	return db.All(ctx, c, scanRole, `SELECT role FROM roles WHERE user_id = $1 ORDER BY role`, userID)
}

func scanRole(r db.Row) (role Role, err error) { err = r.Scan(&role); return }

// actingRoles are the roles somebody holds this moment: none unless the user is
// live and enabled.
func actingRoles(ctx context.Context, tx *db.Tx, tenantID, userID, accountID string) ([]Role, error) {
	return db.All(ctx, tx, scanRole, `
		SELECT r.role FROM roles r JOIN live_users u ON u.id = r.user_id
		 WHERE u.id = $1 AND u.tenant_id = $2 AND u.account_id = $3 AND u.account_enabled`, userID, tenantID, accountID)
}

func insertRole(ctx context.Context, tx *db.Tx, tenantID, userID string, role Role) (bool, error) {
	n, err := db.Changed(ctx, tx, `INSERT INTO roles (tenant_id, user_id, role, granted_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
		tenantID, userID, role, db.Micros(tx.Now()))
	return n == 1, err
}

func deleteRole(ctx context.Context, tx *db.Tx, userID string, role Role) (bool, error) {
	n, err := db.Changed(ctx, tx, `DELETE FROM roles WHERE user_id = $1 AND role = $2`, userID, role)
	return n == 1, err
}

// effective is who counts as an administrator able to act: live, enabled, able
// to sign in with more than a mailbox, not disabled or deleted at home.
const effective = `
	  FROM roles r
	  JOIN live_users u ON u.id = r.user_id
	  JOIN accounts a ON a.id = u.account_id
	 WHERE r.tenant_id = $1 AND r.role = 'GlobalAdministrator' AND u.account_enabled AND a.state = 'active'
	   AND EXISTS (SELECT 1 FROM methods m WHERE m.account_id = a.id AND m.type = 'password' AND m.state = 'active')
	   AND (a.home_user_id IS NULL OR EXISTS (
	         SELECT 1 FROM live_users h JOIN tenants t ON t.id = h.tenant_id
	          WHERE h.id = a.home_user_id AND h.account_enabled AND t.state <> 'closed'))`

// Administrators lists the effective Global Administrators of a tenant by name,
// at most limit.
func Administrators(ctx context.Context, c db.Conn, tenantID string, limit int) ([]Named, error) {
	return db.All(ctx, c, scanNamed, `SELECT u.id, u.display_name`+effective+` ORDER BY u.sort_key, u.id LIMIT $2`, tenantID, limit)
}

func scanNamed(r db.Row) (n Named, err error) { err = r.Scan(&n.ID, &n.Name); return }

// effectiveAdministrators counts them without one user, and says whether that
// one is among them.
func effectiveAdministrators(ctx context.Context, c db.Conn, tenantID, userID string) (is bool, others int, err error) {
	ids, err := db.All(ctx, c, db.Text, `SELECT u.id`+effective, tenantID)
	for _, id := range ids {
		if id == userID {
			is = true
		} else {
			others++
		}
	}
	return is, others, err
}

// administeredBy lists the other tenants where an account is Global Administrator.
func administeredBy(ctx context.Context, tx *db.Tx, accountID, exceptTenant string) ([]string, error) {
	return db.All(ctx, tx, db.Text, `
		SELECT u.tenant_id FROM live_users u JOIN roles r ON r.user_id = u.id
		 WHERE u.account_id = $1 AND r.role = 'GlobalAdministrator' AND u.tenant_id <> $2`, accountID, exceptTenant)
}

func insertDeparture(ctx context.Context, tx *db.Tx, d Departure, tenantID, had string) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO departures (id, tenant_id, user_id, at, kind, by_user, purge_at, had, result)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '')`,
		d.ID, tenantID, d.UserID, db.Micros(d.At), d.Kind, db.Null(d.ByUser), db.Micros(d.PurgeAt), had)
	return err
}

// lastDeparture is the record of the deletion a user is in.
func lastDeparture(ctx context.Context, c db.Conn, tenantID, userID string) (d Departure, had string, found bool, err error) {
	type row struct {
		d   Departure
		had string
	}
	r, found, err := db.Maybe(ctx, c, func(r db.Row) (x row, err error) {
		err = r.Scan(&x.d.ID, &x.d.UserID, db.At(&x.d.At), &x.d.Kind, db.Opt(&x.d.ByUser), db.Opt(&x.d.ByName), db.At(&x.d.PurgeAt), &x.had,
			db.At(&x.d.RestoredAt), db.Opt(&x.d.RestoredBy))
		return
	}, `
		SELECT d.id, d.user_id, d.at, d.kind, d.by_user, b.display_name, d.purge_at, d.had, d.restored_at, d.restored_by
		  FROM departures d LEFT JOIN users b ON b.id = d.by_user AND b.tenant_id = d.tenant_id
		 WHERE d.user_id = $1 AND d.tenant_id = $2 ORDER BY d.at DESC, d.id DESC LIMIT 1`, userID, tenantID)
	return r.d, r.had, found, err
}

func closeDeparture(ctx context.Context, tx *db.Tx, departureID, by, result string) error {
	_, err := tx.Exec(ctx, `UPDATE departures SET restored_at = $2, restored_by = $3, result = $4 WHERE id = $1`,
		departureID, db.Micros(tx.Now()), db.Null(by), result)
	return err
}

// due lists users whose time has come, the longest overdue first.
func due(ctx context.Context, c db.Conn, now time.Time, limit int) ([]User, error) {
	return db.All(ctx, c, scanUser, `
		SELECT `+userColumns+` FROM users u
		 WHERE u.deleted_at IS NOT NULL AND u.hold_at IS NULL AND u.purge_at <= $1
		 ORDER BY u.purge_at, u.id LIMIT $2`, db.Micros(now), limit)
}

func countDue(ctx context.Context, c db.Conn, now time.Time) (int, error) {
	return db.Count(ctx, c, `SELECT count(*) FROM users WHERE deleted_at IS NOT NULL AND hold_at IS NULL AND purge_at <= $1`, db.Micros(now))
}

// eraseUser removes the row and everything that hangs on it.
func eraseUser(ctx context.Context, tx *db.Tx, userID string) error {
	for _, text := range []string{
		`DELETE FROM members WHERE user_id = $1`,
		`DELETE FROM roles WHERE user_id = $1`,
		`DELETE FROM user_words WHERE user_id = $1`,
		`DELETE FROM departures WHERE user_id = $1`,
		`DELETE FROM session_tenants WHERE user_id = $1`,
		`DELETE FROM links WHERE user_id = $1`,
		`DELETE FROM users WHERE id = $1`,
	} {
		if _, err := tx.Exec(ctx, text, userID); err != nil {
			return err
		}
	}
	return nil
}

// insertTombstone gives false where the user has one already.
func insertTombstone(ctx context.Context, tx *db.Tx, userID, tenantID, actorKind, actorID, reason string) (bool, error) {
	n, err := db.Changed(ctx, tx, `
		INSERT INTO tombstones (user_id, tenant_id, at, actor, actor_id, reason) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
		userID, tenantID, db.Micros(tx.Now()), actorKind, actorID, reason)
	return n == 1, err
}

// markHomeEnded tells the hosts of a person's guest objects that the home
// account is gone for good.
func markHomeEnded(ctx context.Context, tx *db.Tx, accountID string) error {
	_, err := tx.Exec(ctx, `UPDATE users SET home_ended_at = $2 WHERE account_id = $1`, accountID, db.Micros(tx.Now()))
	return err
}

func readBeat(ctx context.Context, tx *db.Tx) (at, steadySince time.Time, err error) {
	row, _, err := db.Maybe(ctx, tx, func(r db.Row) (x [2]time.Time, err error) {
		var since int64
		err = r.Scan(db.At(&x[0]), &since)
		if since != 0 {
			x[1] = time.UnixMicro(since).UTC()
		}
		return
	}, `SELECT at, steady_since FROM beats WHERE name = 'purge'`)
	return row[0], row[1], err
}

func writeBeat(ctx context.Context, tx *db.Tx, steadySince time.Time) error {
	since := int64(0)
	if !steadySince.IsZero() {
		since = steadySince.UnixMicro()
	}
	_, err := tx.Exec(ctx, `
		INSERT INTO beats (name, at, steady_since) VALUES ('purge', $1, $2)
		ON CONFLICT (name) DO UPDATE SET at = $1, steady_since = $2`, db.Micros(tx.Now()), since)
	return err
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

// CountDeleted counts the deleted users of a tenant, up to max, and those among
// them that are purged before soon.
func CountDeleted(ctx context.Context, c db.Conn, tenantID string, soon time.Time, max int) (all, dueSoon int, err error) {
	all, err = db.Count(ctx, c, `SELECT count(*) FROM (SELECT 1 FROM users WHERE tenant_id = $1 AND deleted_at IS NOT NULL LIMIT $2) AS few`, tenantID, max)
	if err != nil {
		return 0, 0, err
	}
	dueSoon, err = db.Count(ctx, c, `SELECT count(*) FROM (SELECT 1 FROM users WHERE tenant_id = $1 AND deleted_at IS NOT NULL AND purge_at < $2 LIMIT $3) AS few`,
		tenantID, db.Micros(soon), max)
	return all, dueSoon, err
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
