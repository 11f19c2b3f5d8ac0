package directory

import (
	"context"
	"time"

	"sojourn/internal/db"
)

// usedEvery is how exact "last used" is: one write in that time at most.
const usedEvery = time.Minute

// Used notes that somebody has used their user in a tenant. It is a last-seen
// mark, kept coarse, and may stand outside a transaction.
func (f *Feature) Used(ctx context.Context, c db.Conn, tenantID, userID string) error {
	return markUsed(ctx, c, tenantID, userID, c.Now(), c.Now().Add(-usedEvery))
}
