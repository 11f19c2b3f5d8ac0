package accounts

import (
	"context"

	"sojourn/internal/db"
)

func insertAnswers(ctx context.Context, tx *db.Tx, accountID string, a Answers, text string) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO methods (id, account_id, type, secret, pepper, state, version, created_at, changed_at)
		VALUES ($1, $2, 'questions', $3, $4, 'active', 1, $5, $5)`,
		a.MethodID, accountID, text, a.Pepper, db.Micros(tx.Now()))
	return err
}

// AnswersOf reads the answers of an account.
func AnswersOf(ctx context.Context, c db.Conn, accountID string) (a Answers, found bool, err error) {
	var text string
	a, found, err = db.Maybe(ctx, c, func(r db.Row) (a Answers, err error) { err = r.Scan(&a.MethodID, &a.Pepper, &text); return }, `
		SELECT id, pepper, secret FROM methods WHERE account_id = $1 AND type = 'questions' AND state = 'active'`, accountID)
	if err != nil || !found {
		return Answers{}, false, err
	}
	return a, true, a.read(text)
}
