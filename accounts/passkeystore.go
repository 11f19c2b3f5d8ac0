package accounts

import (
	"context"

	"sojourn/internal/db"
)

const keyColumns = `k.method_id, k.account_id, k.credential_id, k.record, k.sign_count, k.portable, k.syncable, k.backed_up`

func scanKey(r db.Row) (k Key, err error) {
	err = r.Scan(&k.MethodID, &k.AccountID, &k.ID, &k.Record, &k.Count, &k.Portable, &k.Syncable, &k.BackedUp)
	return
}

// KeysOf lists the passkeys of an account, the oldest first.
func KeysOf(ctx context.Context, c db.Conn, accountID string) ([]Key, error) {
	return db.All(ctx, c, scanKey, `
		SELECT `+keyColumns+`
		  FROM passkeys k JOIN methods m ON m.id = k.method_id
		 WHERE k.account_id = $1 AND m.account_id = $1 AND m.state = 'active' ORDER BY m.created_at, m.id`, accountID)
}

// KeyBy finds a passkey by the name that its device gives it.
func KeyBy(ctx context.Context, c db.Conn, credentialID []byte) (k Key, found bool, err error) {
	return db.Maybe(ctx, c, scanKey, `
		SELECT `+keyColumns+`
		  FROM passkeys k JOIN methods m ON m.id = k.method_id
		 WHERE k.credential_id = $1 AND m.account_id = k.account_id AND m.state = 'active'`, credentialID)
}

func keyTaken(ctx context.Context, tx *db.Tx, credentialID []byte) (bool, error) {
	n, err := db.Count(ctx, tx, `SELECT count(*) FROM passkeys WHERE credential_id = $1`, credentialID)
	return n > 0, err
}

func insertKeyMethod(ctx context.Context, tx *db.Tx, k Key, name string) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO methods (id, account_id, type, secret, pepper, state, version, created_at, changed_at, name)
		VALUES ($1, $2, 'passkey', '', '', 'active', 1, $3, $3, $4)`, k.MethodID, k.AccountID, db.Micros(tx.Now()), name)
	return err
}

func insertKey(ctx context.Context, tx *db.Tx, k Key) (bool, error) {
	n, err := db.Changed(ctx, tx, `
		INSERT INTO passkeys (method_id, account_id, credential_id, record, sign_count, portable, syncable, backed_up)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
		k.MethodID, k.AccountID, k.ID, k.Record, k.Count, k.Portable, k.Syncable, k.BackedUp)
	return n == 1, err
}

func advanceKey(ctx context.Context, tx *db.Tx, p PasskeyProof) (bool, error) {
	n, err := db.Changed(ctx, tx, `
		UPDATE passkeys SET sign_count = $4, record = $5, backed_up = $6
		 WHERE method_id = $2 AND account_id = $1 AND sign_count = $3`,
		p.AccountID, p.MethodID, p.Seen, p.Next.Count, p.Next.Record, p.Next.BackedUp)
	return n == 1, err
}

func deleteKeyOf(ctx context.Context, tx *db.Tx, accountID, methodID string) error {
	_, err := tx.Exec(ctx, `DELETE FROM passkeys WHERE method_id = $2 AND account_id = $1`, accountID, methodID)
	return err
}

// KeyHandle reads what the passkeys of an account know it by.
func KeyHandle(ctx context.Context, c db.Conn, accountID string) (handle []byte, found bool, err error) {
	return db.Maybe(ctx, c, func(r db.Row) (b []byte, err error) { err = r.Scan(&b); return },
		`SELECT passkey_handle FROM accounts WHERE id = $1 AND passkey_handle IS NOT NULL`, accountID)
}

func giveHandle(ctx context.Context, c db.Conn, accountID string, handle []byte) error {
	_, err := c.Exec(ctx, `UPDATE accounts SET passkey_handle = $2 WHERE id = $1 AND state = 'active' AND passkey_handle IS NULL`, accountID, handle)
	return err
}
