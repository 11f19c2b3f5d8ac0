package securityinfo

import (
	"math"
	"time"

	"sojourn/internal/fault"
	"sojourn/policies"
)

const (
	freeTries = 5   // wrong ones in a row before the first wait, at most
	maxTries  = 100 // wrong ones in a row before that side is refused altogether, at most
	maxWait   = 15 * time.Minute
	leastMost = 10 // that an organization may set; counters at it are kept

	// Wrong ones in a row of a telephone at sign-in, whatever was sent to it in between, and
	// for how long it is refused then, unless a new password is set. With those of a way
	// back in they are ten.
	sentTries = 5
	sentRest  = 24 * time.Hour

	setUpTries = 10 // wrong ones in a row of a method that is being added; they rest like sentTries

	// Wrong proofs of one sort of method in a way back in, that are taken of an account:
	// five. Strangers can use up three of them and no more; two are kept for whoever has
	// been signed in in the browser, or has proved something in the same way back in.
	// They rest like sentTries.
	strangersTries = 3
	ownersTries    = 2
	flowTries      = 5 // of a way back in in which there is nothing to guess

	// Wrong ones of a password as it was, over all links by which a method is taken back,
	// and for how long none is taken then: a link lives no longer than that.
	formerTries = 10
	formerRest  = 7 * 24 * time.Hour

	// passWait is how long a wrong pass has to wait at most: so no more than a hundred
	// are compared while a pass can be used, and it is never off.
	passWait = 6 * time.Minute
)

// tries is where one counter of wrong passwords or codes stands.
type tries struct {
	Count int
	Last  time.Time
}

// words are what wrong tries of one sort are told with.
type words struct {
	code   string // of a wrong one
	second bool   // of a second step, not of a password
	pass   bool   // of a temporary access pass: long enough to wait, and never off
	sent   bool   // of a code that was sent: there are few of them, so max tries
	setUp  bool   // of a method that is being added: max tries
	former bool   // of a password as it was: whoever tries holds a link
	reset  bool   // of a way back in: whoever tries knows no more than a name; max is how many
	free   int    // wrong ones before the first wait, as an organization wants it; 0 is the usual
	max    int    // wrong ones after which none is taken; 0 is the usual
}

// within are the words under the limits of an organization.
func (w words) within(l policies.LockOut) words {
	w.free, w.max = l.Free, l.Most
	return w
}

var (
	passwordWords = words{code: "wrong_password"}
	formerWords   = words{code: "wrong_password", former: true}
	secondWords   = words{code: "wrong_code", second: true}
	passWords     = words{code: "wrong_pass", pass: true}
	sentWords     = words{code: "wrong_code", second: true, sent: true, max: sentTries}
	setUpWords    = words{code: "wrong_code", second: true, setUp: true, max: setUpTries}
	resetWords    = words{code: "wrong_proof", second: true, reset: true}
)

// upTo are the words of a counter of a way back in.
func (w words) upTo(max int) words {
	w.max = max
	return w
}

// most is how many wrong ones in a row there may be.
func (w words) most() int {
	switch {
	case w.reset, w.sent, w.setUp:
		return w.max
	case w.former:
		return formerTries
	case w.pass:
		return math.MaxInt
	}
	return least(w.max, maxTries)
}

// freely is how many wrong ones there may be without a wait.
func (w words) freely() int { return least(w.free, freeTries) }

// least is what is asked for, if that is something and no more than usual.
func least(asked, usual int) int {
	if asked <= 0 {
		return usual
	}
	return min(asked, usual)
}

// rested says whether a counter stands for nothing any more: so it is after a day with
// ways back in and passes, and with sent codes at their limit, since none of them is as
// old as that; and with former passwords at theirs once every link has expired.
func (w words) rested(t tries, now time.Time) bool {
	least, rest := 1, sentRest
	switch {
	case w.former:
		least, rest = formerTries, formerRest
	case w.sent, w.setUp:
		least = w.max
	case !w.reset && !w.pass:
		return false
	}
	return t.Count >= least && now.Sub(t.Last) >= rest
}

func (w words) key(what string) string {
	if w.sent && (what == "wrong" || what == "wrong.last" || what == "usedUp") {
		return "securityinfo.sent." + what
	}
	switch {
	case w.setUp && what == "wrong":
		return "securityinfo.sent.wrong"
	case w.setUp && what == "usedUp":
		return "securityinfo.adding.usedUp"
	}
	if w.pass {
		return "securityinfo.pass." + what
	}
	if w.second {
		return "securityinfo.second." + what
	}
	return "securityinfo.verify." + what
}

// wait is how long after the last of n wrong tries in a row the next may come.
func (w words) wait(n int) time.Duration {
	free := w.freely()
	if n < free {
		return 0
	}
	if n >= free+10 { // 2^10 s is more than the limit
		return w.longest()
	}
	return min(time.Second<<(n-free), w.longest())
}

// longest is the longest wait.
func (w words) longest() time.Duration {
	if w.pass {
		return passWait
	}
	return maxWait
}

// allow refuses a try that comes too early or too often. It is asked before
// anything is hashed, and answers the same for a name that nobody has.
func (t tries) allow(now time.Time, w words) error {
	if w.rested(t, now) {
		return nil
	}
	if t.Count >= w.most() {
		return fault.New(fault.TooMany, "tries_used_up", w.key("usedUp"))
	}
	left := t.Last.Add(w.wait(t.Count)).Sub(now)
	switch {
	case t.Count < w.freely() || left <= 0:
		return nil
	case left > w.longest(): // the clock was set back
		left = w.longest()
	}
	return fault.New(fault.TooMany, "too_many_tries", w.key(byUnit(left, "wait.seconds", "wait.minutes")), "n", waitNumber(left))
}

// wrong is what is said of the nth wrong try in a row.
func wrong(n int, w words) error {
	switch {
	case n >= w.most():
		return fault.New(fault.Invalid, w.code, w.key("usedUp"))
	case n >= w.freely():
		left := w.wait(n)
		return fault.New(fault.Invalid, w.code, w.key(byUnit(left, "wrong.seconds", "wrong.minutes")), "n", waitNumber(left))
	case n == w.freely()-1:
		return fault.New(fault.Invalid, w.code, w.key("wrong.last"))
	}
	return fault.New(fault.Invalid, w.code, w.key("wrong"))
}

// Waits are told in seconds up to a minute and a half, then in minutes, and never
// as one, so that no language needs its singular.
func byUnit(left time.Duration, seconds, minutes string) string {
	if left <= 90*time.Second {
		return seconds
	}
	return minutes
}

func waitNumber(left time.Duration) int {
	unit := time.Second
	if left > 90*time.Second {
		unit = time.Minute
	}
	return max(2, int((left+unit-1)/unit))
}
