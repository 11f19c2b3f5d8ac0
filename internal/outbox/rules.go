package outbox

import (
	"regexp"
	"strings"
	"time"
)

const (
	triesMax  = 12
	ageMax    = 3 * 24 * time.Hour
	firstWait = time.Minute
	longWait  = 6 * time.Hour
)

// exhausted says whether a message is given up after this many tries.
func exhausted(tries int, age time.Duration) bool { return tries >= triesMax || age >= ageMax }

// expired says whether a message is of no use any more.
func expired(until, now time.Time) bool { return !until.IsZero() && !now.Before(until) }

// waitAfter is how long to wait after a failed try: doubled each time, and
// spread by a fifth either way (luck is in [0, 1)), so that the messages of one
// outage do not come back together.
func waitAfter(tries int, luck float64) time.Duration {
	wait := longWait
	if tries < 10 {
		wait = min(firstWait<<(max(tries, 1)-1), longWait)
	}
	return time.Duration(float64(wait) * (0.8 + 0.4*luck))
}

var codes = regexp.MustCompile(`[0-9]{4,}`)

// spell parts the digits of long numbers, so that a voice reads them one by one.
func spell(text string) string {
	return codes.ReplaceAllStringFunc(text, func(code string) string { return strings.Join(strings.Split(code, ""), ", ") })
}
