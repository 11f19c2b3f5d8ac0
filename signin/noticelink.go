package signin

import (
	"context"
	"fmt"

	"sojourn/internal/db"
	"sojourn/internal/id"
)

// NoticeLink makes the link by which somebody says that what was done in a session
// of theirs was not them, for the letter about it. The session ends then, and a
// method that was added goes.
func (f *Feature) NoticeLink(ctx context.Context, tx *db.Tx, accountID, sessionID, methodID string) (url string, err error) {
	secret := f.IDs.Secret()
	if err := insertNotice(ctx, tx, f.IDs.New(), id.Hash(secret), accountID, sessionID, methodID, tx.Now().Add(noticeLife)); err != nil {
		return "", fmt.Errorf("notice link: %w", err)
	}
	return f.Base.String() + "/not-me/" + secret, nil
}
