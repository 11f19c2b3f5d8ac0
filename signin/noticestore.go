package signin

import (
	"context"
	"encoding/json"
	"time"

	"sojourn/accounts"
	"sojourn/internal/audit"
	"sojourn/internal/db"
)

// newNotice is a notice as it is made.
type newNotice struct {
	ID, Account, Session, Method string
	Address                      string // the mailbox it goes to
	Password                     accounts.Password
	Expires                      time.Time
}

func insertNotice(ctx context.Context, tx *db.Tx, n newNotice, hash []byte) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO notices (id, hash, account_id, session_id, method_id, created_at, expires_at, password, pepper, version, address)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		n.ID, hash, n.Account, n.Session, db.Null(n.Method), db.Micros(tx.Now()), db.Micros(n.Expires),
		n.Password.Hash, n.Password.Pepper, n.Password.Version, n.Address)
	return err
}

// additionDetails finds where method n.method_id of account a was added from.
const additionDetails = `
	(SELECT d.data FROM audit l JOIN audit_details d ON d.audit_id = l.id AND d.subject = l.target
	  WHERE l.target = COALESCE(a.home_user_id, a.id) AND l.at = n.created_at AND l.other = n.method_id)`

// additionAct is what it was: added, or changed.
const additionAct = `
	(SELECT max(l.act) FROM audit l WHERE l.target = COALESCE(a.home_user_id, a.id) AND l.at = n.created_at AND l.other = n.method_id)`

// noticeOf reads a notice that has not expired, used or not, and where what it is
// about came from: the addition, else the sign-in.
func noticeOf(ctx context.Context, c db.Conn, hash []byte, now time.Time) (n Notice, found bool, err error) {
	return db.Maybe(ctx, c, func(r db.Row) (n Notice, err error) {
		var details, act string
		if err = r.Scan(&n.id, &n.Account, &n.session, db.At(&n.At), db.At(&n.UsedAt), db.Opt(&n.home), db.Opt(&details),
			db.Opt(&n.method), &n.was.Hash, &n.was.Pepper, &n.was.Version, db.At(&n.TakenAt), db.Opt(&act)); err == nil {
			n.Address, n.Agent = whence(details)
			n.Added, n.Changed, n.Provable = n.method != "", act == "method.change", n.was.Hash != ""
		}
		return
	}, `
		SELECT n.id, a.id, n.session_id, n.created_at, n.used_at, h.tenant_id, COALESCE(`+additionDetails+`, `+sessionDetails+`),
		       n.method_id, n.password, n.pepper, n.version, n.removed_at, `+additionAct+`
		  FROM notices n
		  JOIN accounts a ON a.id = n.account_id AND a.state = 'active'
		  JOIN sessions s ON s.id = n.session_id
		  LEFT JOIN users h ON h.id = a.home_user_id
		 WHERE n.hash = $1 AND n.expires_at > $2`, hash, db.Micros(now))
}

func scanBurnt(r db.Row) (b burnt, err error) {
	err = r.Scan(&b.account, &b.session, db.Opt(&b.method))
	return
}

// burnNotice uses a notice up: of many at once, one gets it.
func burnNotice(ctx context.Context, tx *db.Tx, hash []byte) (burnt, bool, error) {
	return db.Maybe(ctx, tx, scanBurnt, `
		UPDATE notices SET used_at = $2 WHERE hash = $1 AND used_at IS NULL AND expires_at > $2 RETURNING account_id, session_id, method_id`,
		hash, db.Micros(tx.Now()))
}

// burnRemoval uses up what a notice is good for after that: of many at once, one
// takes the method away.
func burnRemoval(ctx context.Context, tx *db.Tx, hash []byte) (burnt, bool, error) {
	return db.Maybe(ctx, tx, scanBurnt, `
		UPDATE notices SET removed_at = $2
		 WHERE hash = $1 AND used_at IS NOT NULL AND removed_at IS NULL AND password <> '' AND method_id IS NOT NULL AND expires_at > $2
		RETURNING account_id, session_id, method_id`,
		hash, db.Micros(tx.Now()))
}

// forgetNoted forgets what all notices about a method noted of the password, and gives
// the addresses they went to.
func forgetNoted(ctx context.Context, tx *db.Tx, accountID, methodID string) (told []string, err error) {
	return db.All(ctx, tx, db.Text, `
		UPDATE notices SET password = '', pepper = '' WHERE account_id = $1 AND method_id = $2 RETURNING address`, accountID, methodID)
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
