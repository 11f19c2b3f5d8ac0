package securityinfo

import (
	"context"
	"time"

	"sojourn/accounts"
	"sojourn/internal/db"
)

func insertCeremony(ctx context.Context, c db.Conn, hash []byte, a accounts.Asking, kept string, now, expires time.Time) error {
	_, err := c.Exec(ctx, `
		INSERT INTO ceremonies (hash, purpose, bound, account_id, data, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		hash, a.Purpose, a.Bound, db.Null(a.Account), kept, db.Micros(now), db.Micros(expires))
	return err
}

// takeCeremony burns a question and gives what its answer is held against: of many
// answers at once, one is looked at.
func takeCeremony(ctx context.Context, c db.Conn, hash []byte, a accounts.Asking, now time.Time) (kept string, found bool, err error) {
	return db.Maybe(ctx, c, db.Text, `
		UPDATE ceremonies SET used_at = $5
		 WHERE hash = $1 AND purpose = $2 AND bound = $3 AND COALESCE(account_id, '') = $4 AND used_at IS NULL AND expires_at > $5
		RETURNING data`, hash, a.Purpose, a.Bound, a.Account, db.Micros(now))
}

func deleteCeremonies(ctx context.Context, c db.Conn, before time.Time, limit int) (int, error) {
	return db.Changed(ctx, c, `DELETE FROM ceremonies WHERE hash IN (SELECT hash FROM ceremonies WHERE expires_at < $1 ORDER BY expires_at LIMIT $2)`,
		db.Micros(before), limit)
}
