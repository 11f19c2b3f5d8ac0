package signin

import (
	"context"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/db"
)

// openInFull takes a session out of setting up and says where it goes on. Where the
// account has a second factor by now, one must have been shown in this very session: what
// somebody set up elsewhere opens nothing that was begun with the password alone.
func openInFull(ctx context.Context, tx *db.Tx, who actor.Actor, second bool) (resume string, opened bool, err error) {
	resume, _, err = db.Maybe(ctx, tx, db.Text, `
		SELECT resume FROM sessions WHERE id = $1 AND account_id = $2 AND browser_id = $3`, who.SessionID, who.AccountID, who.BrowserID)
	if err != nil {
		return "", false, err
	}
	n, err := db.Changed(ctx, tx, `
		UPDATE sessions SET registers = '', resume = ''
		 WHERE id = $1 AND account_id = $2 AND browser_id = $3 AND ended_at IS NULL AND (registers <> 'must' OR second <> '' OR NOT CAST($4 AS BOOLEAN))`,
		who.SessionID, who.AccountID, who.BrowserID, second)
	return resume, n == 1, err
}

// endParked ends the sessions of an account that must set something up and have not.
func endParked(ctx context.Context, tx *db.Tx, accountID, exceptSession string) error {
	_, err := tx.Exec(ctx, `
		UPDATE sessions SET ended_at = $3, end_reason = 'registered' WHERE account_id = $1 AND id <> $2 AND ended_at IS NULL AND registers = 'must'`,
		accountID, exceptSession, db.Micros(tx.Now()))
	return err
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
