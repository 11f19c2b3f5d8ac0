package requests

import (
	"context"
	"fmt"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
)

// do is the way of every verb of an administrator: one transaction, in which the
// request is read and the actor held against it; a refusal is recorded once it
// has been rolled back.
func (f *Feature) do(ctx context.Context, who actor.Actor, tenantID, requestID, act string, verb func(tx *db.Tx, r Request) error) error {
	if who.Kind != actor.Administrator { // a person's account is nothing for the organization's log
		return fault.Missing()
	}
	entry := audit.Entry{Tenant: tenantID, Act: "request." + act, Target: requestID, Other: requestID}
	err := f.DB.Tx(ctx, func(tx *db.Tx) error {
		t, err := directory.Admit(ctx, tx, who, tenantID, directory.AnswerMemberships)
		if err != nil {
			return err
		}
		r, found, err := ofTenant(ctx, tx, t.ID, requestID)
		if err != nil || !found {
			return missing(err)
		}
		entry.Tenant, entry.Target = t.ID, about(r)
		own, theirs, err := ranks(ctx, tx, who, r)
		if err != nil {
			return err
		}
		if err := decides(r, who.AccountID, own, theirs); err != nil {
			return err
		}
		if err := verb(tx, r); err != nil {
			return err
		}
		return audit.Record(ctx, tx, who, entry)
	})
	if err != nil {
		return audit.Refused(ctx, f.DB, who, entry, fmt.Errorf("%s: %w", entry.Act, err))
	}
	return nil
}

// ranks reads the roles of who decides and of whom it is about.
func ranks(ctx context.Context, c db.Conn, who actor.Actor, r Request) (own, theirs []directory.Role, err error) {
	if own, err = directory.RolesOf(ctx, c, who.UserID); err != nil || r.UserID == "" {
		return own, nil, err
	}
	theirs, err = directory.RolesOf(ctx, c, r.UserID)
	return own, theirs, err
}

// closeWith writes a decision down and tells the person.
func (f *Feature) closeWith(ctx context.Context, tx *db.Tx, who actor.Actor, r Request, state State, answer string) error {
	r.State, r.ClosedAt, r.DecidedBy, r.Answer = state, tx.Now(), who.UserID, answer
	was, err := closeRequest(ctx, tx, r)
	if err != nil {
		return err
	}
	if !was {
		return fault.Missing()
	}
	if err := insertEvent(ctx, tx, f.IDs.New(), r.ID, What(state), who, tx.Now(), ""); err != nil {
		return err
	}
	return f.tellDecided(ctx, tx, r)
}

// wrongAt puts what is wrong with a text at its field.
func wrongAt(field string, err error) error {
	if f, ok := fault.Of(err); ok {
		return f.Field(field, f.Key, f.Args...)
	}
	return err
}
