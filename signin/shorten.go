package signin

import (
	"context"
	"fmt"

	"sojourn/internal/db"
	"sojourn/policies"
)

// Shorten holds what the people of an organization have open against how long they
// may stay signed in now, in the transaction that says so. Nothing gets longer.
func (f *Feature) Shorten(ctx context.Context, tx *db.Tx, tenantID string, p policies.Sessions) error {
	if err := shorten(ctx, tx, tenantID, lives(p, false), lives(p, true)); err != nil {
		return fmt.Errorf("shorten sessions: %w", err)
	}
	return nil
}
