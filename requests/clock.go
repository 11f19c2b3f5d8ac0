package requests

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
)

// clockBatch is how many open requests are looked at together.
const clockBatch = 200

// Tick looks at every open request: what has found its end is closed, what is due
// soon is reminded of, what is late goes to whoever stands above. Each is read
// again in a transaction of its own, and the row says what was sent, so that any
// number of replicas may run it.
func (f *Feature) Tick(ctx context.Context) error {
	var last Request
	var failed error
	last.DueAt = time.UnixMicro(0)
	for {
		list, err := openOnes(ctx, f.DB, last.DueAt, last.ID, clockBatch)
		if err != nil {
			return fmt.Errorf("clock of requests: %w", err)
		}
		for _, r := range list {
			last = r
			if _, _, ended := settled(r, f.DB.Now()); !ended && strike(r, f.DB.Now()) == nothing {
				continue
			}
			if err := f.tickOne(ctx, r.TenantID, r.ID); err != nil { // one must not hold up the rest
				failed = errors.Join(failed, fmt.Errorf("clock of request %s: %w", r.ID, err))
			}
		}
		if len(list) < clockBatch || ctx.Err() != nil {
			return failed
		}
	}
}

func (f *Feature) tickOne(ctx context.Context, tenantID, requestID string) error {
	return f.DB.Tx(ctx, func(tx *db.Tx) error {
		r, found, err := ofTenant(ctx, tx, tenantID, requestID)
		if err != nil || !found || r.State != Open {
			return err
		}
		if ended, err := f.settle(ctx, tx, r); err != nil || ended {
			return err
		}
		switch strike(r, tx.Now()) {
		case remind:
			return f.remind(ctx, tx, r)
		case escalate:
			return f.escalate(ctx, tx, r)
		}
		return nil
	})
}

func (f *Feature) remind(ctx context.Context, tx *db.Tx, r Request) error {
	n := remindersDue(r, tx.Now())
	mine, err := markReminded(ctx, tx, r.ID, n)
	if err != nil || !mine {
		return err
	}
	m, err := f.whoDecides(ctx, tx, r)
	if err != nil {
		return err
	}
	// The due date is part of the key: after an extension the reminders begin again.
	key := "remind:" + strconv.Itoa(n) + ":" + strconv.FormatInt(r.DueAt.Unix(), 10)
	if err := f.tellOfficials(ctx, tx, m, r, "remind", key); err != nil {
		return err
	}
	return f.struck(ctx, tx, r, Reminded)
}

// escalate takes a late request to all Global Administrators, and tells the person
// what they can do now. Its row is marked once, so both happen once.
func (f *Feature) escalate(ctx context.Context, tx *db.Tx, r Request) error {
	mine, err := markEscalated(ctx, tx, r.ID)
	if err != nil || !mine {
		return err
	}
	m, err := f.whoDecides(ctx, tx, r)
	if err != nil {
		return err
	}
	all, err := officials(ctx, tx, r.TenantID)
	if err != nil {
		return err
	}
	m.officials = global(all, r.AccountID)
	if err := f.tellOfficials(ctx, tx, m, r, "late", "late"); err != nil {
		return err
	}
	if contact := m.tenant.PrivacyContact; contact != "" && len(m.officials) > 0 {
		if err := f.tellContact(ctx, tx, m, r, contact, "late", "late"); err != nil {
			return err
		}
	}
	if err := f.struck(ctx, tx, r, Escalated); err != nil {
		return err
	}
	told, err := f.tellLate(ctx, tx, r, m.tenant.Contact())
	if err != nil || !told {
		return err
	}
	return insertEvent(ctx, tx, f.IDs.New(), r.ID, Told, actor.SystemActor(), tx.Now(), "")
}

// struck writes down what the clock has done.
func (f *Feature) struck(ctx context.Context, tx *db.Tx, r Request, what What) error {
	system := actor.SystemActor()
	if err := insertEvent(ctx, tx, f.IDs.New(), r.ID, what, system, tx.Now(), ""); err != nil {
		return err
	}
	return audit.Record(ctx, tx, system, audit.Entry{Tenant: r.TenantID, Act: "request." + string(what), Target: about(r), Other: r.ID})
}

// whoDecides reads who may decide about a request, the first few.
func (f *Feature) whoDecides(ctx context.Context, tx *db.Tx, r Request) (m matter, err error) {
	var found bool
	if m.tenant, found, err = directory.TenantBy(ctx, tx, r.TenantID); err != nil || !found {
		return matter{}, missing(err)
	}
	_, theirs, err := ranks(ctx, tx, actor.Actor{}, r)
	if err != nil {
		return matter{}, err
	}
	all, err := officials(ctx, tx, r.TenantID)
	m.officials = entitled(all, r.Kind, r.AccountID, theirs)
	return m, err
}
