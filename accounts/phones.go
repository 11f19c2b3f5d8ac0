package accounts

import (
	"context"
	"time"

	"sojourn/internal/db"
)

// Phone is a telephone that is being set up.
type Phone struct {
	MethodID  string
	Type      MethodType
	Number    string // E.164
	Extension string
	Way       Way
}

// WaitForPhone keeps a telephone that is being set up, in place of anything else
// that waits.
func WaitForPhone(ctx context.Context, tx *db.Tx, accountID string, p Phone) error {
	if err := deleteWaiting(ctx, tx, accountID); err != nil {
		return err
	}
	return insertPhone(ctx, tx, accountID, p)
}

// KeepPhone takes a telephone that waits into use, in place of the one of its type
// there was before, which it follows as the default. kept is false where it waits
// no longer: of many at once, one is kept.
func KeepPhone(ctx context.Context, tx *db.Tx, accountID string, p Phone, since time.Time) (replaced, kept bool, err error) {
	list, err := methodsOf(ctx, tx, accountID)
	if err != nil {
		return false, false, err
	}
	preferred := false
	for _, m := range list {
		if m.Type != p.Type {
			continue
		}
		replaced, preferred = true, m.Default
		if _, err := Forget(ctx, tx, accountID, m.ID); err != nil {
			return false, false, err
		}
	}
	kept, err = activatePhone(ctx, tx, accountID, p, preferred, since)
	return replaced, kept, err
}

// SentCode is the newest code that was sent for a method.
type SentCode struct {
	ID  string
	MAC []byte
}

// SpendSentCode uses a code up that was sent, and says whether it was there to be
// used: of many at once, one does.
func SpendSentCode(ctx context.Context, tx *db.Tx, accountID, methodID, codeID string) (bool, error) {
	spent, err := spendSentCode(ctx, tx, accountID, methodID, codeID)
	if err != nil || !spent {
		return false, err
	}
	return true, noteUse(ctx, tx, accountID, methodID)
}
