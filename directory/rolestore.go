package directory

import (
	"context"

	"sojourn/internal/db"
)

// RolesOf lists the roles of a user.
func RolesOf(ctx context.Context, c db.Conn, userID string) ([]Role, error) {
	return db.All(ctx, c, scanRole, `SELECT role FROM roles WHERE user_id = $1 ORDER BY role`, userID)
}

// RolesAmong reads the roles of many users.
func RolesAmong(ctx context.Context, c db.Conn, userIDs []string) (map[string][]Role, error) {
	out := map[string][]Role{}
	if len(userIDs) == 0 {
		return out, nil
	}
	_, err := db.AllAmong(ctx, c, func(r db.Row) (id string, err error) {
		var role Role
		err = r.Scan(&id, &role)
		out[id] = append(out[id], role)
		return
	}, `SELECT r.user_id, r.role FROM roles r WHERE r.user_id IN ($1)`, userIDs)
	return out, err
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

// effective is who counts as an administrator able to act.
const effective = `
	  FROM roles r
	  JOIN live_users u ON u.id = r.user_id
	  JOIN accounts a ON a.id = u.account_id
	 WHERE r.tenant_id = $1 AND r.role = 'GlobalAdministrator' AND ` + able

// able is who could act if they had a role: live, enabled, with a name and a
// password to sign in by, not disabled or deleted at home.
const able = `u.account_enabled AND a.state = 'active'
	   AND EXISTS (SELECT 1 FROM methods m WHERE m.account_id = a.id AND m.type = 'password' AND m.state = 'active')
	   AND EXISTS (SELECT 1 FROM identities n WHERE n.account_id = a.id AND n.lost_at IS NULL AND n.verified_at IS NOT NULL)
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

// candidates lists who could be Global Administrator instead of a user, by name.
func candidates(ctx context.Context, c db.Conn, tenantID, exceptUser, query string, after Cursor, limit int) ([]User, error) {
	var w db.Where
	searched(tenantID, query).within(&w)
	w.And(`u.deleted_at IS NULL AND u.id <> $?`, exceptUser)
	w.And(`(u.sort_key, u.id) > ($?, $?)`, after.Bytes(), after.ID)
	w.And(`EXISTS (SELECT 1 FROM accounts a WHERE a.id = u.account_id AND ` + able + `)`)
	return listUsers(ctx, c, w, limit)
}

// countLive counts the live users of a tenant, up to most.
func countLive(ctx context.Context, c db.Conn, tenantID string, most int) (int, error) {
	return db.Count(ctx, c, `SELECT count(*) FROM (SELECT 1 FROM users WHERE tenant_id = $1 AND deleted_at IS NULL LIMIT $2) AS few`, tenantID, most)
}
