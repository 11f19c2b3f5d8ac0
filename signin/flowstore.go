package signin

import (
	"context"
	"time"

	"sojourn/internal/db"
)

func insertFlow(ctx context.Context, c db.Conn, fl Flow, now, expires time.Time) error {
	_, err := c.Exec(ctx, `
		INSERT INTO flows (hash, browser_id, purpose, step, name, account_id, session_id, password_version, return_url, created_at, expires_at, tenant_id)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		fl.hash, fl.browser, fl.purpose, fl.step, fl.Name, db.Null(fl.account), db.Null(fl.session), fl.version, fl.ReturnURL, db.Micros(now), db.Micros(expires), db.Null(fl.tenant))
	return err
}

// isOpen is what every step asks of its flow.
const isOpen = `hash = $1 AND browser_id = $2 AND purpose = $3 AND step = $4 AND used_at IS NULL AND expires_at > $5`

// openFlow finds a flow that stands at a step in a browser.
func openFlow(ctx context.Context, c db.Conn, hash []byte, browser string, p purpose, at step, now time.Time) (fl Flow, found bool, err error) {
	return db.Maybe(ctx, c, func(r db.Row) (fl Flow, err error) {
		err = r.Scan(&fl.hash, &fl.browser, &fl.purpose, &fl.step, &fl.Name, db.Opt(&fl.account), db.Opt(&fl.session), &fl.version, &fl.ReturnURL, &fl.stays, db.Opt(&fl.tenant))
		return
	}, `SELECT hash, browser_id, purpose, step, name, account_id, session_id, password_version, return_url, stays, tenant_id FROM flows WHERE `+isOpen,
		hash, browser, p, at, db.Micros(now))
}

// advanceFlow takes a flow from the password to the second step: of many at once,
// one goes on.
func advanceFlow(ctx context.Context, c db.Conn, fl Flow, accountID string, version int, now time.Time) (bool, error) {
	n, err := db.Changed(ctx, c, `UPDATE flows SET step = 'second', account_id = $6, password_version = $7, stays = $8 WHERE `+isOpen,
		fl.hash, fl.browser, fl.purpose, fl.step, db.Micros(now), accountID, version, fl.stays)
	return n == 1, err
}

// burnFlow ends a flow: of many last steps at once, one gets through.
func burnFlow(ctx context.Context, tx *db.Tx, fl Flow, accountID string) (bool, error) {
	n, err := db.Changed(ctx, tx, `UPDATE flows SET step = $6, used_at = $5, account_id = $7 WHERE `+isOpen,
		fl.hash, fl.browser, fl.purpose, fl.step, db.Micros(tx.Now()), stepDone, accountID)
	return n == 1, err
}

// touchFlow writes and changes nothing.
func touchFlow(ctx context.Context, tx *db.Tx, fl Flow) error {
	_, err := tx.Exec(ctx, `UPDATE flows SET expires_at = expires_at WHERE hash = $1`, fl.hash)
	return err
}

func deleteFlows(ctx context.Context, c db.Conn, before time.Time, limit int) (int, error) {
	return db.Changed(ctx, c, `DELETE FROM flows WHERE hash IN (SELECT hash FROM flows WHERE expires_at < $1 ORDER BY expires_at LIMIT $2)`,
		db.Micros(before), limit)
}
