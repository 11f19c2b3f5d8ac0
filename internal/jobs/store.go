package jobs

import (
	"context"
	"time"

	"sojourn/internal/db"
)

// take gets the lease if it is free, has ended or is the owner's already. One
// that ends later than any holder would ask for was taken by a wrong clock.
func take(ctx context.Context, c db.Conn, name, owner string, now, until, latest time.Time) (bool, error) {
	n, err := db.Changed(ctx, c, `
		INSERT INTO leases (name, owner, until) VALUES ($1, $2, $3)
		ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, until = excluded.until
		 WHERE leases.until <= $4 OR leases.until > $5 OR leases.owner = excluded.owner`,
		name, owner, db.Micros(until), db.Micros(now), db.Micros(latest))
	return n == 1, err
}

// extend says false when the lease has become somebody else's.
func extend(ctx context.Context, c db.Conn, name, owner string, until time.Time) (bool, error) {
	n, err := db.Changed(ctx, c, `UPDATE leases SET until = $3 WHERE name = $1 AND owner = $2`, name, owner, db.Micros(until))
	return n == 1, err
}

func release(ctx context.Context, c db.Conn, name, owner string) error {
	_, err := c.Exec(ctx, `DELETE FROM leases WHERE name = $1 AND owner = $2`, name, owner)
	return err
}
