package requests

import (
	"context"
	"time"

	"sojourn/internal/db"
)

// openOnes lists open requests by due date from one on, with what became of them
// elsewhere.
func openOnes(ctx context.Context, c db.Conn, after time.Time, id string, limit int) ([]Request, error) {
	return db.All(ctx, c, scanRequest, `
		SELECT `+requestColumns+requestTables+`
		 WHERE r.state = 'open' AND (r.due_at, r.id) > ($1, $2) ORDER BY r.due_at, r.id LIMIT $3`, after.UnixMicro(), id, limit)
}

// markReminded gives false where somebody else was quicker.
func markReminded(ctx context.Context, tx *db.Tx, requestID string, n int) (bool, error) {
	changed, err := db.Changed(ctx, tx, `UPDATE requests SET reminded = $2 WHERE id = $1 AND state = 'open' AND reminded < $2`, requestID, n)
	return changed == 1, err
}

// markEscalated see markReminded.
func markEscalated(ctx context.Context, tx *db.Tx, requestID string) (bool, error) {
	changed, err := db.Changed(ctx, tx, `UPDATE requests SET escalated_at = $2 WHERE id = $1 AND state = 'open' AND escalated_at IS NULL`,
		requestID, db.Micros(tx.Now()))
	return changed == 1, err
}

// requestsAbout lists the requests about a user; where it is somebody's home, also
// those about their direct connections.
func requestsAbout(ctx context.Context, tx *db.Tx, userIDs []string) ([]Request, error) {
	return db.AllAmong(ctx, tx, scanRequest, `SELECT `+requestColumns+requestTables+` WHERE r.user_id IN ($1) OR r.id IN (
		SELECT x.id FROM requests x JOIN accounts a ON a.id = x.account_id WHERE a.home_user_id IN ($1) AND x.kind = 'data')
		 ORDER BY r.id`, userIDs)
}

// forget keeps the dates, the decision and the salted hash of the address.
func forget(ctx context.Context, tx *db.Tx, requestID string) error {
	for _, text := range []string{
		`UPDATE requests SET account_id = NULL, user_id = NULL, text = '', answer = '', extension = '' WHERE id = $1`,
		`UPDATE request_events SET text = '' WHERE request_id = $1`,
	} {
		if _, err := tx.Exec(ctx, text, requestID); err != nil {
			return err
		}
	}
	return nil
}

// forgetNotes drops what administrators noted about a person whose data is erased.
func forgetNotes(ctx context.Context, tx *db.Tx, requestID string) error {
	_, err := tx.Exec(ctx, `UPDATE request_events SET text = '' WHERE request_id = $1 AND what = 'noted'`, requestID)
	return err
}
