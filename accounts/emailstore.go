package accounts

import (
	"context"
	"time"

	"sojourn/internal/db"
)

func insertEmail(ctx context.Context, tx *db.Tx, accountID string, e EmailSetUp) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO methods (id, account_id, type, secret, pepper, state, version, created_at, changed_at, address)
		VALUES ($1, $2, 'email', '', '', 'waiting', 1, $3, $3, $4)`,
		e.MethodID, accountID, db.Micros(tx.Now()), e.Address)
	return err
}

// WaitingEmail reads the address that an account is setting up, if it was begun
// since.
func WaitingEmail(ctx context.Context, c db.Conn, accountID string, since time.Time) (e EmailSetUp, found bool, err error) {
	return db.Maybe(ctx, c, func(r db.Row) (e EmailSetUp, err error) { err = r.Scan(&e.MethodID, &e.Address); return }, `
		SELECT id, address
		  FROM methods WHERE account_id = $1 AND type = 'email' AND state = 'waiting' AND created_at >= $2
		 ORDER BY created_at DESC, id DESC LIMIT 1`, accountID, db.Micros(since))
}

func activateEmail(ctx context.Context, tx *db.Tx, accountID string, e EmailSetUp, since time.Time) (bool, error) {
	n, err := db.Changed(ctx, tx, `
		UPDATE methods SET state = 'active', created_at = $3, changed_at = $3
		 WHERE account_id = $1 AND id = $2 AND type = 'email' AND state = 'waiting' AND created_at >= $4`,
		accountID, e.MethodID, db.Micros(tx.Now()), db.Micros(since))
	return n == 1, err
}

// IdentitiesOf lists the names that an account is known by and has proved.
func IdentitiesOf(ctx context.Context, c db.Conn, accountID string) ([]Identity, error) {
	return db.All(ctx, c, scanIdentity, `
		SELECT id, account_id, type, issuer, subject, address, verified_at
		  FROM identities WHERE account_id = $1 AND lost_at IS NULL AND verified_at IS NOT NULL
		 ORDER BY id`, accountID)
}
