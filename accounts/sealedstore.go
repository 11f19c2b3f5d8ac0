package accounts

import (
	"context"

	"sojourn/internal/db"
)

// ForgetSealed removes every method whose secret was sealed with a master key that
// is lost: nobody could use one again, and everybody who has one would be asked for
// it. It gives how many there were.
func ForgetSealed(ctx context.Context, tx *db.Tx) (int, error) {
	return db.Changed(ctx, tx, `DELETE FROM methods WHERE sealed IS NOT NULL`)
}
