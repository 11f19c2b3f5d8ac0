package requests

import (
	"context"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/fault"
)

// Approve does what was asked for, in one transaction with the decision. The
// answer may be empty, but for a report, which has nothing else to give.
func (f *Feature) Approve(ctx context.Context, who actor.Actor, tenantID, requestID, answer string) error {
	return f.do(ctx, who, tenantID, requestID, "approve", func(tx *db.Tx, r Request) error {
		if err := isOpen(asRead(r, tx.Now())); err != nil {
			return err
		}
		text, err := written(answer, r.Kind == Report, "requests.answer.missing")
		if err != nil {
			return wrongAt("answer", err)
		}
		if err := f.grant(ctx, tx, who, &r); err != nil {
			return err
		}
		return f.closeWith(ctx, tx, who, r, Approved, text)
	})
}

// grant is the deed itself.
func (f *Feature) grant(ctx context.Context, tx *db.Tx, who actor.Actor, r *Request) (err error) {
	switch r.Kind {
	case Removal:
		r.ReceiptID, err = f.Departures.Remove(ctx, tx, who, r.TenantID, r.UserID)
		return err
	case Restore:
		_, err = f.Directory.RestoreIn(ctx, tx, who, r.TenantID, r.UserID, right(Restore), directory.Ask)
		return err
	case Data:
		if needsProof(*r) && !who.Proved(tx.Now()) {
			return fault.New(fault.Proof, "proof_needed", "ui.error.proof.title")
		}
		if err := f.Connections.EndConnection(ctx, tx, who, r.TenantID, r.AccountID); err != nil {
			return err
		}
		return forgetData(ctx, tx, r)
	}
	return nil
}
