package outbox

import (
	"slices"
	"strings"
	"sync"
)

// What became of a try.
const (
	Sent    = "sent"
	Retried = "retried" // it is tried again later
	Dead    = "dead"    // given up
	Expired = "expired" // of no use any more, and not sent
)

// Count is how often a try of this process ended so.
type Count struct {
	Channel Channel
	Result  string
	N       int64
}

type tally struct {
	mu    sync.Mutex
	times map[Count]int64 // by channel and result
}

func (t *tally) add(c Channel, result string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.times == nil {
		t.times = map[Count]int64{}
	}
	t.times[Count{Channel: c, Result: result}]++
}

// Counts are how the tries of this process ended, for every channel and result.
func (o *Outbox) Counts() []Count {
	o.tally.mu.Lock()
	defer o.tally.mu.Unlock()
	var out []Count
	for _, c := range Channels {
		for _, result := range []string{Sent, Retried, Dead, Expired} {
			one := Count{Channel: c, Result: result}
			one.N = o.tally.times[one]
			out = append(out, one)
		}
	}
	slices.SortFunc(out, func(a, b Count) int { return strings.Compare(string(a.Channel)+a.Result, string(b.Channel)+b.Result) })
	return out
}

// Gone says how many messages this process has sent, and how many it has given up.
func (o *Outbox) Gone() (sent, dead int64) {
	for _, c := range o.Counts() {
		switch c.Result {
		case Sent:
			sent += c.N
		case Dead:
			dead += c.N
		}
	}
	return sent, dead
}
