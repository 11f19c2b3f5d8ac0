package directory

import (
	"context"
	"time"

	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
)

// pulse is the heartbeat of the purge as it is stored.
type pulse struct {
	last        time.Time // beat
	steadySince time.Time // since when beats came without a jump; zero: believed
	setBack     time.Time // where the clock was first seen to have been set back; zero: it was not
}

// believed refuses to purge, and to let invitations expire, while the clock has jumped and not yet been steady.
func believed(ctx context.Context, tx *db.Tx) error {
	p, err := readPulse(ctx, tx)
	if err != nil {
		return err
	}
	if steady(tx.Now(), beat(tx.Now(), p.last, p.steadySince)) {
		return nil
	}
	return fault.New(fault.Conflict, "clock_jumped", "directory.refused.clock.title")
}

// Doubted says whether the clock has jumped and the purge waits.
func (f *Feature) Doubted(ctx context.Context) (bool, error) {
	p, err := readPulse(ctx, f.DB)
	now := f.DB.Now()
	return err == nil && !steady(now, beat(now, p.last, p.steadySince)), err
}

// Beat tells the purge's guard that time passes; call it every few minutes. Time
// that was skipped is added to every purge date that was still to come, so that
// nobody loses a day to a clock that was behind when they were deleted.
func (f *Feature) Beat(ctx context.Context) error {
	return f.DB.Tx(ctx, func(tx *db.Tx) error {
		p, err := readPulse(ctx, tx)
		if err != nil {
			return err
		}
		switch by := skipped(tx.Now(), p.last); {
		case by > 0:
			if err := postpone(ctx, tx, time.Time{}, p.last, by); err != nil {
				return err
			}
			p.setBack = time.Time{}
		case setBack(tx.Now(), p.last) && (p.setBack.IsZero() || tx.Now().Before(p.setBack)):
			p.setBack = tx.Now()
		}
		p.steadySince = beat(tx.Now(), p.last, p.steadySince)
		if steady(tx.Now(), p.steadySince) {
			p.steadySince = time.Time{}
		}
		return writePulse(ctx, tx, p)
	})
}

// TrustClock is the operator's word that the clock is right; moving the clock in
// the demo counts as that. Time without a beat has then passed indeed; but not
// for who was deleted while the clock was set back.
func (f *Feature) TrustClock(ctx context.Context, who actor.Actor) error {
	return f.DB.Tx(ctx, func(tx *db.Tx) error {
		p, err := readPulse(ctx, tx)
		if err != nil {
			return err
		}
		if by := skipped(tx.Now(), p.last); by > 0 && !p.setBack.IsZero() {
			if err := postpone(ctx, tx, p.setBack, p.last, by); err != nil {
				return err
			}
		}
		if err := writePulse(ctx, tx, pulse{}); err != nil {
			return err
		}
		return audit.Record(ctx, tx, who, audit.Entry{Act: "clock.trust"})
	})
}

// postpone moves the open purge dates of who was deleted from one reading of the
// clock on until it jumped. Who was due before the jump stays due.
func postpone(ctx context.Context, tx *db.Tx, from, last time.Time, by time.Duration) error {
	return movePurges(ctx, tx, from, last.Add(beatGap), last, by)
}
