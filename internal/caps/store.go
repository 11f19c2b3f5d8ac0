package caps

import (
	"context"
	"time"

	"sojourn/internal/db"
)

// count adds one to a counter that has room for it, and starts it anew where it
// began before since; false where it is full.
func count(ctx context.Context, tx *db.Tx, c Cap, since time.Time) (bool, error) {
	n, err := db.Changed(ctx, tx, `
		INSERT INTO counters (name, count, first_at, last_at) VALUES ($1, 1, $4, $4)
		ON CONFLICT (name) DO UPDATE SET
		       count = CASE WHEN counters.first_at <= $3 THEN 1 ELSE counters.count + 1 END,
		       first_at = CASE WHEN counters.first_at <= $3 THEN $4 ELSE counters.first_at END,
		       last_at = $4
		 WHERE counters.first_at <= $3 OR counters.count < $2`, c.Counter, c.Most, db.Micros(since), db.Micros(tx.Now()))
	return n == 1, err
}
