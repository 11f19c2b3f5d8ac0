package signin

import (
	"context"
	"fmt"

	"sojourn/accounts"
	"sojourn/internal/db"
	"sojourn/internal/id"
)

// NoticeLink makes the link by which somebody says that what was done in a session
// of theirs was not them, for the letter about it to an address. With methodID, of a
// method that was added, the password as it is now is noted: whoever shows it later
// takes the method away, even if somebody has changed the password meanwhile.
func (f *Feature) NoticeLink(ctx context.Context, tx *db.Tx, accountID, sessionID, methodID, address string) (url string, err error) {
	n := newNotice{ID: f.IDs.New(), Account: accountID, Session: sessionID, Method: methodID, Address: address, Expires: tx.Now().Add(noticeLife)}
	if methodID != "" {
		if n.Password, _, err = accounts.PasswordOf(ctx, tx, accountID); err != nil {
			return "", fmt.Errorf("notice link: %w", err)
		}
	}
	secret := f.IDs.Secret()
	if err := insertNotice(ctx, tx, n, id.Hash(secret)); err != nil {
		return "", fmt.Errorf("notice link: %w", err)
	}
	return f.Base.String() + "/not-me/" + secret, nil
}
