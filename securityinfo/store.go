package securityinfo

import (
	"context"
	"time"

	"sojourn/accounts"
	"sojourn/internal/db"
)

// holder is the person behind an account, with the home that audits them.
type holder struct {
	Account      string
	State        accounts.State
	Name         string
	Language     string
	Region       string
	Zone         string
	Address      string // the name they sign in with
	HomeUser     string
	Tenant       string
	Organization string
	Deleted      bool // as an organization knows them: their user there can be restored
}

// target is what the audit log calls them: the user of the home organization,
// who may read it, else the account.
func (h holder) target() string {
	if h.HomeUser != "" {
		return h.HomeUser
	}
	return h.Account
}

func holderOf(ctx context.Context, c db.Conn, accountID string) (h holder, found bool, err error) {
	return db.Maybe(ctx, c, scanHolder, `
		SELECT a.id, a.state, a.name, a.language, a.region, a.zone,
		       COALESCE(u.principal_name, (SELECT i.address FROM identities i WHERE i.account_id = a.id AND i.lost_at IS NULL ORDER BY i.id LIMIT 1), ''),
		       u.id, u.tenant_id, t.name
		  FROM accounts a
		  LEFT JOIN users u ON u.id = a.home_user_id
		  LEFT JOIN tenants t ON t.id = u.tenant_id
		 WHERE a.id = $1`, accountID)
}

func scanHolder(r db.Row) (h holder, err error) {
	err = r.Scan(&h.Account, &h.State, &h.Name, &h.Language, &h.Region, &h.Zone, &h.Address, db.Opt(&h.HomeUser), db.Opt(&h.Tenant), db.Opt(&h.Organization))
	return
}

// invitationOf reads an invitation that still waits for this mailbox. One whose
// user has been disabled meanwhile cannot be accepted, so it opens no account.
func invitationOf(ctx context.Context, c db.Conn, tenantID, userID, address string) (name, organization string, waits bool, err error) {
	row, waits, err := db.Maybe(ctx, c, func(r db.Row) (x [2]string, err error) { err = r.Scan(&x[0], &x[1]); return }, `
		SELECT u.display_name, t.name
		  FROM live_users u JOIN tenants t ON t.id = u.tenant_id
		 WHERE u.id = $1 AND u.tenant_id = $2 AND u.invited_subject = $3 AND u.account_id IS NULL
		   AND u.account_enabled AND u.external_state = 'PendingAcceptance' AND t.state = 'active'`, userID, tenantID, address)
	return row[0], row[1], waits, err
}

func anyTenant(ctx context.Context, c db.Conn) (bool, error) {
	n, err := db.Count(ctx, c, `SELECT count(*) FROM (SELECT 1 FROM tenants LIMIT 1) AS one`)
	return n > 0, err
}

const linkColumns = `id, purpose, account_id, tenant_id, user_id, address, expires_at`

func scanLink(r db.Row) (l link, err error) {
	err = r.Scan(&l.ID, &l.Purpose, db.Opt(&l.Account), db.Opt(&l.Tenant), db.Opt(&l.User), &l.Address, db.At(&l.Expires))
	return
}

func insertLink(ctx context.Context, tx *db.Tx, l link, hash []byte, language string) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO links (id, hash, purpose, account_id, tenant_id, user_id, address, language, created_at, expires_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		l.ID, hash, l.Purpose, db.Null(l.Account), db.Null(l.Tenant), db.Null(l.User), l.Address, language, db.Micros(tx.Now()), db.Micros(l.Expires))
	return err
}

func liveLink(ctx context.Context, c db.Conn, hash []byte, now time.Time) (l link, found bool, err error) {
	return db.Maybe(ctx, c, scanLink, `
		SELECT `+linkColumns+` FROM links WHERE hash = $1 AND used_at IS NULL AND expires_at > $2`, hash, db.Micros(now))
}

// burnLink uses a link up. It is the first statement of the transaction of the
// act the link allows: of many at once, one gets it.
func burnLink(ctx context.Context, tx *db.Tx, hash []byte) (l link, found bool, err error) {
	return db.Maybe(ctx, tx, scanLink, `
		UPDATE links SET used_at = $2 WHERE hash = $1 AND used_at IS NULL AND expires_at > $2 RETURNING `+linkColumns,
		hash, db.Micros(tx.Now()))
}

