package accounts

import (
	"context"
	"time"

	"sojourn/internal/db"
)

func insertPhone(ctx context.Context, tx *db.Tx, accountID string, p Phone) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO methods (id, account_id, type, secret, pepper, state, version, created_at, changed_at, number, extension, way)
		VALUES ($1, $2, $3, '', '', 'waiting', 1, $4, $4, $5, $6, $7)`,
		p.MethodID, accountID, p.Type, db.Micros(tx.Now()), p.Number, p.Extension, p.Way)
	return err
}

// WaitingPhone reads the telephone of a type that an account is setting up, if it
// was begun since.
func WaitingPhone(ctx context.Context, c db.Conn, accountID string, kind MethodType, since time.Time) (p Phone, found bool, err error) {
	return db.Maybe(ctx, c, func(r db.Row) (p Phone, err error) {
		err = r.Scan(&p.MethodID, &p.Type, &p.Number, &p.Extension, &p.Way)
		return
	}, `SELECT id, type, number, extension, way
		  FROM methods WHERE account_id = $1 AND type = $2 AND number <> '' AND state = 'waiting' AND created_at >= $3
		 ORDER BY created_at DESC, id DESC LIMIT 1`, accountID, kind, db.Micros(since))
}

func activatePhone(ctx context.Context, tx *db.Tx, accountID string, p Phone, preferred bool, since time.Time) (bool, error) {
	n, err := db.Changed(ctx, tx, `
		UPDATE methods SET state = 'active', preferred = $5, created_at = $4, changed_at = $4
		 WHERE account_id = $1 AND id = $2 AND type = $3 AND state = 'waiting' AND created_at >= $6`,
		accountID, p.MethodID, p.Type, db.Micros(tx.Now()), preferred, db.Micros(since))
	return n == 1, err
}

// ChooseWay keeps how the codes of a telephone come first.
func ChooseWay(ctx context.Context, tx *db.Tx, accountID, methodID string, way Way) error {
	_, err := tx.Exec(ctx, `UPDATE methods SET way = $3 WHERE account_id = $1 AND id = $2 AND number <> ''`, accountID, methodID, way)
	return err
}

// KeepSentCode keeps a code for a method in place of the one before it: the newest
// alone is any good.
func KeepSentCode(ctx context.Context, tx *db.Tx, accountID, methodID string, c SentCode, expires time.Time) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO sent_codes (method_id, account_id, id, mac, sent_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (method_id) DO UPDATE SET id = $3, mac = $4, sent_at = $5, expires_at = $6, used_at = NULL
		 WHERE sent_codes.account_id = $2`,
		methodID, accountID, c.ID, c.MAC, db.Micros(tx.Now()), db.Micros(expires))
	return err
}

// SentCodeOf reads the code of a method that can still be used.
func SentCodeOf(ctx context.Context, c db.Conn, accountID, methodID string, now time.Time) (code SentCode, found bool, err error) {
	return db.Maybe(ctx, c, func(r db.Row) (code SentCode, err error) { err = r.Scan(&code.ID, &code.MAC); return }, `
		SELECT id, mac FROM sent_codes WHERE method_id = $2 AND account_id = $1 AND used_at IS NULL AND expires_at > $3`,
		accountID, methodID, db.Micros(now))
}

func spendSentCode(ctx context.Context, tx *db.Tx, accountID, methodID, codeID string) (bool, error) {
	n, err := db.Changed(ctx, tx, `
		UPDATE sent_codes SET used_at = $4
		 WHERE method_id = $2 AND account_id = $1 AND id = $3 AND used_at IS NULL AND expires_at > $4`,
		accountID, methodID, codeID, db.Micros(tx.Now()))
	return n == 1, err
}

func deleteSentCode(ctx context.Context, tx *db.Tx, accountID, methodID string) error {
	_, err := tx.Exec(ctx, `DELETE FROM sent_codes WHERE method_id = $2 AND account_id = $1`, accountID, methodID)
	return err
}

// SweepSentCodes deletes codes that can no longer be used.
func SweepSentCodes(ctx context.Context, c db.Conn, before time.Time, limit int) (int, error) {
	return db.Changed(ctx, c, `
		DELETE FROM sent_codes WHERE method_id IN (SELECT method_id FROM sent_codes WHERE expires_at < $1 ORDER BY expires_at LIMIT $2)`,
		db.Micros(before), limit)
}
