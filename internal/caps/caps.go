package caps

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"sojourn/internal/db"
)

// Cap is a counter and how much it lets through in an hour.
type Cap struct {
	Counter string
	Most    int
}

const window = time.Hour

// MailTo caps the letters that others can cause to be sent to an address. The
// address stands as a hash; fold it first.
func MailTo(folded string) Cap {
	sum := sha256.Sum256([]byte(folded))
	return Cap{"mail-address:" + hex.EncodeToString(sum[:]), 5}
}

// MailBy caps the letters that one user causes; MailFrom those of a tenant.
func MailBy(userID string) Cap { return Cap{"mail-user:" + userID, 50} }

// MailFrom see MailBy.
func MailFrom(tenantID string) Cap { return Cap{"mail-tenant:" + tenantID, 500} }

// Count counts once on each cap, in order, and stops at the first that is full:
// full is its counter, "" where all let it through. It is part of the act's
// transaction: an act that is rolled back has not been counted.
func Count(ctx context.Context, tx *db.Tx, list ...Cap) (full Cap, within bool, err error) {
	for _, c := range list {
		ok, err := count(ctx, tx, c, tx.Now().Add(-window))
		if err != nil || !ok {
			return c, false, err
		}
	}
	return Cap{}, true, nil
}
