package signin

import (
	"context"
	"slices"
	"time"

	"sojourn/accounts"
	"sojourn/internal/db"
	"sojourn/internal/id"
)

// The hot statement of the portal: every step is a point read by a unique key.
// The home's name is there only while the home lets the account in.
const (
	sightColumns = `b.id, s.id, s.last_seen_at, s.expires_at, COALESCE(s.idle, 0), COALESCE(s.stays, FALSE), s.registers, s.proved_at, a.id, a.name, a.language, a.region, a.zone, a.home_user_id, t.id, t.name,
	       x.value, EXISTS (SELECT 1 FROM members m WHERE m.group_id = x.value AND m.user_id = h.id), p.id,
	       COALESCE(h.principal_name, (SELECT i.address FROM identities i WHERE i.account_id = a.id AND i.lost_at IS NULL ORDER BY i.id LIMIT 1))`
	sightTables = `
	  FROM browsers b
	  LEFT JOIN sessions s ON s.id = b.session_id AND s.ended_at IS NULL AND s.expires_at > $2 AND (s.stays OR s.last_seen_at > $2 - s.idle)
	  LEFT JOIN accounts a ON a.id = s.account_id AND a.state = 'active'
	  LEFT JOIN live_users h ON h.id = a.home_user_id AND h.account_enabled
	  LEFT JOIN tenants t ON t.id = h.tenant_id AND t.state <> 'closed'
	  LEFT JOIN settings x ON x.tenant_id = t.id AND x.name = 'experience'
	  LEFT JOIN photos p ON p.account_id = a.id`
	chosenTables = `
	  LEFT JOIN tenants c ON c.id = COALESCE((SELECT d.tenant_id FROM domains d WHERE d.name = $4 AND d.verified_at IS NOT NULL), $3)
	  LEFT JOIN live_users u ON u.tenant_id = c.id AND u.account_id = a.id`
	sightText  = `SELECT ` + sightColumns + sightTables + ` WHERE b.hash = $1`
	chosenText = `SELECT ` + sightColumns + `, c.id, c.name, c.state, u.id, COALESCE(u.account_enabled, FALSE), u.last_used_at` +
		sightTables + chosenTables + ` WHERE b.hash = $1`
)

// visitOf looks a cookie up, and the tenant selected where one is.
func visitOf(ctx context.Context, c db.Conn, hash []byte, now time.Time, tenant string) (s sight, found bool, err error) {
	if tenant == "" {
		return db.Maybe(ctx, c, func(r db.Row) (s sight, err error) { err = r.Scan(s.columns()...); return }, sightText,
			hash, db.Micros(now))
	}
	byID, byDomain := named(tenant)
	return db.Maybe(ctx, c, func(r db.Row) (s sight, err error) {
		err = r.Scan(append(s.columns(), db.Opt(&s.Chosen.ID), db.Opt(&s.Chosen.Name), db.Opt(&s.Chosen.State), db.Opt(&s.Chosen.User),
			&s.ChosenEnabled, db.At(&s.ChosenUsedAt))...)
		return
	}, chosenText, hash, db.Micros(now), byID, byDomain)
}

func (s *sight) columns() []any {
	return []any{&s.Browser, db.Opt(&s.Session), db.At(&s.SeenAt), db.At(&s.ExpiresAt), &s.Idle, &s.Stays, db.Opt((*string)(&s.Registers)), db.At(&s.ProvedAt), db.Opt(&s.Account), db.Opt(&s.Name), db.Opt(&s.Language),
		db.Opt(&s.Region), db.Opt(&s.Zone), db.Opt(&s.HomeUser), db.Opt(&s.HomeTenant), db.Opt(&s.HomeName),
		db.Opt(&s.Experience), &s.InGroup, db.Opt(&s.Photo), db.Opt(&s.Address)}
}

// named reads a tenant as people name it: by id or by domain.
func named(tenant string) (byID, byDomain string) {
	if id.Valid(tenant) {
		return tenant, ""
	}
	return "", accounts.Fold(tenant)
}

