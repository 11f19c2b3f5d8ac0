package signin

import (
	"context"
	"time"

	"sojourn/internal/db"
)

// openSessions reads the sessions that stand, with what the sign-in that began
// each said of itself: the row of a sign-in is of the same moment.
func openSessions(ctx context.Context, c db.Conn, accountID string, now time.Time) ([]OpenSession, error) {
	return db.All(ctx, c, func(r db.Row) (s OpenSession, err error) {
		var details string
		if err = r.Scan(&s.ID, db.At(&s.Since), db.At(&s.SeenAt), &s.Stays, db.At(&s.Until), db.Opt(&details)); err == nil {
			s.Address, s.Agent = whence(details)
		}
		return
	}, `
		SELECT s.id, s.created_at, s.last_seen_at, s.stays, s.expires_at, `+sessionDetails+`
		  FROM sessions s JOIN accounts a ON a.id = s.account_id
		 WHERE s.account_id = $1 AND s.ended_at IS NULL AND s.expires_at > $2 AND (s.stays OR s.last_seen_at > $2 - s.idle)
		 ORDER BY s.last_seen_at DESC, s.id LIMIT 200`, accountID, db.Micros(now))
}

// sessionDetails finds where the sign-in came from that began session s of
// account a.
const sessionDetails = `
	(SELECT d.data FROM audit l JOIN audit_details d ON d.audit_id = l.id AND d.subject = l.target
	 WHERE l.act = 'session.start' AND l.target = COALESCE(a.home_user_id, a.id) AND l.at = s.created_at AND l.other = s.id)`

// endOpen ends a session that stands; false where there is none.
func endOpen(ctx context.Context, tx *db.Tx, session, accountID, reason string) (bool, error) {
	n, err := db.Changed(ctx, tx, `
		UPDATE sessions SET ended_at = $3, end_reason = $4
		 WHERE id = $1 AND account_id = $2 AND ended_at IS NULL AND expires_at > $3`, session, accountID, db.Micros(tx.Now()), reason)
	return n == 1, err
}

// unprove takes back the proofs of an account's sessions but one, and that they
// have been in an admin centre, which stands for one.
func unprove(ctx context.Context, tx *db.Tx, accountID, exceptSession string) error {
	_, err := tx.Exec(ctx, `UPDATE sessions SET proved_at = 0, managed_at = NULL WHERE account_id = $1 AND id <> $2 AND ended_at IS NULL`,
		accountID, exceptSession)
	return err
}

// browserOf is the browser that a session of an account was in, "" for none.
func browserOf(ctx context.Context, tx *db.Tx, session, accountID string) (string, error) {
	browser, _, err := db.Maybe(ctx, tx, db.Text, `SELECT browser_id FROM sessions WHERE id = $1 AND account_id = $2`, session, accountID)
	return browser, err
}

// disown ends what an account has open in a browser and counts it. Sessions
// that had ended are disowned too: they no longer make the browser known.
func disown(ctx context.Context, tx *db.Tx, browser, accountID string) (ended int, err error) {
	ended, err = db.Changed(ctx, tx, `
		UPDATE sessions SET ended_at = $3, end_reason = 'disowned' WHERE browser_id = $1 AND account_id = $2 AND ended_at IS NULL`,
		browser, accountID, db.Micros(tx.Now()))
	if err != nil {
		return 0, err
	}
	_, err = tx.Exec(ctx, `UPDATE sessions SET end_reason = 'disowned' WHERE browser_id = $1 AND account_id = $2`, browser, accountID)
	return ended, err
}

// signedInBefore says whether somebody ever got in as the target of sign-ins.
func signedInBefore(ctx context.Context, c db.Conn, target string) (bool, error) {
	n, err := db.Count(ctx, c, `
		SELECT count(*) FROM (SELECT 1 FROM audit WHERE target = $1 AND act = 'session.start' AND result = 'done' LIMIT 1) AS one`, target)
	return n > 0, err
}
