package directory

import (
	"context"
	"fmt"
	"time"

	"sojourn/internal/db"
)

// due lists users whose time has come, the longest overdue first.
func due(ctx context.Context, c db.Conn, now time.Time, limit int) ([]User, error) {
	return db.All(ctx, c, scanUser, `
		SELECT `+userColumns+` FROM users u
		 WHERE u.deleted_at IS NOT NULL AND u.hold_at IS NULL AND u.purge_at <= $1
		 ORDER BY u.purge_at, u.id LIMIT $2`, db.Micros(now), limit)
}

func countDue(ctx context.Context, c db.Conn, now time.Time) (int, error) {
	return db.Count(ctx, c, `SELECT count(*) FROM users WHERE deleted_at IS NOT NULL AND hold_at IS NULL AND purge_at <= $1`, db.Micros(now))
}

// eraseUsers removes the rows and everything that hangs on them.
func eraseUsers(ctx context.Context, tx *db.Tx, ids []string) error {
	for _, text := range []string{
		`DELETE FROM members WHERE user_id IN ($1)`,
		`DELETE FROM roles WHERE user_id IN ($1)`,
		`DELETE FROM user_words WHERE user_id IN ($1)`,
		`DELETE FROM departures WHERE user_id IN ($1)`,
		`DELETE FROM session_tenants WHERE user_id IN ($1)`,
		`DELETE FROM links WHERE user_id IN ($1)`,
		`DELETE FROM users WHERE id IN ($1)`,
	} {
		if err := tx.ExecAmong(ctx, text, ids); err != nil {
			return err
		}
	}
	return nil
}

// insertTombstones fails where one of the users has one already: gone never
// comes back.
func insertTombstones(ctx context.Context, tx *db.Tx, list []User, actorKind, actorID, reason string) error {
	var args []any
	for _, u := range list {
		args = append(args, u.ID, u.TenantID, db.Micros(tx.Now()), actorKind, actorID, reason)
	}
	n, err := tx.InsertNew(ctx, "tombstones (user_id, tenant_id, at, actor, actor_id, reason)", len(list), args)
	if err == nil && n != len(list) {
		err = fmt.Errorf("%d of %d users have a tombstone and a row", len(list)-n, len(list))
	}
	return err
}

// markHomeEnded tells the hosts of a person's guest objects that the home
// account is gone for good.
func markHomeEnded(ctx context.Context, tx *db.Tx, accountID string) error {
	_, err := tx.Exec(ctx, `UPDATE users SET home_ended_at = $2 WHERE account_id = $1`, accountID, db.Micros(tx.Now()))
	return err
}

const (
	pulseRow   = "purge"
	setBackRow = "purge set back"
)

func readPulse(ctx context.Context, c db.Conn) (p pulse, err error) {
	if p.last, p.steadySince, err = readBeat(ctx, c, pulseRow); err == nil {
		p.setBack, _, err = readBeat(ctx, c, setBackRow)
	}
	return p, err
}

func readBeat(ctx context.Context, c db.Conn, name string) (at, steadySince time.Time, err error) {
	row, _, err := db.Maybe(ctx, c, func(r db.Row) (x [2]time.Time, err error) {
		var since int64
		err = r.Scan(db.At(&x[0]), &since)
		if since != 0 {
			x[1] = time.UnixMicro(since).UTC()
		}
		return
	}, `SELECT at, steady_since FROM beats WHERE name = $1`, name)
	return row[0], row[1], err
}

// writePulse stores a beat at the time of the transaction.
func writePulse(ctx context.Context, tx *db.Tx, p pulse) error {
	since := int64(0)
	if !p.steadySince.IsZero() {
		since = p.steadySince.UnixMicro()
	}
	if err := writeBeat(ctx, tx, pulseRow, tx.Now(), since); err != nil {
		return err
	}
	if p.setBack.IsZero() {
		_, err := tx.Exec(ctx, `DELETE FROM beats WHERE name = $1`, setBackRow)
		return err
	}
	return writeBeat(ctx, tx, setBackRow, p.setBack, 0)
}

func writeBeat(ctx context.Context, tx *db.Tx, name string, at time.Time, since int64) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO beats (name, at, steady_since) VALUES ($1, $2, $3)
		ON CONFLICT (name) DO UPDATE SET at = $2, steady_since = $3`, name, db.Micros(at), since)
	return err
}

// movePurges adds to the purge dates after due of users deleted, and of tenants
// whose closing was announced, in a span of time.
func movePurges(ctx context.Context, tx *db.Tx, from, until, due time.Time, by time.Duration) error {
	start := int64(0)
	if !from.IsZero() {
		start = from.UnixMicro()
	}
	for _, text := range []string{ // each has an index of its own
		`UPDATE users SET purge_at = purge_at + $1 WHERE deleted_at IS NOT NULL AND hold_at IS NULL AND purge_at > $2 AND deleted_at >= $3 AND deleted_at < $4`,
		`UPDATE users SET purge_at = purge_at + $1 WHERE deleted_at IS NOT NULL AND hold_at IS NOT NULL AND purge_at > $2 AND deleted_at >= $3 AND deleted_at < $4`,
		`UPDATE tenants SET purge_at = purge_at + $1 WHERE purge_at IS NOT NULL AND purge_at > $2 AND state_at >= $3 AND state_at < $4`,
	} {
		if _, err := tx.Exec(ctx, text, by.Microseconds(), db.Micros(due), start, db.Micros(until)); err != nil {
			return err
		}
	}
	return nil
}
