package accounts

import (
	"context"
	"time"

	"sojourn/internal/db"
)

// Password is the stored form of a password: its hash, the id of the pepper it
// was made with, and a version that every change counts up.
type Password struct {
	Hash      string
	Pepper    string
	Version   int
	ChangedAt time.Time
}

// Method is a way to take a second step as its owner sees it, without its secret.
type Method struct {
	ID        string
	Type      MethodType
	Name      string // as the person calls it, or a number's mask; may be ""
	Default   bool
	CreatedAt time.Time
	UsedAt    time.Time // zero: never
	Left      int       // recovery codes not used
	Number    string    // of a telephone, E.164: in full for nobody but its owner
	Extension string
	Way       Way    // of a telephone, as the person chose
	Address   string // of an email: in full for nobody but its owner
	Portable  bool   // of a passkey: it is a security key
	BackedUp  bool   // of a passkey: it is not on one device only

	StartsAt, ExpiresAt time.Time // of a temporary access pass
	Once                bool      // it is good for one sign-in

	Serial string // of a hardware token

	Tenant, Organization string    // that it is bound to, "" for none
	Reported             time.Time // of a bound one: its person says that somebody else added it; it is good for nothing since
}

// Seed is the sealed secret of an authenticator app or of a hardware token.
type Seed struct {
	MethodID string
	Name     string
	Sealed   []byte
	Step     int64 // of time, of the last code taken
	Since    time.Time

	TokenID, Tenant string // of a hardware token, with whose seed goes …; of an app, the organization it is bound to
	SHA256          bool   // … how it makes codes …
	Period          int    // … and for how many seconds one is shown
}

// MethodsOf lists what an account can take the second step with: the default
// first, then in the order in which they were added, recovery codes last. What is
// bound to an organization is not among them.
func MethodsOf(ctx context.Context, c db.Conn, accountID string) ([]Method, error) {
	list, err := methodsOf(ctx, c, accountID)
	return sorted(list), err
}

// FactorsOf lists what the second step can be taken with now. Recovery codes
// stand in for another factor: without one they are nothing to ask for.
func FactorsOf(ctx context.Context, c db.Conn, accountID string) ([]Factor, error) {
	list, err := MethodsOf(ctx, c, accountID)
	return Factors(list, func(m Method) []Way { return []Way{m.Way} }), err
}

// MethodBy finds one of them by its id.
func MethodBy(ctx context.Context, c db.Conn, accountID, methodID string) (m Method, found bool, err error) {
	list, err := MethodsOf(ctx, c, accountID)
	for _, m := range list {
		if m.ID == methodID {
			return m, true, err
		}
	}
	return Method{}, false, err
}

// Forget removes a method and what hangs on it; false where it was not there.
func Forget(ctx context.Context, tx *db.Tx, accountID, methodID string) (bool, error) {
	if err := deleteCodesOf(ctx, tx, accountID, methodID); err != nil {
		return false, err
	}
	if err := deleteSentCode(ctx, tx, accountID, methodID); err != nil {
		return false, err
	}
	if err := deleteKeyOf(ctx, tx, accountID, methodID); err != nil {
		return false, err
	}
	return deleteMethod(ctx, tx, accountID, methodID)
}

// WaitFor keeps a seed that is being set up, in place of any other that waits.
func WaitFor(ctx context.Context, tx *db.Tx, accountID string, s Seed) error {
	if err := deleteWaiting(ctx, tx, accountID); err != nil {
		return err
	}
	return insertSeed(ctx, tx, accountID, s)
}

// Codes are new recovery codes: their hashes, with what is needed to hash alike.
type Codes struct {
	MethodID string
	Salt     string
	Hashes   [][]byte
}

// KeepCodes stores recovery codes in place of those before.
func KeepCodes(ctx context.Context, tx *db.Tx, accountID string, newID func() string, fresh Codes) error {
	old, err := methodsOf(ctx, tx, accountID)
	if err != nil {
		return err
	}
	for _, m := range old {
		if m.Type != RecoveryCodes {
			continue
		}
		if _, err := Forget(ctx, tx, accountID, m.ID); err != nil {
			return err
		}
	}
	if err := insertCodesMethod(ctx, tx, accountID, fresh); err != nil {
		return err
	}
	for _, hash := range fresh.Hashes {
		if err := insertCode(ctx, tx, newID(), fresh.MethodID, hash); err != nil {
			return err
		}
	}
	return nil
}

// PreferMethod makes a method the default; false where it is not there.
func PreferMethod(ctx context.Context, tx *db.Tx, accountID, methodID string) (bool, error) {
	if err := preferNone(ctx, tx, accountID); err != nil {
		return false, err
	}
	return prefer(ctx, tx, accountID, methodID)
}

// SpendCode uses a recovery code up and says whether it was there to be used.
func SpendCode(ctx context.Context, tx *db.Tx, accountID, methodID string, hash []byte) (bool, error) {
	spent, err := spendCode(ctx, tx, accountID, methodID, hash)
	if err != nil || !spent {
		return false, err
	}
	return true, noteUse(ctx, tx, accountID, methodID)
}
