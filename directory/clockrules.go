package directory

import "time"

// Clock guard of the purge: a jump this far from the last beat is not believed …
const beatGap = 48 * time.Hour

// … until beats have come steadily for this long, or the operator says so.
const steadyFor = 24 * time.Hour

// beat is where the heartbeat stands after a beat at now. steadySince is zero
// while no jump has been seen.
func beat(now, last, steadySince time.Time) time.Time {
	jumped := skipped(now, last) > 0 || setBack(now, last)
	if jumped || now.Before(steadySince) { // a doubt from the future counts from now
		return now
	}
	return steadySince
}

// steady says whether the clock may be believed.
func steady(now, steadySince time.Time) bool {
	return steadySince.IsZero() || now.Sub(steadySince) >= steadyFor
}

// skipped is the time that no beat has seen pass: none, unless the clock has
// jumped forward. Nobody can tell a clock that was behind and has been put right
// from a portal that stood still, so that time counts towards nobody's thirty days.
func skipped(now, last time.Time) time.Duration {
	if by := now.Sub(last); !last.IsZero() && by > beatGap {
		return by
	}
	return 0
}

// setBack says whether the clock has jumped to where it has been before.
func setBack(now, last time.Time) bool { return last.Sub(now) > beatGap }

// purgeDate is when a user deleted now is erased. A clock behind the last beat is
// behind the truth, and the days count from that beat.
func purgeDate(now, last time.Time) time.Time {
	if now.Before(last) {
		now = last
	}
	return now.Add(Retention)
}
