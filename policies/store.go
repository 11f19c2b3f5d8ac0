package policies

import (
	"context"

	"sojourn/internal/db"
)

// home is where an account is at home.
type home struct {
	Tenant, Name, User string
	Administrator      bool
}

func homeOf(ctx context.Context, c db.Conn, accountID string) (h home, found bool, err error) {
	return db.Maybe(ctx, c, func(r db.Row) (h home, err error) {
		err = r.Scan(&h.Tenant, &h.Name, &h.User, &h.Administrator)
		return
	}, `
		SELECT t.id, t.name, u.id, EXISTS (SELECT 1 FROM roles r WHERE r.user_id = u.id)
		  FROM accounts a
		  JOIN users u ON u.id = a.home_user_id
		  JOIN tenants t ON t.id = u.tenant_id
		 WHERE a.id = $1`, accountID)
}

func groupsOf(ctx context.Context, c db.Conn, userID string) ([]string, error) {
	return db.All(ctx, c, db.Text, `SELECT group_id FROM members WHERE user_id = $1 ORDER BY group_id`, userID)
}

// kept is a part of a policy as it is stored.
type kept struct{ Name, Value string }

func keptOf(ctx context.Context, c db.Conn, tenantID string) ([]kept, error) {
	return db.All(ctx, c, func(r db.Row) (k kept, err error) { err = r.Scan(&k.Name, &k.Value); return }, `
		SELECT name, value FROM settings WHERE tenant_id = $1 AND name >= 'policy.' AND name < 'policy/' ORDER BY name`, tenantID)
}
