package accounts

import (
	"context"
	"time"

	"sojourn/internal/db"
)

// PassOf reads the pass that an account can use now.
func PassOf(ctx context.Context, c db.Conn, accountID string, now time.Time) (p Pass, found bool, err error) {
	return db.Maybe(ctx, c, func(r db.Row) (p Pass, err error) {
		err = r.Scan(&p.MethodID, &p.Hash, &p.Pepper, db.At(&p.StartsAt), db.At(&p.ExpiresAt), &p.Once)
		return
	}, `
		SELECT id, secret, pepper, starts_at, expires_at, once FROM methods
		 WHERE account_id = $1 AND type = 'pass' AND state = 'active' AND starts_at <= $2 AND expires_at > $2`, accountID, db.Micros(now))
}

func insertPass(ctx context.Context, tx *db.Tx, accountID string, p Pass) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO methods (id, account_id, type, secret, pepper, state, version, created_at, changed_at, starts_at, expires_at, once)
		VALUES ($1, $2, 'pass', $3, $4, 'active', 1, $5, $5, $6, $7, $8)`,
		p.MethodID, accountID, p.Hash, p.Pepper, db.Micros(tx.Now()), db.Micros(p.StartsAt), db.Micros(p.ExpiresAt), p.Once)
	return err
}

func deletePass(ctx context.Context, tx *db.Tx, accountID string) error {
	_, err := tx.Exec(ctx, `DELETE FROM methods WHERE account_id = $1 AND type = 'pass'`, accountID)
	return err
}

// SpendPass uses a pass, up for good if it is for once: of many at once, one does.
func SpendPass(ctx context.Context, tx *db.Tx, accountID, methodID string) (bool, error) {
	n, err := db.Changed(ctx, tx, `
		UPDATE methods SET used_at = $3, state = CASE WHEN once THEN 'spent' ELSE state END
		 WHERE account_id = $1 AND id = $2 AND type = 'pass' AND state = 'active' AND starts_at <= $3 AND expires_at > $3`,
		accountID, methodID, db.Micros(tx.Now()))
	return n == 1, err
}

// SweepPasses deletes passes that are over.
func SweepPasses(ctx context.Context, c db.Conn, now time.Time, limit int) (int, error) {
	return db.Changed(ctx, c, `
		DELETE FROM methods WHERE id IN (SELECT id FROM methods WHERE expires_at IS NOT NULL AND expires_at < $1 ORDER BY expires_at LIMIT $2)`,
		db.Micros(now), limit)
}
