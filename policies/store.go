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

func administersElsewhere(ctx context.Context, c db.Conn, accountID string) (bool, error) {
	n, err := db.Count(ctx, c, `
		SELECT count(*) FROM (
			SELECT 1 FROM live_users u JOIN roles r ON r.user_id = u.id JOIN accounts a ON a.id = u.account_id
			 WHERE u.account_id = $1 AND (a.home_user_id IS NULL OR a.home_user_id <> u.id) LIMIT 1) AS one`, accountID)
	return n > 0, err
}

func tenantAt(ctx context.Context, c db.Conn, domain string) (tenantID string, found bool, err error) {
	return db.Maybe(ctx, c, db.Text, `SELECT tenant_id FROM domains WHERE name = $1 AND verified_at IS NOT NULL`, domain)
}

func groupsOf(ctx context.Context, c db.Conn, userID string) ([]string, error) {
	return db.All(ctx, c, db.Text, `SELECT group_id FROM members WHERE user_id = $1 ORDER BY group_id`, userID)
}

// kept is a part of a policy as it is stored.
type kept struct{ Name, Value string }

func keptOf(ctx context.Context, c db.Conn, tenantID string) ([]kept, error) {
	return db.All(ctx, c, func(r db.Row) (k kept, err error) { err = r.Scan(&k.Name, &k.Value); return }, `
		SELECT name, value FROM settings WHERE tenant_id = $1 AND substr(name, 1, length($2)) = $2 ORDER BY name`, tenantID, settingPrefix)
}

// groupNames are the names of those groups that are the organization's.
func groupNames(ctx context.Context, c db.Conn, tenantID string, ids []string) (map[string]string, error) {
	out := map[string]string{}
	if len(ids) == 0 {
		return out, nil
	}
	list, err := db.AllAmong(ctx, c, func(r db.Row) (g [3]string, err error) { err = r.Scan(&g[0], &g[1], &g[2]); return }, `
		SELECT id, tenant_id, name FROM groups WHERE id IN ($1)`, ids)
	for _, g := range list {
		if g[1] == tenantID {
			out[g[0]] = g[2]
		}
	}
	return out, err
}
