package securityinfo

import (
	"context"
	"fmt"
	"time"

	"sojourn/accounts"
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
		func() (int, error) { return deleteResets(ctx, f.DB, now, sweepBatch) },
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
