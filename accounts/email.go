package accounts

import (
	"context"
	"strings"
	"time"

	"sojourn/internal/db"
)

// EmailSetUp is an address that is being set up.
type EmailSetUp struct {
	MethodID string
	Address  string // as written
}

// WaitForEmail keeps an address that is being set up, in place of anything else that
// waits.
func WaitForEmail(ctx context.Context, tx *db.Tx, accountID string, e EmailSetUp) error {
	if err := deleteWaiting(ctx, tx, accountID); err != nil {
		return err
	}
	return insertEmail(ctx, tx, accountID, e)
}

// KeepEmail takes an address that waits into use, in place of the one before. kept is
// false where it waits no longer: of many at once, one is kept.
func KeepEmail(ctx context.Context, tx *db.Tx, accountID string, e EmailSetUp, since time.Time) (kept bool, err error) {
	if err := forgetAll(ctx, tx, accountID, Email); err != nil {
		return false, err
	}
	return activateEmail(ctx, tx, accountID, e, since)
}

// forgetAll removes every method of a type.
func forgetAll(ctx context.Context, tx *db.Tx, accountID string, kind MethodType) error {
	list, err := methodsOf(ctx, tx, accountID)
	if err != nil {
		return err
	}
	for _, m := range list {
		if m.Type != kind {
			continue
		}
		if _, err := Forget(ctx, tx, accountID, m.ID); err != nil {
			return err
		}
	}
	return nil
}

// MaskedAddress is an address as it is shown where not all of it needs to be seen.
func MaskedAddress(address string) string {
	at := strings.LastIndexByte(address, '@')
	if at <= 0 {
		return ""
	}
	return string([]rune(address[:at])[:1]) + "•••" + address[at:]
}

// NoteUse notes that a method was used.
func NoteUse(ctx context.Context, tx *db.Tx, accountID, methodID string) error {
	return noteUse(ctx, tx, accountID, methodID)
}
