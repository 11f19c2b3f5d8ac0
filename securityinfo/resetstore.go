package securityinfo

import (
	"context"
	"time"

	"sojourn/internal/db"
)

const resetColumns = `hash, browser_id, name, account_id, step, password_version, way, place, tries, proved`

func scanReset(r db.Row) (x Reset, err error) {
	var proved string
	err = r.Scan(&x.hash, &x.browser, &x.Name, db.Opt(&x.account), &x.step, &x.version, &x.Way, &x.Place, &x.tries, &proved)
	x.proved = parted(proved)
	return
}

func insertReset(ctx context.Context, c db.Conn, r Reset, now, expires time.Time) error {
	_, err := c.Exec(ctx, `
		INSERT INTO resets (hash, browser_id, name, account_id, step, password_version, created_at, expires_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		r.hash, r.browser, r.Name, db.Null(r.account), r.step, r.version, db.Micros(now), db.Micros(expires))
	return err
}

// resetOf finds a reset that is under way in a browser.
func resetOf(ctx context.Context, c db.Conn, hash []byte, browser string, now time.Time) (Reset, bool, error) {
	return db.Maybe(ctx, c, scanReset, `
		SELECT `+resetColumns+` FROM resets WHERE hash = $1 AND browser_id = $2 AND used_at IS NULL AND expires_at > $3`,
		hash, browser, db.Micros(now))
}

// stands is what every change asks of its reset: that nothing has become of it since
// it was read. Of many at once, one goes on.
const stands = `hash = $1 AND browser_id = $2 AND step = $3 AND tries = $4 AND way = $5 AND place = $6 AND used_at IS NULL AND expires_at > $7`

// noteSending notes for what and where to a code was asked for.
func noteSending(ctx context.Context, tx *db.Tx, r Reset, way ResetWay, place string) (bool, error) {
	n, err := db.Changed(ctx, tx, `UPDATE resets SET way = $8, place = $9 WHERE `+stands,
		r.hash, r.browser, r.step, r.tries, r.Way, r.Place, db.Micros(tx.Now()), way, place)
	return n == 1, err
}

// noteWrong counts a wrong proof of this reset.
func noteWrong(ctx context.Context, tx *db.Tx, r Reset) error {
	_, err := tx.Exec(ctx, `UPDATE resets SET tries = tries + 1 WHERE `+stands,
		r.hash, r.browser, r.step, r.tries, r.Way, r.Place, db.Micros(tx.Now()))
	return err
}

// advanceReset takes a reset to its next step.
func advanceReset(ctx context.Context, tx *db.Tx, r Reset, next resetStep, proved string) (bool, error) {
	n, err := db.Changed(ctx, tx, `UPDATE resets SET step = $8, proved = $9, way = '', place = '', tries = 0 WHERE `+stands,
		r.hash, r.browser, r.step, r.tries, r.Way, r.Place, db.Micros(tx.Now()), next, proved)
	return n == 1, err
}

// burnReset ends a reset: of many new passwords at once, one is set.
func burnReset(ctx context.Context, tx *db.Tx, r Reset) (bool, error) {
	n, err := db.Changed(ctx, tx, `UPDATE resets SET step = 'done', used_at = $7 WHERE `+stands,
		r.hash, r.browser, r.step, r.tries, r.Way, r.Place, db.Micros(tx.Now()))
	return n == 1, err
}

// touchReset writes and changes nothing.
func touchReset(ctx context.Context, tx *db.Tx, r Reset) error {
	_, err := tx.Exec(ctx, `UPDATE resets SET expires_at = expires_at WHERE hash = $1`, r.hash)
	return err
}

// deleteResets gives what it deleted, as far as it says which they were.
func deleteResets(ctx context.Context, tx *db.Tx, before time.Time, limit int) ([]Reset, error) {
	return db.All(ctx, tx, func(r db.Row) (x Reset, err error) { err = r.Scan(&x.hash); return }, `
		DELETE FROM resets WHERE hash IN (SELECT hash FROM resets WHERE expires_at < $1 ORDER BY expires_at LIMIT $2) RETURNING hash`,
		db.Micros(before), limit)
}

func deleteCounters(ctx context.Context, tx *db.Tx, names []string) error {
	return tx.ExecAmong(ctx, `DELETE FROM counters WHERE name IN ($1)`, names)
}

// letsIn says whether an account and its home let somebody in at all.
func letsIn(ctx context.Context, c db.Conn, accountID string) (bool, error) {
	n, err := db.Count(ctx, c, `
		SELECT count(*)
		  FROM accounts a
		  LEFT JOIN users h ON h.id = a.home_user_id
		  LEFT JOIN tenants t ON t.id = h.tenant_id
		 WHERE a.id = $1 AND a.state = 'active'
		   AND (a.home_user_id IS NULL OR h.deleted_at IS NULL AND h.account_enabled AND t.state <> 'closed')`, accountID)
	return n == 1, err
}

// official is an administrator who is told of something.
type official struct{ Account, User string }

// officials are who has a role in an organization and could act on it, at most limit.
func officials(ctx context.Context, c db.Conn, tenantID, role string, limit int) ([]official, error) {
	return db.All(ctx, c, func(r db.Row) (o official, err error) { err = r.Scan(&o.Account, &o.User); return }, `
		SELECT a.id, u.id
		  FROM roles r
		  JOIN live_users u ON u.id = r.user_id
		  JOIN accounts a ON a.id = u.account_id
		 WHERE r.tenant_id = $1 AND r.role = $2 AND u.account_enabled AND a.state = 'active'
		 ORDER BY u.sort_key, u.id LIMIT $3`, tenantID, role, limit)
}
