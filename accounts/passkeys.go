package accounts

import (
	"context"

	"sojourn/internal/db"
)

// Key is what is kept of a passkey or security key.
type Key struct {
	MethodID  string
	AccountID string
	ID        []byte // as its device names it
	Record    string // the public key and what else it is checked by, JSON
	Count     int64  // of its uses, if it counts them
	Portable  bool   // a security key
	Syncable  bool   // it can be backed up
	BackedUp  bool
}

// PasskeyProof is an answer of a passkey that was found right and is not yet used
// up.
type PasskeyProof struct {
	AccountID string // known also of most answers that are refused
	MethodID  string
	Verified  bool  // the person too, by fingerprint, face or PIN
	Seen      int64 // the counter it was held against
	Next      Key   // as it is to be kept from now on
}

// Purpose is what the answer of a passkey allows, and nothing else.
type Purpose string

const (
	ToAddPasskey  Purpose = "add"
	ToSignIn      Purpose = "signin"
	ToTakeSecond  Purpose = "second"
	ToProveAfresh Purpose = "prove"
)

// Asking is for what, where and of whom a passkey is asked: an answer is good for
// nothing else.
type Asking struct {
	Purpose Purpose
	Bound   string // the browser, flow or session
	Account string // "" where nobody knows yet who will answer
}

// KeepKey stores a passkey that was just made; false where it is known already,
// whosever it is.
func KeepKey(ctx context.Context, tx *db.Tx, k Key, name string) (bool, error) {
	taken, err := keyTaken(ctx, tx, k.ID)
	if err != nil || taken {
		return false, err
	}
	if err := insertKeyMethod(ctx, tx, k, name); err != nil {
		return false, err
	}
	return insertKey(ctx, tx, k)
}

// SpendKey uses a proof up: the passkey is still there, and its counter stands where
// it was held against. Of many at once, one goes on.
func SpendKey(ctx context.Context, tx *db.Tx, p PasskeyProof) (bool, error) {
	spent, err := advanceKey(ctx, tx, p)
	if err != nil || !spent {
		return false, err
	}
	return true, noteUse(ctx, tx, p.AccountID, p.MethodID)
}

// HandleOf is what the passkeys of an account know it by. It is made, of random, the
// first time.
func HandleOf(ctx context.Context, d *db.DB, accountID string, random []byte) ([]byte, error) {
	handle, found, err := KeyHandle(ctx, d, accountID)
	if err != nil || found {
		return handle, err
	}
	if err := giveHandle(ctx, d, accountID, random); err != nil {
		return nil, err
	}
	handle, _, err = KeyHandle(ctx, d.Writer(), accountID)
	return handle, err
}
