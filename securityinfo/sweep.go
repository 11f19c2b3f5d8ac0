package securityinfo

import (
	"context"
	"fmt"
	"time"

	"sojourn/accounts"
	"sojourn/internal/db"
)

const (
	sweepBatch  = 500
	keepTries   = 30 * 24 * time.Hour
	keepRefusal = 400 * 24 * time.Hour // as long as a browser may be known
)

// Sweep deletes links, sent codes, passes and resets that have expired, seeds that nobody took into use, and
// counters nobody has moved for long. It is safe on any number of replicas.
func (f *Feature) Sweep(ctx context.Context) error {
	now := f.DB.Now()
	for _, batch := range []func() (int, error){
		func() (int, error) { return accounts.SweepWaiting(ctx, f.DB, now.Add(-SetUpTime), sweepBatch) },
		func() (int, error) { return accounts.SweepSentCodes(ctx, f.DB, now, sweepBatch) },
		func() (int, error) { return deleteCeremonies(ctx, f.DB, now, sweepBatch) },
		func() (int, error) { return accounts.SweepPasses(ctx, f.DB, now, sweepBatch) },
		func() (int, error) { return deleteExpiredLinks(ctx, f.DB, now, sweepBatch) },
		func() (int, error) { return f.sweepResets(ctx) },
		func() (int, error) { return deleteFormerCounters(ctx, f.DB, now.Add(-formerRest), sweepBatch) },
		func() (int, error) {
			return deleteOldCounters(ctx, f.DB, now.Add(-keepTries), now.Add(-keepRefusal), sweepBatch)
		},
	} {
		for {
			n, err := batch()
			if err != nil {
				return fmt.Errorf("sweep security info: %w", err)
			}
			if n < sweepBatch {
				break
			}
		}
	}
	return nil
}

// sweepResets deletes resets that are over, and what was counted for each alone.
func (f *Feature) sweepResets(ctx context.Context) (n int, err error) {
	err = f.DB.Tx(ctx, func(tx *db.Tx) error {
		list, err := deleteResets(ctx, tx, tx.Now(), sweepBatch)
		if err != nil {
			return err
		}
		names := make([]string, len(list))
		for i, r := range list {
			names[i] = r.ownCounter()
		}
		n = len(list)
		return deleteCounters(ctx, tx, names)
	})
	return n, err
}
