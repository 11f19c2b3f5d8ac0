package requests

import (
	"context"
	"time"

	"sojourn/internal/db"
)

// listQueue lists requests made to an organization in the order of the queue.
func listQueue(ctx context.Context, c db.Conn, w db.Where, limit int) ([]Request, error) {
	w.Limit(limit)
	return db.All(ctx, c, scanRequest, `SELECT `+requestColumns+requestTables+` WHERE `+w.Text()+` ORDER BY r.place, r.id LIMIT `+w.Last(), w.Args()...)
}

// countLate counts open requests whose answer is late, of up to four kinds: what
// is closed has its place far behind.
func countLate(ctx context.Context, c db.Conn, tenantID string, kinds [4]Kind, now time.Time) (int, error) {
	return db.Count(ctx, c, `
		SELECT count(*) FROM requests WHERE tenant_id = $1 AND place <= $2 AND state = 'open' AND kind IN ($3, $4, $5, $6)`,
		tenantID, db.Micros(now), kinds[0], kinds[1], kinds[2], kinds[3])
}
