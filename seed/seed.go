package seed

import (
	"context"
	"fmt"
	"time"

	"sojourn/accounts"
	"sojourn/internal/db"
)

// Size is how large a directory becomes.
type Size struct {
	Tenants        int
	Users          int // members, each of one organization
	GuestsPerUser  int // organizations in which each of them is a guest
	Groups         int // of each organization
	DeletedPercent int // of the members: deleted, spread over the next 30 days
	Due            int // further users whose purge is due
}

// Check says what is wrong with a size.
func (s Size) Check() error {
	switch {
	case s.Tenants < 1 || s.Tenants > 1_000_000:
		return fmt.Errorf("between 1 and 1,000,000 organizations can be made, not %d", s.Tenants)
	case s.Users < s.Tenants:
		return fmt.Errorf("each organization has an administrator: make at least %d users", s.Tenants)
	case s.Users > 100_000_000:
		return fmt.Errorf("at most 100,000,000 users can be made, not %d", s.Users)
	case s.GuestsPerUser < 0 || s.GuestsPerUser >= s.Tenants:
		return fmt.Errorf("with %d organizations somebody can be a guest in at most %d", s.Tenants, s.Tenants-1)
	case s.GuestsPerUser > 499:
		return fmt.Errorf("one person can be in at most 500 organizations")
	case s.Groups < 0 || s.Groups > 1000, s.DeletedPercent < 0 || s.DeletedPercent > 90, s.Due < 0:
		return fmt.Errorf("groups go from 0 to 1000, deleted from 0 to 90 percent")
	}
	return nil
}

// Rows is how many users there will be: members and guests.
func (s Size) Rows() int { return s.Users*(1+s.GuestsPerUser) + s.Due }

// Fill writes the directory into an empty database. Everybody signs in with the
// one password. far is told how many users stand.
func Fill(ctx context.Context, d *db.DB, s Size, password accounts.Password, far func(users int)) error {
	if err := s.Check(); err != nil {
		return err
	}
	return d.InBulk(ctx, func() error {
		w := &world{size: s, password: password, now: d.Now(), far: far}
		w.begun = w.now.Add(-400 * 24 * time.Hour)
		// Accounts first: a guest's may belong to an organization further on.
		for _, write := range []func(*tables, int, int) error{w.accounts, w.directories} {
			if err := w.each(ctx, d, write); err != nil {
				return fmt.Errorf("seed: %w", err)
			}
		}
		return nil
	})
}

// each writes all tenants, some in one transaction.
func (w *world) each(ctx context.Context, d *db.DB, write func(t *tables, from, to int) error) error {
	for first := 0; first < w.size.Tenants; {
		next := first
		for rows := 0; next < w.size.Tenants && rows < perCommit; next++ {
			rows += w.members(next) * (1 + w.size.GuestsPerUser)
		}
		err := d.Tx(ctx, func(tx *db.Tx) error {
			t := newTables(ctx, tx)
			if err := write(t, first, next); err != nil {
				return err
			}
			return t.close()
		})
		if err != nil {
			return err
		}
		first = next
	}
	return nil
}

// perCommit is about how many users one transaction holds.
const perCommit = 50_000

// world is the directory as arithmetic: everything follows from the number of a
// tenant and of a member.
type world struct {
	size       Size
	password   accounts.Password
	begun, now time.Time
	far        func(users int)
}

// first is the number of the first member of a tenant; members how many it has.
func (w *world) first(tenant int) int { return tenant * w.size.Users / w.size.Tenants }

func (w *world) members(tenant int) int { return w.first(tenant+1) - w.first(tenant) }

// kinds of ids; each kind counts on its own.
const (
	tenantID = iota + 1
	groupID
	accountID
	memberID
	guestID
	identityID
	methodID
	departureID
	dueID
)

// id is a UUID of version 7 that sorts by its number.
func id(kind, n int) string {
	return fmt.Sprintf("01970000-%04x-7%03x-8%03x-%012x", uint16(n>>32), kind, 0, uint32(n))
}

func domain(tenant int) string { return fmt.Sprintf("org%d.example", tenant+1) }

func tenantName(tenant int) string {
	return fmt.Sprintf("%s %s %d", family[tenant%len(family)], trades[tenant%len(trades)], tenant+1)
}

// personName is what a member is called.
func personName(n int) string { return given[n%len(given)] + " " + family[(n/len(given))%len(family)] }

// signIn is a member's sign-in name.
func signIn(n, tenant int) string { return fmt.Sprintf("user%d@%s", n+1, domain(tenant)) }

// deleted says whether a member is deleted: every so many, never the first of a
// tenant, who is its administrator.
func (w *world) deleted(n, tenant int) bool {
	p := w.size.DeletedPercent
	return p > 0 && n != w.first(tenant) && n*p/100 != (n-1)*p/100
}

// purge is when a deleted member is purged: spread over the days that remain.
func (w *world) purge(n int) time.Time {
	return w.now.Add(time.Hour + time.Duration(n%(29*24*60))*time.Minute)
}