// killLinks ends every live link for the same thing.
func killLinks(ctx context.Context, tx *db.Tx, l LinkFor) error {
	text, about := `UPDATE links SET used_at = $2 WHERE purpose = 'setup' AND used_at IS NULL AND $1 = ''`, ""
	switch l.Purpose {
	case PasswordLink:
		text, about = `UPDATE links SET used_at = $2 WHERE account_id = $1 AND purpose = 'password' AND used_at IS NULL`, l.Account
	case InvitationLink:
		text, about = `UPDATE links SET used_at = $2 WHERE user_id = $1 AND purpose = 'invitation' AND used_at IS NULL`, l.User
	}
	_, err := tx.Exec(ctx, text, about, db.Micros(tx.Now()))
	return err
}

// triesOf reads a counter; one that is not there stands at zero.
func triesOf(ctx context.Context, c db.Conn, counter string) (t tries, err error) {
	t, _, err = db.Maybe(ctx, c, func(r db.Row) (t tries, err error) { err = r.Scan(&t.Count, db.At(&t.Last)); return },
		`SELECT count, last_at FROM counters WHERE name = $1`, counter)
	return t, err
}

// countTry adds one to a counter that still stands where the caller saw it.
func countTry(ctx context.Context, d *db.DB, counter string, seen int, now time.Time) (n int, counted bool, err error) {
	return db.Maybe(ctx, d.Writer(), db.Int, `
		INSERT INTO counters (name, count, first_at, last_at) VALUES ($1, 1, $3, $3)
		ON CONFLICT (name) DO UPDATE SET count = counters.count + 1, last_at = $3 WHERE counters.count = $2
		RETURNING count`, counter, seen, db.Micros(now))
}

func takeBackTry(ctx context.Context, c db.Conn, counter string) error {
	_, err := c.Exec(ctx, `UPDATE counters SET count = count - 1 WHERE name = $1 AND count > 0`, counter)
	return err
}

// forgetTries starts a counter anew that still stands where the caller saw it.
func forgetTries(ctx context.Context, c db.Conn, counter string, seen int) error {
	_, err := c.Exec(ctx, `DELETE FROM counters WHERE name = $1 AND count = $2`, counter, seen)
	return err
}

func clearTries(ctx context.Context, c db.Conn, counter string) error {
	_, err := c.Exec(ctx, `DELETE FROM counters WHERE name = $1`, counter)
	return err
}

// clearTriesIn forgets the counters of an account that end with a browser in which it has
// been signed in.
func clearTriesIn(ctx context.Context, tx *db.Tx, accountID, prefix string) error {
	_, err := tx.Exec(ctx, `
		DELETE FROM counters WHERE name IN (SELECT CAST($2 AS TEXT) || s.browser_id FROM sessions s WHERE s.account_id = $1)`, accountID, prefix)
	return err
}

func deleteExpiredLinks(ctx context.Context, c db.Conn, now time.Time, limit int) (int, error) {
	return db.Changed(ctx, c, `DELETE FROM links WHERE id IN (SELECT id FROM links WHERE expires_at < $1 ORDER BY expires_at LIMIT $2)`,
		db.Micros(now), limit)
}

// formerPrefix begins the names of counters of passwords as they were.
const formerPrefix = "former:"

// deleteFormerCounters deletes those for which there can be no link any more, used up
// or not.
func deleteFormerCounters(ctx context.Context, c db.Conn, before time.Time, limit int) (int, error) {
	return db.Changed(ctx, c, `
		DELETE FROM counters WHERE name IN (
			SELECT name FROM counters WHERE last_at < $1 AND substr(name, 1, 7) = '`+formerPrefix+`' ORDER BY last_at LIMIT $2)`, db.Micros(before), limit)
}

// deleteOldCounters keeps counters at their limit apart from the others: they
// stand for a refusal that lasts.
func deleteOldCounters(ctx context.Context, c db.Conn, before, usedUpBefore time.Time, limit int) (int, error) {
	return db.Changed(ctx, c, `
		DELETE FROM counters WHERE name IN (
			SELECT name FROM counters WHERE last_at < $1 AND (count < $4 OR last_at < $2) ORDER BY last_at LIMIT $3)`,
		db.Micros(before), db.Micros(usedUpBefore), limit, leastMost)
}
