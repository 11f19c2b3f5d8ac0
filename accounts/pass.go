package accounts

import (
	"context"
	"time"

	"sojourn/internal/db"
)

// Pass is a temporary access pass as it is kept.
type Pass struct {
	MethodID     string
	Hash, Pepper string
	StartsAt     time.Time
	ExpiresAt    time.Time
	Once         bool
}

// PassProof is a pass that was found right and is not yet used.
type PassProof struct {
	AccountID string
	MethodID  string
	Until     time.Time
}

// KeepPass stores a pass in place of the one before.
func KeepPass(ctx context.Context, tx *db.Tx, accountID string, p Pass) error {
	if err := deletePass(ctx, tx, accountID); err != nil {
		return err
	}
	return insertPass(ctx, tx, accountID, p)
}
