package requests

import (
	"context"

	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
)

// settle closes an open request whose matter has found its end by another way, and
// says whether it has.
func (f *Feature) settle(ctx context.Context, tx *db.Tx, r Request) (bool, error) {
	end, at, ended := settled(r, tx.Now())
	if !ended {
		return false, nil
	}
	r.State, r.ClosedAt = end, at
	if r.Kind == Data {
		if err := forgetData(ctx, tx, &r); err != nil {
			return false, err
		}
	}
	was, err := closeRequest(ctx, tx, r)
	if err != nil || !was {
		return was, err
	}
	system := actor.SystemActor()
	if err := insertEvent(ctx, tx, f.IDs.New(), r.ID, What(end), system, at, ""); err != nil {
		return false, err
	}
	return true, audit.Record(ctx, tx, system, audit.Entry{Tenant: r.TenantID, Act: "request." + string(end), Target: about(r), Other: r.ID})
}

// forgetData: what somebody wrote who asks for their data to be erased is part of
// what is erased, with what was noted about them.
func forgetData(ctx context.Context, tx *db.Tx, r *Request) error {
	r.Text = ""
	if err := forgetNotes(ctx, tx, r.ID); err != nil {
		return err
	}
	return audit.Erase(ctx, tx, r.ID)
}

// Restored hears that a deleted user came back. There is nothing to do: the record
// of the departure tells whoever reads the request.
func (f *Feature) Restored(context.Context, *db.Tx, string) error { return nil }

// Erased keeps of the requests about a user, who is about to be deleted
// permanently, what proves that they were answered: dates, decision, and the
// salted hash of an address.
func (f *Feature) Erased(ctx context.Context, tx *db.Tx, userIDs []string) error {
	list, err := requestsAbout(ctx, tx, userIDs)
	if err != nil {
		return err
	}
	for _, r := range list {
		r.now.hasUser = false
		if _, err := f.settle(ctx, tx, r); err != nil {
			return err
		}
		if err := forget(ctx, tx, r.ID); err != nil {
			return err
		}
	}
	return nil
}
