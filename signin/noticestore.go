package signin

import (
	"context"
	"encoding/json"
	"time"

	"sojourn/internal/audit"
	"sojourn/internal/db"
)

func insertNotice(ctx context.Context, tx *db.Tx, noticeID string, hash []byte, accountID, session, methodID string, expires time.Time) error {
	_, err := tx.Exec(ctx, `INSERT INTO notices (id, hash, account_id, session_id, method_id, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		noticeID, hash, accountID, session, db.Null(methodID), db.Micros(tx.Now()), db.Micros(expires))
	return err
}

// noticeOf reads a notice that has not expired, used or not.
func noticeOf(ctx context.Context, c db.Conn, hash []byte, now time.Time) (n Notice, found bool, err error) {
	return db.Maybe(ctx, c, func(r db.Row) (n Notice, err error) {
		var details string
		if err = r.Scan(&n.id, &n.Account, &n.session, db.At(&n.At), db.At(&n.UsedAt), db.Opt(&n.home), db.Opt(&details)); err == nil {
			n.Address, n.Agent = whence(details)
		}
		return
	}, `
		SELECT n.id, a.id, n.session_id, n.created_at, n.used_at, h.tenant_id, `+sessionDetails+`
		  FROM notices n
		  JOIN accounts a ON a.id = n.account_id AND a.state = 'active'
		  JOIN sessions s ON s.id = n.session_id
		  LEFT JOIN users h ON h.id = a.home_user_id
		 WHERE n.hash = $1 AND n.expires_at > $2`, hash, db.Micros(now))
}

// burnNotice uses a notice up: of many at once, one gets it.
func burnNotice(ctx context.Context, tx *db.Tx, hash []byte) (accountID, session, method string, found bool, err error) {
	row, found, err := db.Maybe(ctx, tx, func(r db.Row) (x [3]string, err error) { err = r.Scan(&x[0], &x[1], db.Opt(&x[2])); return }, `
		UPDATE notices SET used_at = $2 WHERE hash = $1 AND used_at IS NULL AND expires_at > $2 RETURNING account_id, session_id, method_id`,
		hash, db.Micros(tx.Now()))
	return row[0], row[1], row[2], found, err
}

func deleteNotices(ctx context.Context, c db.Conn, before time.Time, limit int) (int, error) {
	return db.Changed(ctx, c, `DELETE FROM notices WHERE id IN (SELECT id FROM notices WHERE expires_at < $1 ORDER BY expires_at LIMIT $2)`,
		db.Micros(before), limit)
}

// nameOf is what an account signs in with, to show.
func nameOf(ctx context.Context, c db.Conn, accountID string) (string, error) {
	name, _, err := db.Maybe(ctx, c, db.Text, `
		SELECT COALESCE(h.principal_name, (SELECT i.address FROM identities i WHERE i.account_id = a.id AND i.lost_at IS NULL ORDER BY i.id LIMIT 1), '')
		  FROM accounts a LEFT JOIN users h ON h.id = a.home_user_id WHERE a.id = $1`, accountID)
	return name, err
}

// whence reads where an act came from out of its details; erased ones say nothing.
func whence(details string) (address, agent string) {
	var d audit.Details
	if details == "" || json.Unmarshal([]byte(details), &d) != nil {
		return "", ""
	}
	return d[audit.AddressDetail], d[audit.BrowserDetail]
}
