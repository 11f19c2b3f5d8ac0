package securityinfo

import (
	"context"
	"encoding/hex"
	"fmt"
	"hash/maphash"
	"strconv"
	"sync"

	"sojourn/accounts"
	"sojourn/internal/fault"
	"sojourn/internal/id"
	"sojourn/policies"
)

// Verify says at which version of the password it found the one typed right;
// that version must still stand when something is built on the answer. A fault
// says that it is wrong, or that no tries are taken for now.
//
// account "" is nobody: then name counts in its stead, and everything takes the
// same way and time. browser is the id of a browser in which the account has
// been signed in before, and "" for every other.
func (f *Feature) Verify(ctx context.Context, account, name, browser, password string) (version int, err error) {
	stored, _, err := accounts.PasswordOf(ctx, f.DB, account)
	if err != nil {
		return 0, fmt.Errorf("verify password: %w", err)
	}
	w, err := f.lockOut(ctx, account, name)
	if err != nil {
		return 0, fmt.Errorf("verify password: %w", err)
	}
	counter := counterName(account, name, browser, stored.Version)
	ok, n, err := f.try(ctx, counter, w, func() (bool, error) { return f.Hasher.Verify(ctx, password, stored) })
	switch {
	case err != nil:
		return 0, fmt.Errorf("verify password: %w", err)
	case !ok:
		f.warnUnreadable(account, stored)
		return 0, wrong(n, w)
	}
	f.rehash(ctx, account, password, stored)
	return stored.Version, nil
}

// lockOut is how many wrong passwords are taken. For a name it is what the
// organization of its domain says, so that it does not tell whether anybody has it.
func (f *Feature) lockOut(ctx context.Context, account, name string) (words, error) {
	if name == "" {
		asked, err := policies.Of(ctx, f.DB, account)
		return passwordWords.within(asked.LockOut), err
	}
	p, err := policies.AtDomain(ctx, f.DB, name)
	return passwordWords.within(p.LockOut), err
}

// try counts before it compares: however many come at once, no more are
// compared than are counted.
func (f *Feature) try(ctx context.Context, counter string, w words, compare func() (bool, error)) (ok bool, n int, err error) {
	seen, err := triesOf(ctx, f.DB, counter)
	if err != nil {
		return false, 0, err
	}
	if err := seen.allow(f.DB.Now(), w); err != nil {
		return false, 0, err
	}
	defer f.lanes.enter(counter)()
	if n, err = f.count(ctx, counter, w); err != nil {
		return false, 0, err
	}
	ok, err = compare()
	switch {
	case fault.Is(err, "busy"): // nothing was compared
		return false, 0, first(takeBackTry(ctx, f.DB, counter), err)
	case ok:
		return true, n, clearTries(ctx, f.DB, counter)
	}
	return false, n, err
}

// count adds a try if one is allowed, in a single conditional write.
func (f *Feature) count(ctx context.Context, counter string, w words) (int, error) {
	for range 50 {
		now := f.DB.Now()
		seen, err := triesOf(ctx, f.DB, counter)
		if err != nil {
			return 0, err
		}
		if err := seen.allow(now, w); err != nil {
			return 0, err
		}
		if w.rested(seen, now) {
			if err := forgetTries(ctx, f.DB, counter, seen.Count); err != nil {
				return 0, err
			}
			continue
		}
		n, counted, err := countTry(ctx, f.DB, counter, seen.Count, now)
		if err != nil || counted {
			return n, err
		}
	}
	return 0, fault.New(fault.Unavailable, "busy", "ui.error.busy.title")
}

// counterName: each known browser of an account counts by itself, all others
// together. A new password starts afresh, so its version is part of the name.
// Names that nobody has count like accounts, by their hash.
func counterName(account, name, browser string, version int) string {
	switch {
	case account == "":
		return "password:" + hex.EncodeToString(id.Hash(accounts.Fold(name)))
	case browser == "":
		return "password:" + account + ":" + strconv.Itoa(version)
	}
	return "password:" + account + ":" + strconv.Itoa(version) + ":" + browser
}

// rehash stores the password as it would be stored today. It may fail: the next
// sign-in tries again.
func (f *Feature) rehash(ctx context.Context, account, password string, stored accounts.Password) {
	if !f.Hasher.NeedsRehash(stored) {
		return
	}
	fresh, err := f.Hasher.Hash(ctx, password)
	if err == nil {
		err = accounts.Rehash(ctx, f.DB, account, stored.Version, fresh.Hash, fresh.Pepper)
	}
	if err != nil {
		f.log().Warn("password not hashed again", "error", err)
	}
}

// warnUnreadable tells the operator what the person must not be told apart.
func (f *Feature) warnUnreadable(account string, stored accounts.Password) {
	if stored.Hash == "" {
		return
	}
	if err := f.Hasher.Readable(stored); err != nil {
		f.log().Error("password cannot be compared", "account", account, "error", err)
	}
}

// lanes let tries on one counter come one after the other within a process, so
// that several right ones at once do not count against each other.
type lanes struct {
	once sync.Once
	seed maphash.Seed
	lane [256]sync.Mutex
}

func (l *lanes) enter(counter string) (leave func()) {
	l.once.Do(func() { l.seed = maphash.MakeSeed() })
	m := &l.lane[maphash.String(l.seed, counter)%uint64(len(l.lane))]
	m.Lock()
	return m.Unlock
}

func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
