package caps

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"sojourn/internal/db"
)

// Cap is a counter and how much it lets through in an hour, or in its own time.
type Cap struct {
	Counter string
	Most    int
	Window  time.Duration // 0 is an hour
}

const (
	hour = time.Hour
	day  = 24 * time.Hour
)

// MailTo caps the letters that others can cause to be sent to an address. The
// address stands as a hash; fold it first.
func MailTo(folded string) Cap {
	return Cap{Counter: "mail-address:" + hashed(folded), Most: 5}
}

// ByStrangers caps what somebody who is not known can have sent to an address or a number:
// less than may go there in all, so that its owner has some left.
func ByStrangers(place string) Cap { return Cap{Counter: "strangers:" + hashed(place), Most: 3} }

func hashed(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// MailBy caps the letters that one user causes; MailFrom those of a tenant.
func MailBy(userID string) Cap { return Cap{Counter: "mail-user:" + userID, Most: 50} }

// MailFrom see MailBy.
func MailFrom(tenantID string) Cap { return Cap{Counter: "mail-tenant:" + tenantID, Most: 500} }

// Count counts once on each cap, in order, and stops at the first that is full:
// full is its counter, "" where all let it through. It is part of the act's
// transaction: an act that is rolled back has not been counted.
func Count(ctx context.Context, tx *db.Tx, list ...Cap) (full Cap, within bool, err error) {
	for _, c := range list {
		ok, err := count(ctx, tx, c, tx.Now().Add(-cmp.Or(c.Window, hour)))
		if err != nil || !ok {
			return c, false, err
		}
	}
	return Cap{}, true, nil
}
