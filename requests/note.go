package requests

import (
	"context"

	"sojourn/internal/actor"
	"sojourn/internal/db"
)

// Note keeps something for the other administrators; the person does not see it.
func (f *Feature) Note(ctx context.Context, who actor.Actor, tenantID, requestID, typed string) error {
	return f.do(ctx, who, tenantID, requestID, "note", func(tx *db.Tx, r Request) error {
		if err := isOpen(asRead(r, tx.Now())); err != nil {
			return err
		}
		text, err := written(typed, true, "requests.note.missing")
		if err != nil {
			return wrongAt("note", err)
		}
		return insertEvent(ctx, tx, f.IDs.New(), r.ID, Noted, who, tx.Now(), text)
	})
}
