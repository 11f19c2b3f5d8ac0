package securityinfo

import (
	"context"

	"sojourn/internal/db"
)

// keyCheck reads the mark of a key, else says which key has one.
func keyCheck(ctx context.Context, tx *db.Tx, keyID string) (made string, sealed []byte, found bool, err error) {
	sealed, found, err = db.Maybe(ctx, tx, func(r db.Row) (b []byte, err error) { err = r.Scan(&b); return },
		`SELECT sealed FROM key_checks WHERE key_id = $1`, keyID)
	if err != nil || found {
		return keyID, sealed, found, err
	}
	made, _, err = db.Maybe(ctx, tx, db.Text, `SELECT key_id FROM key_checks ORDER BY key_id LIMIT 1`)
	return made, nil, false, err
}

// pepperInUse is a key that passwords were hashed with: this one, where any were.
func pepperInUse(ctx context.Context, tx *db.Tx, keyID string) (string, error) {
	pepper, _, err := db.Maybe(ctx, tx, db.Text, `
		SELECT pepper FROM methods WHERE pepper <> '' ORDER BY CASE WHEN pepper = $1 THEN 0 ELSE 1 END, pepper LIMIT 1`, keyID)
	return pepper, err
}

func insertKeyCheck(ctx context.Context, tx *db.Tx, keyID string, sealed []byte) error {
	_, err := tx.Exec(ctx, `INSERT INTO key_checks (key_id, sealed, created_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
		keyID, sealed, db.Micros(tx.Now()))
	return err
}

func deleteKeyChecks(ctx context.Context, tx *db.Tx) error {
	_, err := tx.Exec(ctx, `DELETE FROM key_checks`)
	return err
}

func deleteOtherKeyChecks(ctx context.Context, tx *db.Tx, keyID string) error {
	_, err := tx.Exec(ctx, `DELETE FROM key_checks WHERE key_id <> $1`, keyID)
	return err
}
