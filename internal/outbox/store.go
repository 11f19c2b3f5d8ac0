package outbox

import (
	"context"
	"time"

	"sojourn/internal/db"
)

// insert makes a row that is due at once: at 0, since a worker's clock may be a
// little behind the one that stamped the row.
func insert(ctx context.Context, tx *db.Tx, id string, p put, sealed []byte) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO outbox (id, channel, dedupe_key, tenant_id, account_id, payload, created_at, attempts, next_at, lease_until, last_error, expires_at, topic)
		VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 0, 0, '', $8, $9)
		ON CONFLICT (dedupe_key) DO NOTHING`,
		id, string(p.channel), p.dedupe, db.Null(p.tenant), db.Null(p.account), sealed, db.Micros(tx.Now()), db.Micros(p.expires), db.Null(p.topic))
	return err
}

// anyDue asks on a reading connection: most rounds have nothing to claim.
func anyDue(ctx context.Context, c db.Conn, channel Channel, now time.Time) (bool, error) {
	_, found, err := db.Maybe(ctx, c, db.Int, `
		SELECT 1 FROM outbox
		 WHERE sent_at IS NULL AND dead_at IS NULL AND channel = $1 AND next_at <= $2 AND lease_until < $2 LIMIT 1`,
		string(channel), db.Micros(now))
	return found, err
}

// claimed is a row that this worker holds until its lease ends.
type claimed struct {
	channel    Channel
	id, tenant string
	payload    []byte
	tries      int       // this one included
	created    time.Time // or tried again by hand since
	expires    time.Time
	lease      time.Time
}

func scanClaimed(r db.Row) (m claimed, err error) {
	err = r.Scan(&m.channel, &m.id, db.Opt(&m.tenant), &m.payload, &m.tries, db.At(&m.created), db.At(&m.expires), db.At(&m.lease))
	return
}

// claim takes rows that are due. The outer condition repeats the inner one:
// whoever waited for another worker's claim of the same row finds it taken.
func claim(ctx context.Context, c db.Conn, channel Channel, now, lease time.Time, limit int) ([]claimed, error) {
	return db.All(ctx, c, scanClaimed, `
		UPDATE outbox SET lease_until = $3, attempts = attempts + 1
		 WHERE id IN (SELECT id FROM outbox
		               WHERE sent_at IS NULL AND dead_at IS NULL AND channel = $1 AND next_at <= $2 AND lease_until < $2
		               ORDER BY next_at, id LIMIT $4)
		   AND sent_at IS NULL AND dead_at IS NULL AND next_at <= $2 AND lease_until < $2
		RETURNING channel, id, tenant_id, payload, attempts, COALESCE(again_at, created_at), expires_at, lease_until`,
		string(channel), db.Micros(now), db.Micros(lease), limit)
}

// held says whether a row is still to be sent under the lease it was claimed with.
func held(ctx context.Context, c db.Conn, m claimed) (bool, error) {
	_, still, err := db.Maybe(ctx, c, db.Int, `
		SELECT 1 FROM outbox WHERE id = $1 AND lease_until = $2 AND sent_at IS NULL AND dead_at IS NULL`,
		m.id, db.Micros(m.lease))
	return still, err
}

// sent notes a message that has gone, whoever holds the lease by now.
func sent(ctx context.Context, c db.Conn, id string, now time.Time) error {
	_, err := c.Exec(ctx, `
		UPDATE outbox SET sent_at = $2, dead_at = NULL, payload = NULL, last_error = '' WHERE id = $1 AND sent_at IS NULL`,
		id, db.Micros(now))
	return err
}

// postpone, bury and giveBack change a row only under the lease it was claimed with.

func postpone(ctx context.Context, c db.Conn, m claimed, next time.Time, class string) error {
	_, err := c.Exec(ctx, `
		UPDATE outbox SET next_at = $3, lease_until = 0, last_error = $4
		 WHERE id = $1 AND lease_until = $2 AND sent_at IS NULL AND dead_at IS NULL`,
		m.id, db.Micros(m.lease), db.Micros(next), class)
	return err
}

func bury(ctx context.Context, c db.Conn, m claimed, now time.Time, class string, left []byte) error {
	_, err := c.Exec(ctx, `
		UPDATE outbox SET dead_at = $3, payload = $5, lease_until = 0, last_error = $4
		 WHERE id = $1 AND lease_until = $2 AND sent_at IS NULL AND dead_at IS NULL`,
		m.id, db.Micros(m.lease), db.Micros(now), class, left)
	return err
}

func giveBack(ctx context.Context, c db.Conn, m claimed) error {
	_, err := c.Exec(ctx, `
		UPDATE outbox SET lease_until = 0, attempts = attempts - 1
		 WHERE id = $1 AND lease_until = $2 AND sent_at IS NULL AND dead_at IS NULL`,
		m.id, db.Micros(m.lease))
	return err
}

// waiting counts what is neither sent nor given up.
func waiting(ctx context.Context, c db.Conn) (n int, oldest time.Time, err error) {
	var first int64
	err = c.QueryRow(ctx, `
		SELECT count(*), CAST(COALESCE(min(created_at), 0) AS BIGINT) FROM outbox WHERE sent_at IS NULL AND dead_at IS NULL`).Scan(&n, &first)
	return n, time.UnixMicro(first).UTC(), err
}

// Prune removes the rows of messages sent before a time and says how many; their
// dedupe keys count no longer.
func Prune(ctx context.Context, c db.Conn, before time.Time) (int, error) {
	return db.Changed(ctx, c, `DELETE FROM outbox WHERE sent_at IS NOT NULL AND sent_at < $1`, db.Micros(before))
}
