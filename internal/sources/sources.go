package sources

import (
	"net/netip"
	"sync"
	"time"

	"sojourn/internal/fault"
)

// Limits are what one source may do; 0 is no limit.
type Limits struct {
	AtOnce int // tries waiting or being worked on
	Minute int // tries begun in a minute
	Wrong  int // tries that were wrong in an hour
}

// maxKnown bounds the memory: with more sources than that within a minute no
// single one can be the flood, and new ones are let through uncounted.
const maxKnown = 50_000

// Limiter counts by source. Its zero value, and nil, let everything through.
type Limiter struct {
	Limits
	Now func() time.Time // nil is the process's clock

	mu      sync.Mutex
	known   map[string]*count
	rest    *count // of all sources beyond those known
	cleared time.Time
}

type count struct {
	running       int
	minute, hour  time.Time // when they began
	begun, wrongs int
}

// idle says whether nothing of a count matters any more.
func (c *count) idle(now time.Time) bool {
	return c.running == 0 && now.Sub(c.minute) >= time.Minute && (c.wrongs == 0 || now.Sub(c.hour) >= time.Hour)
}

// Of is the source that an address stands for; what is no address is one source.
func Of(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return ""
	}
	ip = ip.Unmap().WithZone("")
	if ip.Is4() {
		return ip.String()
	}
	network, err := ip.Prefix(64)
	if err != nil {
		return ""
	}
	return network.String()
}

func loopback(address string) bool {
	ip, err := netip.ParseAddr(address)
	return err == nil && ip.Unmap().IsLoopback()
}

// Try is one try under way. Call Done when it is over.
type Try struct {
	limiter *Limiter
	count   *count
}

// Enter begins a try from an address, or refuses it before it costs anything.
// This machine itself is not counted: it is the operator's, or a proxy that the
// configuration does not name and behind which nobody can be told apart.
func (l *Limiter) Enter(address string) (Try, error) {
	if l == nil || l.Limits == (Limits{}) || loopback(address) {
		return Try{}, nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	c := l.of(Of(address), now)
	if c == nil {
		return Try{}, nil
	}
	if now.Sub(c.minute) >= time.Minute || now.Before(c.minute) {
		c.minute, c.begun = now, 0
	}
	if now.Sub(c.hour) >= time.Hour || now.Before(c.hour) {
		c.hour, c.wrongs = now, 0
	}
	if over(c.running, l.AtOnce) || over(c.begun, l.Minute) || over(c.wrongs, l.Wrong) {
		return Try{}, fault.New(fault.TooMany, Code, "ui.error.source.title")
	}
	c.running++
	c.begun++
	return Try{l, c}, nil
}

// Code is the reason code of a try that was refused.
const Code = "too_many_from_here"

func over(n, most int) bool { return most > 0 && n >= most }

// Done ends a try; wrong says whether it failed for what was typed.
func (t Try) Done(wrong bool) {
	if t.limiter == nil {
		return
	}
	t.limiter.mu.Lock()
	defer t.limiter.mu.Unlock()
	t.count.running--
	if wrong {
		t.count.wrongs++
	}
}

// of is the count of a source. Where there are too many to know, the rest share
// one.
func (l *Limiter) of(source string, now time.Time) *count {
	if c := l.known[source]; c != nil {
		return c
	}
	if now.Sub(l.cleared) >= time.Minute || now.Before(l.cleared) {
		l.cleared = now
		for source, c := range l.known {
			if c.idle(now) {
				delete(l.known, source)
			}
		}
	}
	if len(l.known) >= maxKnown { // a flood from many: what it typed wrong is forgotten first
		for source, c := range l.known {
			if c.running == 0 {
				delete(l.known, source)
			}
		}
	}
	if len(l.known) >= maxKnown {
		if l.rest == nil {
			l.rest = &count{minute: now, hour: now}
		}
		return l.rest
	}
	if l.known == nil {
		l.known = map[string]*count{}
	}
	c := &count{minute: now, hour: now}
	l.known[source] = c
	return c
}

func (l *Limiter) now() time.Time {
	if l.Now != nil {
		return l.Now()
	}
	return time.Now()
}
