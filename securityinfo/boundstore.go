package securityinfo

import (
	"context"
	"math"

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

// guestKnownAs is an account as an organization knows it, or knew it if it can be
// restored there: what is told there holds nothing else of the person.
func guestKnownAs(ctx context.Context, c db.Conn, tenantID, accountID string) (h holder, found bool, err error) {
	return db.Maybe(ctx, c, func(r db.Row) (h holder, err error) {
		err = r.Scan(&h.Account, &h.HomeUser, &h.Tenant, &h.Name, &h.Address, &h.Deleted)
		return
	}, `
		SELECT u.account_id, u.id, u.tenant_id, u.display_name, CASE WHEN u.mail <> '' THEN u.mail ELSE u.principal_name END, u.deleted_at IS NOT NULL
		  FROM users u WHERE u.tenant_id = $1 AND u.account_id = $2
		 ORDER BY COALESCE(u.deleted_at, $3) DESC, u.id DESC LIMIT 1`, tenantID, accountID, int64(math.MaxInt64))
}
