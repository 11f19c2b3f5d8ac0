package directory

import (
	"context"
	"fmt"
	"time"

	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
)

// purgeBatch is how many users one transaction erases.
const purgeBatch = 50

// Purge erases every user whose time has come, in batches, and returns how
// many. State is read again in each transaction, so any number of replicas may
// run it. It waits while the clock cannot be believed.
func (f *Feature) Purge(ctx context.Context, progress func(done int)) (int, error) {
	total := 0
	for {
		n, err := f.purgeSome(ctx)
		total += n
		if err != nil {
			return total, fmt.Errorf("purge: %w", err)
		}
		if n == 0 {
			return total, nil
		}
		if progress != nil {
			progress(total)
		}
	}
}

func (f *Feature) purgeSome(ctx context.Context) (int, error) {
	n := 0
	err := f.DB.Tx(ctx, func(tx *db.Tx) error {
		n = 0
		if err := believed(ctx, tx); err != nil {
			return err
		}
		list, err := due(ctx, tx, tx.Now(), purgeBatch)
		if err != nil {
			return err
		}
		for _, seen := range list {
			u, found, err := AnyUser(ctx, tx, seen.TenantID, seen.ID)
			if err != nil {
				return err
			}
			if !purgeable(u, found, tx.Now()) {
				continue
			}
			if err := f.erase(ctx, tx, actor.SystemActor(), u, "purge", "user.purge"); err != nil {
				return err
			}
			n++
		}
		return nil
	})
	return n, err
}

// Due counts the users whose time has come.
func (f *Feature) Due(ctx context.Context) (int, error) { return countDue(ctx, f.DB, f.DB.Now()) }

// believed refuses to purge while the clock has jumped and not yet been steady.
func believed(ctx context.Context, tx *db.Tx) error {
	last, since, err := readBeat(ctx, tx)
	if err != nil {
		return err
	}
	if since = beat(tx.Now(), last, since); steady(tx.Now(), since) {
		return nil
	}
	return fault.New(fault.Conflict, "clock_jumped", "directory.refused.clock.title")
}

// Beat tells the purge's guard that time passes; call it every few minutes.
func (f *Feature) Beat(ctx context.Context) error {
	return f.DB.Tx(ctx, func(tx *db.Tx) error {
		last, since, err := readBeat(ctx, tx)
		if err != nil {
			return err
		}
		since = beat(tx.Now(), last, since)
		if steady(tx.Now(), since) {
			since = time.Time{}
		}
		return writeBeat(ctx, tx, since)
	})
}

// TrustClock is the operator's word that the clock is right; moving the clock in
// the demo counts as that.
func (f *Feature) TrustClock(ctx context.Context, who actor.Actor) error {
	return f.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := writeBeat(ctx, tx, time.Time{}); err != nil {
			return err
		}
		return audit.Record(ctx, tx, who, audit.Entry{Act: "clock.trust"})
	})
}
