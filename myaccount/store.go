package myaccount

import (
	"context"

	"sojourn/internal/db"
)

// photoSeen reads a photo, if the asker may see it: their own, or that of
// somebody who is in an organization which they administer.
func photoSeen(ctx context.Context, c db.Conn, photoID, asker string) (large, small []byte, found bool, err error) {
	row, found, err := db.Maybe(ctx, c, func(r db.Row) (x [2][]byte, err error) { err = r.Scan(&x[0], &x[1]); return }, `
		SELECT p.large, p.small FROM photos p
		 WHERE p.id = $1
		   AND (p.account_id = $2 OR EXISTS (
			SELECT 1 FROM live_users u
			  JOIN tenants t ON t.id = u.tenant_id AND t.state <> 'closed'
			  JOIN live_users o ON o.tenant_id = u.tenant_id AND o.account_id = $2 AND o.account_enabled
			  JOIN roles r ON r.user_id = o.id
			 WHERE u.account_id = p.account_id))`, photoID, asker)
	return row[0], row[1], found, err
}
