package requests

import (
	"context"
	"time"

	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/fault"
)

// Extend moves the due date to a later day, once, with a reason that the person
// is told. day is midnight of it on the administrator's clock; zero where none was
// given.
func (f *Feature) Extend(ctx context.Context, who actor.Actor, tenantID, requestID string, day time.Time, reason string) error {
	return f.do(ctx, who, tenantID, requestID, "extend", func(tx *db.Tx, r Request) error {
		if err := isOpen(asRead(r, tx.Now())); err != nil {
			return err
		}
		if err := extendable(r, tx.Now()); err != nil {
			return err
		}
		until := onDay(r, day)
		text, reasonErr := written(reason, true, "requests.reason.missing")
		all := fault.New(fault.Invalid, "invalid", "ui.error.input.title")
		if wrong, ok := fault.Of(extension(r, until)); ok {
			all.Field("date", wrong.Key, wrong.Args...)
		}
		if wrong, ok := fault.Of(reasonErr); ok {
			all.Field("answer", wrong.Key, wrong.Args...)
		}
		if err := all.ErrOrNil(); err != nil {
			return err
		}
		r.DueAt, r.ExtendedAt, r.Extension = until, tx.Now(), text
		r.Reminded = remindedAtOpening(tx.Now(), until)
		if err := setDue(ctx, tx, r); err != nil {
			return err
		}
		if err := insertEvent(ctx, tx, f.IDs.New(), r.ID, Extended, who, tx.Now(), text); err != nil {
			return err
		}
		return f.tellExtended(ctx, tx, r)
	})
}
