package requests

import (
	"context"

	"sojourn/internal/actor"
	"sojourn/internal/db"
)

// Decline refuses a request with a reason that the person is told.
func (f *Feature) Decline(ctx context.Context, who actor.Actor, tenantID, requestID, reason string) error {
	return f.do(ctx, who, tenantID, requestID, "decline", func(tx *db.Tx, r Request) error {
		if err := isOpen(asRead(r, tx.Now())); err != nil {
			return err
		}
		text, err := written(reason, true, "requests.reason.missing")
		if err != nil {
			return wrongAt("answer", err)
		}
		return f.closeWith(ctx, tx, who, r, Declined, text)
	})
}