// officeOf reads what an account is in a tenant it wants to administer: one row
// a role, or one without.
func officeOf(ctx context.Context, c db.Conn, tenant, accountID, sessionID string) (o office, found bool, err error) {
	byID, byDomain := named(tenant)
	rows, err := db.All(ctx, c, scanOffice, `
		SELECT t.id, t.name, t.state, u.id, u.account_enabled, u.external_state, s.managed_at, e.session_id IS NOT NULL, COALESCE(r.role, ''),
		       u.user_type = 'guest', s.second <> '', EXISTS (SELECT 1 FROM settings x WHERE x.tenant_id = t.id AND x.name = 'policy.second'),
		       COALESCE(b.id, ''), COALESCE(e.second, '')
		  FROM tenants t
		  JOIN live_users u ON u.tenant_id = t.id AND u.account_id = $3
		  JOIN sessions s ON s.id = $4 AND s.account_id = $3
		  LEFT JOIN session_tenants e ON e.session_id = s.id AND e.tenant_id = t.id AND e.user_id = u.id
		  LEFT JOIN methods b ON b.tenant_id = t.id AND b.account_id = $3 AND b.state = 'active'
		  LEFT JOIN roles r ON r.user_id = u.id
		 WHERE t.id = COALESCE((SELECT d.tenant_id FROM domains d WHERE d.name = $2 AND d.verified_at IS NOT NULL), $1)`,
		byID, byDomain, accountID, sessionID)
	if err != nil || len(rows) == 0 {
		return office{}, false, err
	}
	o = rows[0]
	for _, r := range rows[1:] {
		o.Roles = append(o.Roles, r.Roles...)
	}
	slices.Sort(o.Roles)
	return o, true, nil
}

func scanOffice(r db.Row) (o office, err error) {
	var role string
	err = r.Scan(&o.TenantID, &o.TenantName, &o.TenantState, &o.UserID, &o.Enabled, &o.ExternalState, db.At(&o.ManagedAt), &o.Entered, &role, &o.Guest, &o.Second, &o.Asks, &o.Bound, &o.Shown)
	if role != "" {
		o.Roles = []string{role}
	}
	return
}

// standingOf reads an account with its home; the zero standing is nobody's.
func standingOf(ctx context.Context, c db.Conn, accountID string) (standing, error) {
	s, _, err := db.Maybe(ctx, c, func(r db.Row) (s standing, err error) {
		err = r.Scan(&s.Account, &s.Active, db.Opt(&s.HomeUser), &s.HomeLive, &s.HomeEnabled, db.Opt(&s.HomeTenant), &s.HomeClosed)
		return
	}, `
		SELECT a.id, a.state = 'active', a.home_user_id, h.id IS NOT NULL AND h.deleted_at IS NULL, COALESCE(h.account_enabled, FALSE),
		       t.id, COALESCE(t.state = 'closed', FALSE)
		  FROM accounts a
		  LEFT JOIN users h ON h.id = a.home_user_id
		  LEFT JOIN tenants t ON t.id = h.tenant_id
		 WHERE a.id = $1`, accountID)
	return s, err
}

// userIn finds the live, enabled user of an account in a tenant.
func userIn(ctx context.Context, c db.Conn, tenant, accountID string) (tenantID, userID string, found bool, err error) {
	byID, byDomain := named(tenant)
	row, found, err := db.Maybe(ctx, c, func(r db.Row) (x [2]string, err error) { err = r.Scan(&x[0], &x[1]); return }, `
		SELECT u.tenant_id, u.id FROM live_users u
		 WHERE u.account_id = $3 AND u.account_enabled
		   AND u.tenant_id = COALESCE((SELECT d.tenant_id FROM domains d WHERE d.name = $2 AND d.verified_at IS NOT NULL), $1)`,
		byID, byDomain, accountID)
	return row[0], row[1], found, err
}

// knownBrowser says whether an account has had a session in a browser that the
// person has not disowned.
func knownBrowser(ctx context.Context, c db.Conn, browser, accountID string) (bool, error) {
	n, err := db.Count(ctx, c, `SELECT count(*) FROM (SELECT 1 FROM sessions WHERE browser_id = $1 AND account_id = $2 AND end_reason <> 'disowned' LIMIT 1) AS one`,
		browser, accountID)
	return n > 0, err
}

func insertBrowser(ctx context.Context, tx *db.Tx, browser string, hash []byte, session string) error {
	_, err := tx.Exec(ctx, `INSERT INTO browsers (id, hash, session_id, created_at, last_seen_at) VALUES ($1, $2, $3, $4, $4)`,
		browser, hash, session, db.Micros(tx.Now()))
	return err
}

// renameBrowser gives a browser a new cookie if the old one is still its cookie.
func renameBrowser(ctx context.Context, tx *db.Tx, browser string, old, fresh []byte, session string) (bool, error) {
	n, err := db.Changed(ctx, tx, `UPDATE browsers SET hash = $3, session_id = $4, last_seen_at = $5 WHERE id = $1 AND hash = $2`,
		browser, old, fresh, session, db.Micros(tx.Now()))
	return n == 1, err
}

// opening is a session as it begins.
type opening struct {
	ID, Browser, Account string
	Second               accounts.MethodType
	life
	Registers registers
	Resume    string
}

func insertSession(ctx context.Context, tx *db.Tx, o opening) error {
	now := tx.Now()
	_, err := tx.Exec(ctx, `
		INSERT INTO sessions (id, browser_id, account_id, created_at, last_seen_at, expires_at, proved_at, end_reason, second, stays, idle, registers, resume)
		VALUES ($1, $2, $3, $4, $4, $5, $4, '', $6, $7, $8, $9, $10)`,
		o.ID, o.Browser, o.Account, db.Micros(now), db.Micros(now.Add(o.Lasts)), o.Second, o.Stays, o.Idle.Microseconds(), o.Registers, o.Resume)
	return err
}

