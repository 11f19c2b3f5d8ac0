package securityinfo

import (
	"context"
	"fmt"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/secret"
)

// OtherKey says that a database was made with another master key than the one
// that was given. Keys are told by their ids.
type OtherKey struct{ Made, Given string }

func (k *OtherKey) Error() string {
	return fmt.Sprintf("the database was made with the master key %s, and the one given is %s", k.Made, k.Given)
}

const (
	keyPurpose = "key check"
	keyText    = "the master key of this database"
)

// CheckKey compares the master key with the one that a database was made with,
// and leaves the mark to compare by in a new one. With another key no password
// would be right and no letter that waits could be sent.
func CheckKey(ctx context.Context, d *db.DB, box *secret.Box) error {
	return d.Tx(ctx, func(tx *db.Tx) error {
		made, sealed, found, err := keyCheck(ctx, tx, box.PepperID())
		if err != nil {
			return err
		}
		if made == "" { // a database from before there were marks: its passwords tell
			made, err = pepperInUse(ctx, tx, box.PepperID())
		}
		switch {
		case err != nil:
			return err
		case found:
			plain, err := box.Open(keyPurpose, "", made, sealed)
			if err != nil || string(plain) != keyText {
				return &OtherKey{Made: made + " (of the same id)", Given: box.PepperID()}
			}
			return nil
		case made != "" && made != box.PepperID():
			if err := checkOlder(ctx, tx, box, made); err != nil {
				return err
			}
		}
		return insertKeyCheck(ctx, tx, box.PepperID(), box.Seal(keyPurpose, "", box.PepperID(), []byte(keyText)))
	})
}

// checkOlder: the database was made with a key that is given beside the one in use.
func checkOlder(ctx context.Context, tx *db.Tx, box *secret.Box, made string) error {
	older, known := box.Under(made)
	if !known {
		return &OtherKey{Made: made, Given: box.PepperID()}
	}
	_, sealed, found, err := keyCheck(ctx, tx, made)
	if err != nil || !found {
		return err
	}
	if plain, err := older.Open(keyPurpose, "", made, sealed); err != nil || string(plain) != keyText {
		return &OtherKey{Made: made + " (of the same id)", Given: made}
	}
	return nil
}

// ReplaceKey is the operator's word that the old master key is lost and the
// portal goes on with this one: every password must be set anew, and every
// authenticator app added again.
func ReplaceKey(ctx context.Context, d *db.DB, box *secret.Box, who actor.Actor) error {
	return d.Tx(ctx, func(tx *db.Tx) error {
		if err := deleteKeyChecks(ctx, tx); err != nil {
			return err
		}
		if _, err := accounts.ForgetSealed(ctx, tx); err != nil {
			return err
		}
		if err := insertKeyCheck(ctx, tx, box.PepperID(), box.Seal(keyPurpose, "", box.PepperID(), []byte(keyText))); err != nil {
			return err
		}
		return audit.Record(ctx, tx, who, audit.Entry{Act: "key.replace"})
	})
}
