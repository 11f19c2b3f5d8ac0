package directory

import (
	"context"
	"fmt"
	"slices"

	"sojourn/internal/actor"
	"sojourn/internal/db"
)

// purgeBatch is how many users one transaction erases: who wants to write
// meanwhile waits for it.
const purgeBatch = 500

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
		list = slices.DeleteFunc(list, func(u User) bool { return !purgeable(u, tx.Now()) })
		n = len(list)
		return f.erase(ctx, tx, actor.SystemActor(), list, "purge", "user.purge")
	})
	return n, err
}

// Due counts the users whose time has come.
func (f *Feature) Due(ctx context.Context) (int, error) { return countDue(ctx, f.DB, f.DB.Now()) }