func proveSession(ctx context.Context, tx *db.Tx, session, browser, accountID string, second accounts.MethodType) (bool, error) {
	n, err := db.Changed(ctx, tx, `
		UPDATE sessions SET proved_at = $4, last_seen_at = $4, second = CASE WHEN CAST($5 AS TEXT) = '' THEN second ELSE CAST($5 AS TEXT) END
		 WHERE id = $1 AND browser_id = $2 AND account_id = $3 AND ended_at IS NULL AND expires_at > $4`,
		session, browser, accountID, db.Micros(tx.Now()), second)
	return n == 1, err
}

func touchSession(ctx context.Context, c db.Conn, session string, now time.Time) error {
	_, err := c.Exec(ctx, `UPDATE sessions SET last_seen_at = $2 WHERE id = $1 AND last_seen_at < $2 AND ended_at IS NULL`, session, db.Micros(now))
	return err
}

func touchManaged(ctx context.Context, c db.Conn, session string, now time.Time) error {
	_, err := c.Exec(ctx, `
		UPDATE sessions SET managed_at = $2 WHERE id = $1 AND (managed_at IS NULL OR managed_at < $2) AND ended_at IS NULL`, session, db.Micros(now))
	return err
}

func endSession(ctx context.Context, tx *db.Tx, session, accountID, reason string) error {
	_, err := tx.Exec(ctx, `UPDATE sessions SET ended_at = $3, end_reason = $4 WHERE id = $1 AND account_id = $2 AND ended_at IS NULL`,
		session, accountID, db.Micros(tx.Now()), reason)
	return err
}

func endInBrowser(ctx context.Context, tx *db.Tx, browser, accountID string) error {
	_, err := tx.Exec(ctx, `
		UPDATE sessions SET ended_at = $3, end_reason = 'replaced' WHERE browser_id = $1 AND account_id = $2 AND ended_at IS NULL`,
		browser, accountID, db.Micros(tx.Now()))
	return err
}

func endAll(ctx context.Context, tx *db.Tx, accountID, except, reason string) (int, error) {
	return db.Changed(ctx, tx, `UPDATE sessions SET ended_at = $3, end_reason = $4 WHERE account_id = $1 AND id <> $2 AND ended_at IS NULL`,
		accountID, except, db.Micros(tx.Now()), reason)
}

// insertEntered gives false where the session has been in the tenant before.
func insertEntered(ctx context.Context, tx *db.Tx, session, tenantID, userID string) (bool, error) {
	n, err := db.Changed(ctx, tx, `
		INSERT INTO session_tenants (session_id, tenant_id, user_id, entered_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (session_id, tenant_id) DO UPDATE SET user_id = $3, entered_at = $4 WHERE session_tenants.user_id <> $3`,
		session, tenantID, userID, db.Micros(tx.Now()))
	return n == 1, err
}

func deleteEntered(ctx context.Context, tx *db.Tx, accountID, tenantID string) error {
	_, err := tx.Exec(ctx, `
		DELETE FROM session_tenants WHERE tenant_id = $2 AND session_id IN (SELECT id FROM sessions WHERE account_id = $1 AND ended_at IS NULL)`,
		accountID, tenantID)
	return err
}

func deleteOldEntered(ctx context.Context, c db.Conn, before time.Time, limit int) (int, error) {
	return db.Changed(ctx, c, `
		DELETE FROM session_tenants WHERE session_id IN (
			SELECT e.session_id FROM sessions s JOIN session_tenants e ON e.session_id = s.id WHERE s.expires_at < $1 LIMIT $2)`,
		db.Micros(before), limit)
}

func deleteSessions(ctx context.Context, c db.Conn, before time.Time, limit int) (int, error) {
	return db.Changed(ctx, c, `
		DELETE FROM sessions WHERE id IN (
			SELECT s.id FROM sessions s WHERE s.expires_at < $1 AND NOT EXISTS (SELECT 1 FROM session_tenants e WHERE e.session_id = s.id)
			 ORDER BY s.expires_at LIMIT $2)`, db.Micros(before), limit)
}

func deleteBrowsers(ctx context.Context, c db.Conn, before time.Time, limit int) (int, error) {
	return db.Changed(ctx, c, `
		DELETE FROM browsers WHERE id IN (
			SELECT b.id FROM browsers b WHERE b.last_seen_at < $1 AND NOT EXISTS (SELECT 1 FROM sessions s WHERE s.browser_id = b.id) LIMIT $2)`,
		db.Micros(before), limit)
}
