package directory

import (
	"context"

	"sojourn/internal/db"
)

const placeColumns = `u.tenant_id, t.name, t.state, COALESCE(u.id = a.home_user_id, FALSE) AS home, u.account_enabled,
	EXISTS (SELECT 1 FROM roles r WHERE r.user_id = u.id) AS administrator, u.last_used_at`

func scanPlace(r db.Row) (p Place, err error) {
	err = r.Scan(&p.TenantID, &p.Name, (*string)(&p.State), &p.Home, &p.Enabled, &p.Administrator, db.At(&p.LastUsed))
	return
}

func placesOf(ctx context.Context, c db.Conn, accountID string, limit int) ([]Place, error) {
	return db.All(ctx, c, scanPlace, `
		SELECT `+placeColumns+`
		  FROM accounts a
		  JOIN users u ON u.account_id = a.id AND u.deleted_at IS NULL
		  JOIN tenants t ON t.id = u.tenant_id
		 WHERE a.id = $1
		 ORDER BY home DESC, administrator DESC, COALESCE(u.last_used_at, 0) DESC, t.name_key LIMIT $2`, accountID, limit)
}

func placeOf(ctx context.Context, c db.Conn, accountID, tenantID string) (Place, bool, error) {
	return db.Maybe(ctx, c, scanPlace, `
		SELECT `+placeColumns+`
		  FROM accounts a
		  JOIN users u ON u.account_id = a.id AND u.deleted_at IS NULL
		  JOIN tenants t ON t.id = u.tenant_id
		 WHERE a.id = $1 AND u.tenant_id = $2`, accountID, tenantID)
}

func countPlaces(ctx context.Context, c db.Conn, accountID string) (int, error) {
	return db.Count(ctx, c, `SELECT count(*) FROM live_users WHERE account_id = $1`, accountID)
}

func standingOf(ctx context.Context, c db.Conn, accountID string) (Standing, error) {
	return db.One(ctx, c, func(r db.Row) (s Standing, err error) {
		err = r.Scan(&s.Organizations, &s.Disabled, &s.Invitations)
		return
	}, `
		SELECT (SELECT count(*) FROM users u WHERE u.account_id = $1 AND u.deleted_at IS NULL),
		       (SELECT count(*) FROM users u WHERE u.account_id = $1 AND u.deleted_at IS NULL AND NOT u.account_enabled),
		       (SELECT count(*) FROM identities n
		          JOIN users u ON u.invited_issuer = n.issuer AND u.invited_subject = n.subject AND u.account_id IS NULL AND u.deleted_at IS NULL
		          JOIN tenants t ON t.id = u.tenant_id
		         WHERE n.account_id = $1 AND n.lost_at IS NULL AND n.verified_at IS NOT NULL AND t.state = 'active' AND u.account_enabled
		           AND u.external_state_at > $2
		           AND NOT EXISTS (SELECT 1 FROM blocks x WHERE x.account_id = n.account_id AND x.tenant_id = u.tenant_id))`, accountID, db.Micros(c.Now().Add(-InvitationLife)))
}
