package signin

import (
	"context"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/db"
)

// openInFull takes a session out of setting up and says where it goes on. What was
// set up in it counts as its second step.
func openInFull(ctx context.Context, tx *db.Tx, who actor.Actor, second string) (resume string, err error) {
	resume, _, err = db.Maybe(ctx, tx, db.Text, `
		SELECT resume FROM sessions WHERE id = $1 AND account_id = $2 AND browser_id = $3`, who.SessionID, who.AccountID, who.BrowserID)
	if err != nil {
		return "", err
	}
	_, err = tx.Exec(ctx, `
		UPDATE sessions SET second = CASE WHEN registers = 'must' THEN CAST($4 AS TEXT) ELSE second END, registers = '', resume = ''
		 WHERE id = $1 AND account_id = $2 AND browser_id = $3 AND ended_at IS NULL AND registers <> ''`,
		who.SessionID, who.AccountID, who.BrowserID, second)
	return resume, err
}

// goOn leaves a session that must set something up as it is.
func goOn(ctx context.Context, tx *db.Tx, who actor.Actor) (resume string, err error) {
	resume, _, err = db.Maybe(ctx, tx, db.Text, `
		SELECT resume FROM sessions WHERE id = $1 AND account_id = $2`, who.SessionID, who.AccountID)
	if err != nil {
		return "", err
	}
	_, err = tx.Exec(ctx, `
		UPDATE sessions SET registers = '', resume = '' WHERE id = $1 AND account_id = $2 AND ended_at IS NULL AND registers = 'ask'`,
		who.SessionID, who.AccountID)
	return resume, err
}

func took(ctx context.Context, tx *db.Tx, who actor.Actor, second accounts.MethodType) error {
	_, err := tx.Exec(ctx, `UPDATE sessions SET second = $3 WHERE id = $1 AND account_id = $2 AND second = ''`, who.SessionID, who.AccountID, second)
	return err
}
