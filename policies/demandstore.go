package policies

import (
	"context"

	"sojourn/internal/db"
)

// place is where an account is now, of the organizations that have said something
// about second steps.
type place struct {
	Tenant, Name, Second string
	Guest, Administrator bool
}

func placesOf(ctx context.Context, c db.Conn, accountID string) ([]place, error) {
	return db.All(ctx, c, func(r db.Row) (p place, err error) {
		err = r.Scan(&p.Tenant, &p.Name, &p.Second, &p.Guest, &p.Administrator)
		return
	}, `
		SELECT t.id, t.name, x.value, u.user_type = 'guest', EXISTS (SELECT 1 FROM roles r WHERE r.user_id = u.id)
		  FROM live_users u
		  JOIN tenants t ON t.id = u.tenant_id
		  JOIN settings x ON x.tenant_id = t.id AND x.name = 'policy.second'
		 WHERE u.account_id = $1 AND t.state <> 'closed'`, accountID)
}
