package signin

import (
	"context"
	"time"

	"sojourn/internal/db"
)

// accountsHere reads the sessions of a browser that nobody ended. One that went
// idle is listed for as long as somebody may come back to it.
func accountsHere(ctx context.Context, c db.Conn, browser string, now time.Time) ([]AccountHere, error) {
	return db.All(ctx, c, func(r db.Row) (a AccountHere, err error) {
		err = r.Scan(&a.Session, &a.Account, &a.Name, &a.Address, db.At(&a.SeenAt), &a.SignedIn)
		return
	}, `
		SELECT s.id, a.id, a.name,
		       COALESCE(h.principal_name, (SELECT i.address FROM identities i WHERE i.account_id = a.id AND i.lost_at IS NULL ORDER BY i.id LIMIT 1), ''),
		       s.last_seen_at, s.expires_at > $2 AND (s.stays OR s.last_seen_at > $2 - s.idle)
		  FROM sessions s
		  JOIN accounts a ON a.id = s.account_id AND a.state = 'active'
		  LEFT JOIN live_users h ON h.id = a.home_user_id
		 WHERE s.browser_id = $1 AND s.ended_at IS NULL AND s.last_seen_at > $3
		 ORDER BY s.last_seen_at DESC, s.id LIMIT 20`,
		browser, db.Micros(now), db.Micros(now.Add(-staysFor)))
}

// endHere ends every session in a browser, however many there are.
func endHere(ctx context.Context, tx *db.Tx, browser, reason string) ([]AccountHere, error) {
	return db.All(ctx, tx, func(r db.Row) (a AccountHere, err error) { err = r.Scan(&a.Session, &a.Account); return }, `
		UPDATE sessions SET ended_at = $2, end_reason = $3 WHERE browser_id = $1 AND ended_at IS NULL RETURNING id, account_id`,
		browser, db.Micros(tx.Now()), reason)
}
