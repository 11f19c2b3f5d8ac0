package accounts

import (
	"context"

	"sojourn/internal/db"
)

func savePhoto(ctx context.Context, tx *db.Tx, accountID string, p Photo) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO photos (account_id, id, set_at, small, large) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (account_id) DO UPDATE SET id = $2, set_at = $3, small = $4, large = $5`,
		accountID, p.ID, db.Micros(tx.Now()), p.Small, p.Large)
	return err
}

func deletePhoto(ctx context.Context, tx *db.Tx, accountID string) (bool, error) {
	n, err := db.Changed(ctx, tx, `DELETE FROM photos WHERE account_id = $1`, accountID)
	return n == 1, err
}
