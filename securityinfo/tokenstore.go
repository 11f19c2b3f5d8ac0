package securityinfo

import (
	"context"

	"sojourn/internal/db"
)

// tokensAt says whether the organization that has a domain hands tokens out. It knows
// nothing of accounts.
func tokensAt(ctx context.Context, c db.Conn, domain string) (bool, error) {
	n, err := db.Count(ctx, c, `
		SELECT count(*) FROM (SELECT 1 FROM domains d JOIN tokens t ON t.tenant_id = d.tenant_id WHERE d.name = $1 AND d.verified_at IS NOT NULL LIMIT 1) AS one`, domain)
	return n > 0, err
}
