package signin

import (
	"context"
	"fmt"
	"time"
)

const (
	sweepBatch   = 500
	keepSessions = 90 * 24 * time.Hour // after their end: a browser is known that long
)

// Sweep deletes flows that are over, sessions that ended long ago and browsers
// whose cookie has expired. It is safe on any number of replicas.
func (f *Feature) Sweep(ctx context.Context) error {
	now := f.DB.Now()
	for _, batch := range []func() (int, error){
		func() (int, error) { return deleteFlows(ctx, f.DB, now, sweepBatch) },
		func() (int, error) { return deleteNotices(ctx, f.DB, now, sweepBatch) },
		func() (int, error) { return deleteOldEntered(ctx, f.DB, now.Add(-keepSessions), sweepBatch) },
		func() (int, error) { return deleteSessions(ctx, f.DB, now.Add(-keepSessions), sweepBatch) },
		func() (int, error) { return deleteBrowsers(ctx, f.DB, now.Add(-cookieLife), sweepBatch) },
	} {
		for {
			n, err := batch()
			if err != nil {
				return fmt.Errorf("sweep sign-ins: %w", err)
			}
			if n < sweepBatch {
				break
			}
		}
	}
	return nil
}
