package securityinfo

import (
	"context"

	"sojourn/internal/db"
)

func answeredOf(ctx context.Context, c db.Conn, accountID string) (answered, error) {
	a, _, err := db.Maybe(ctx, c, func(r db.Row) (a answered, err error) {
		err = r.Scan(&a.Skipped, db.At(&a.QuietUntil), db.At(&a.Confirmed))
		return
	}, `SELECT skipped, quiet_until, confirmed_at FROM registrations WHERE account_id = $1`, accountID)
	return a, err
}

func saveAnswered(ctx context.Context, tx *db.Tx, accountID string, a answered) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO registrations (account_id, skipped, quiet_until, confirmed_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (account_id) DO UPDATE SET skipped = $2, quiet_until = $3, confirmed_at = $4`,
		accountID, a.Skipped, db.Micros(a.QuietUntil), db.Micros(a.Confirmed))
	return err
}
