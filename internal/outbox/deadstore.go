package outbox

import (
	"context"
	"time"

	"sojourn/internal/db"
)

// scanDead leaves the payload sealed.
func scanDead(r db.Row) (d Undelivered, err error) {
	err = r.Scan(&d.ID, &d.Channel, &d.Account, &d.payload, &d.Tries, db.At(&d.PutAt), db.At(&d.GivenUpAt), &d.Reason, db.At(&d.expires))
	return
}

// listDead reads what was given up of a tenant, the newest first, from behind a point.
func listDead(ctx context.Context, c db.Conn, tenantID string, at int64, id string, limit int) ([]Undelivered, error) {
	return db.All(ctx, c, scanDead, `
		SELECT id, channel, COALESCE(account_id, ''), payload, attempts, created_at, dead_at, last_error, expires_at FROM outbox
		 WHERE tenant_id = $1 AND dead_at IS NOT NULL AND discarded_at IS NULL AND (dead_at, id) < ($2, $3)
		 ORDER BY dead_at DESC, id DESC LIMIT $4`, tenantID, at, id, limit)
}

func oneDead(ctx context.Context, c db.Conn, tenantID, id string) (Undelivered, bool, error) {
	return db.Maybe(ctx, c, scanDead, `
		SELECT id, channel, COALESCE(account_id, ''), payload, attempts, created_at, dead_at, last_error, expires_at FROM outbox
		 WHERE id = $1 AND tenant_id = $2 AND dead_at IS NOT NULL AND discarded_at IS NULL`, id, tenantID)
}

func revive(ctx context.Context, tx *db.Tx, tenantID, id string) error {
	_, err := tx.Exec(ctx, `
		UPDATE outbox SET dead_at = NULL, attempts = 0, next_at = 0, lease_until = 0, last_error = '', again_at = $3
		 WHERE id = $1 AND tenant_id = $2 AND dead_at IS NOT NULL AND discarded_at IS NULL`, id, tenantID, db.Micros(tx.Now()))
	return err
}

func discard(ctx context.Context, tx *db.Tx, tenantID, id string) error {
	_, err := tx.Exec(ctx, `
		UPDATE outbox SET payload = NULL, discarded_at = $3
		 WHERE id = $1 AND tenant_id = $2 AND dead_at IS NOT NULL AND discarded_at IS NULL`, id, tenantID, db.Micros(tx.Now()))
	return err
}

func forget(ctx context.Context, tx *db.Tx, tenantID, accountID string) error {
	_, err := tx.Exec(ctx, `
		UPDATE outbox SET payload = NULL, discarded_at = $3
		 WHERE tenant_id = $1 AND account_id = $2 AND dead_at IS NOT NULL AND discarded_at IS NULL`, tenantID, accountID, db.Micros(tx.Now()))
	return err
}

// dropTopics wipes what was not sent of topics, given up or not.
func dropTopics(ctx context.Context, tx *db.Tx, topics []string) error {
	return tx.ExecAmong(ctx, `
		UPDATE outbox SET payload = NULL, discarded_at = $2, dead_at = COALESCE(dead_at, $2), lease_until = 0
		 WHERE topic IN ($1) AND sent_at IS NULL AND discarded_at IS NULL`, topics, db.Micros(tx.Now()))
}

// dropAccounts wipes what was not sent to accounts, given up or not.
func dropAccounts(ctx context.Context, tx *db.Tx, accountIDs []string) error {
	return tx.ExecAmong(ctx, `
		UPDATE outbox SET payload = NULL, discarded_at = $2, dead_at = COALESCE(dead_at, $2), lease_until = 0
		 WHERE account_id IN ($1) AND sent_at IS NULL AND discarded_at IS NULL`, accountIDs, db.Micros(tx.Now()))
}

// recall wipes a message that was not sent, given up or not. A worker that holds it may
// still send it, but nobody tries again.
func recall(ctx context.Context, tx *db.Tx, dedupe string) error {
	_, err := tx.Exec(ctx, `
		UPDATE outbox SET payload = NULL, discarded_at = $2, dead_at = COALESCE(dead_at, $2), lease_until = 0
		 WHERE dedupe_key = $1 AND sent_at IS NULL AND discarded_at IS NULL`, dedupe, db.Micros(tx.Now()))
	return err
}

// goneOut says whether a message was sent, or a worker is about to.
func goneOut(ctx context.Context, c db.Conn, dedupe string) (bool, error) {
	n, err := db.Count(ctx, c, `SELECT count(*) FROM outbox WHERE dedupe_key = $1 AND (sent_at IS NOT NULL OR lease_until > $2)`, dedupe, db.Micros(c.Now()))
	return n > 0, err
}

// wipe empties what was given up before a time.
func wipe(ctx context.Context, c db.Conn, before, now time.Time) (int, error) {
	return db.Changed(ctx, c, `
		UPDATE outbox SET payload = NULL, discarded_at = $2
		 WHERE dead_at IS NOT NULL AND dead_at < $1 AND discarded_at IS NULL`, db.Micros(before), db.Micros(now))
}

// removeDead removes the rows of what was given up long ago.
func removeDead(ctx context.Context, c db.Conn, before time.Time) (int, error) {
	return db.Changed(ctx, c, `DELETE FROM outbox WHERE dead_at IS NOT NULL AND dead_at < $1`, db.Micros(before))
}

// expire gives up what waits and is of no use any more: where nothing goes out by a
// channel, no worker comes across it.
func expire(ctx context.Context, c db.Conn, before, now time.Time) (int, error) {
	return db.Changed(ctx, c, `
		UPDATE outbox SET dead_at = $2, payload = NULL, lease_until = 0, last_error = 'expired'
		 WHERE expires_at IS NOT NULL AND expires_at < $1 AND sent_at IS NULL AND dead_at IS NULL`, db.Micros(before), db.Micros(now))
}
