package securityinfo

import (
	"context"

	"sojourn/internal/db"
)

// guestOf is an account as it is in an organization now.
func guestOf(ctx context.Context, c db.Conn, tenantID, accountID string) (b Binding, guest, found bool, err error) {
	b, found, err = db.Maybe(ctx, c, func(r db.Row) (b Binding, err error) {
		err = r.Scan(&b.Tenant, &b.Organization, &b.user, &guest)
		return
	}, `
		SELECT t.id, t.name, u.id, u.user_type = 'guest'
		  FROM live_users u JOIN tenants t ON t.id = u.tenant_id
		 WHERE u.tenant_id = $1 AND u.account_id = $2 AND t.state <> 'closed'`, tenantID, accountID)
	return b, guest, found, err
}
