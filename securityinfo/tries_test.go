package securityinfo

import (
	"math"
	"testing"
	"time"

	"sojourn/policies"
)

// compared is how many wrong ones in a row of one counter are compared within a time at
// most: by somebody who tries whenever one is taken.
func (w words) compared(within time.Duration) int {
	begun := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	seen, now := tries{}, begun
	for n := 0; ; n++ {
		for seen.allow(now, w) != nil {
			if now = now.Add(time.Second); now.Sub(begun) >= within {
				return n
			}
		}
		if w.rested(seen, now) {
			seen = tries{}
		}
		seen = tries{seen.Count + 1, now}
	}
}

// What somebody who guesses gets to compare in a day, for one account, and how likely it
// is that one of them is right. Each bound is the sum of what strangers can do from any
// number of browsers, flows and addresses, and of what the account's own browsers can.
func TestBounds(t *testing.T) {
	const day = 24 * time.Hour
	const code, app, pass = 1e-6, 3e-6, 1.0 / (1 << 40) // of one guess: six digits; three steps of time; eight characters of five bits
	strangers, own := resetWords.upTo(strangersTries).compared(day), resetWords.upTo(ownersTries).compared(day)
	for name, x := range map[string]struct {
		n, most int     // guesses
		one     float64 // likely to be right
		odds    float64 // that one of them is, at most
	}{
		"codes mailed or sent to get back in, by strangers":    {strangers, 3, code, 3e-6},
		"… by them and in browsers the account knows":          {strangers + own, 5, code, 5e-6},
		"codes of an app to get back in":                       {strangers + own, 5, app, 1.5e-5},
		"codes sent to a telephone at sign-in":                 {sentWords.compared(day), 5, code, 5e-6},
		"codes of what is being added":                         {setUpWords.compared(day), 10, code, 1e-5},
		"passes, while one lasts":                              {passWords.compared(MaxPassLife), 100, pass, 1e-10},
		"passes in a day, though none lasts so long":           {passWords.compared(day), 300, pass, 3e-10},
		"passwords in unknown browsers, ever":                  {passwordWords.compared(100 * day), 100, 0, 1},
		"… as an organization wants it":                        {passwordWords.within(policies.LockOut{Free: 3, Most: 10}).compared(100 * day), 10, 0, 1},
		"passwords as they were, while a link lasts":           {formerWords.compared(formerRest), 10, 0, 1},
		"codes of an app at sign-in, the password known, ever": {secondWords.compared(100 * day), 100, app, 3e-4},
	} {
		if x.n > x.most || x.n == 0 {
			t.Errorf("%s: %d guesses, at most %d", name, x.n, x.most)
		}
		if odds := 1 - math.Pow(1-x.one, float64(x.n)); odds > x.odds {
			t.Errorf("%s: one is right in %g of the cases, at most %g", name, odds, x.odds)
		}
	}
	if n := sentWords.compared(day) + strangersTries + ownersTries; n > 10 {
		t.Errorf("%d tries of a telephone in a day, at sign-in and to get back in, at most 10", n)
	}
}

// A pass is looked at again within six minutes, whatever was typed before.
func TestPassWords(t *testing.T) {
	now := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	for _, n := range []int{0, 4, 5, 14, 100, 1 << 40} {
		seen := tries{n, now}
		if seen.allow(now.Add(passWait), passWords) != nil {
			t.Errorf("after %d it is not looked at", n)
		}
		if (seen.allow(now, passWords) == nil) != (n < freeTries) {
			t.Errorf("after %d there is another wait", n)
		}
	}
}
