package usermethods

import (
	"context"
	"encoding/json"
	"strings"

	"sojourn/internal/db"
)

// anyOpen says whether an account has a session that would still be accepted.
func anyOpen(ctx context.Context, tx *db.Tx, accountID string) (bool, error) {
	n, err := db.Count(ctx, tx, `
		SELECT count(*) FROM (SELECT 1 FROM sessions WHERE account_id = $1 AND ended_at IS NULL AND expires_at > $2 LIMIT 1) AS one`,
		accountID, db.Micros(tx.Now()))
	return n > 0, err
}

// historyOf lists what was done, the newest first. Administrators have the name they
// have here now; what was erased is empty.
func historyOf(ctx context.Context, c db.Conn, tenantID, userID string, limit int) ([]moment, error) {
	return db.All(ctx, c, func(r db.Row) (m moment, err error) {
		var details string
		if err = r.Scan(db.At(&m.At), &m.Act, &m.Reason, &m.Actor, db.Opt(&m.By), db.Opt(&details)); err == nil && details != "" {
			err = json.Unmarshal([]byte(details), &m.Details)
		}
		return
	}, historyText, userID, tenantID, limit)
}

var historyText = `
	SELECT a.at, a.act, a.reason, a.actor,
	       (SELECT u.display_name FROM users u WHERE u.id = a.actor_id AND u.tenant_id = a.tenant_id AND a.actor = 'administrator'),
	       (SELECT d.data FROM audit_details d WHERE d.audit_id = a.id AND d.subject = a.target)
	  FROM audit a
	 WHERE a.target = $1 AND a.tenant_id = $2 AND a.result = 'done' AND a.act IN ('` + strings.Join(historyActs, `', '`) + `')
	 ORDER BY a.at DESC, a.id DESC LIMIT $3`
