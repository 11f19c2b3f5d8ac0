package app_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/dbtest"
	"sojourn/internal/fault"
	"sojourn/sojourntest"
)

// Nothing is purged before its time or twice, whatever the clock does; and after
// a jump of the clock nothing is purged until a day of steady beats has passed or
// the operator has vouched for it.
func TestPurge_clocks(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p := sojourntest.Empty(t, d)
		run := 0
		rapid.Check(t, func(rt *rapid.T) {
			run++
			c := newClocks(rt, p, run)
			defer func() { d.SetShift(0); ok(p.App.Directory.TrustClock(c.ctx, actor.OperatorActor())) }()
			rt.Repeat(map[string]func(*rapid.T){
				"delete": c.delete,
				"hours":  c.move(1, 40),   // a clock that runs
				"jump":   c.move(49, 900), // one that leaps
				"back":   c.move(-300, -1),
				"beat":   c.beat,
				"vouch":  c.vouch,
				"purge":  c.purge,
				"":       c.check,
			})
		})
	})
}

type clocks struct {
	ctx    context.Context
	p      *sojourntest.Portal
	tenant directory.Tenant
	n      int
	due    map[string]time.Time // of the deleted
	gone   map[string]bool
	made   map[string]time.Time // when they were deleted, by the clock
	last   time.Time            // beat, as the model has it
	doubt  time.Time            // since when the clock is doubted; zero: believed
	back   time.Time            // where the clock was first seen to have been set back
}

func newClocks(t *rapid.T, p *sojourntest.Portal, run int) *clocks {
	c := &clocks{ctx: context.Background(), p: p, due: map[string]time.Time{}, made: map[string]time.Time{}, gone: map[string]bool{}}
	c.tenant = must(p.App.Directory.CreateTenant(c.ctx, actor.OperatorActor(), directory.NewTenant{
		Name: fmt.Sprintf("Clock %d", run), Domain: fmt.Sprintf("clock%d.example", run), Language: "en"}))
	c.vouch(t)
	return c
}

func (c *clocks) now() time.Time { return c.p.App.DB.Now() }

func (c *clocks) delete(*rapid.T) {
	c.n++
	u, _, err := c.p.App.Directory.CreateMember(c.ctx, actor.OperatorActor(), c.tenant.ID, directory.NewMember{Name: "Somebody", SignInName: fmt.Sprintf("u%d", c.n)})
	ok(err)
	ok(c.p.App.Directory.Delete(c.ctx, actor.OperatorActor(), c.tenant.ID, u.ID))
	gone, found, err := directory.AnyUser(c.ctx, c.p.App.DB, c.tenant.ID, u.ID)
	ok(err)
	if !found {
		panic("lost")
	}
	from := gone.DeletedAt
	if from.Before(c.last) {
		from = c.last
	}
	if !gone.PurgeAt.Equal(from.Add(directory.Retention)) {
		panic(fmt.Sprintf("deleted at %s, last beat %s, purged at %s", gone.DeletedAt, c.last, gone.PurgeAt))
	}
	c.due[u.ID], c.made[u.ID] = gone.PurgeAt, gone.DeletedAt
}

// postpone is what a jump past the last beat does to dates that were to come.
func (c *clocks) postpone(from, to time.Time) {
	for id, at := range c.due {
		if at.After(c.last) && !c.made[id].Before(from) && c.made[id].Before(c.last.Add(48*time.Hour)) {
			c.due[id] = at.Add(to.Sub(c.last))
		}
	}
}

func (c *clocks) move(from, to int) func(*rapid.T) {
	return func(t *rapid.T) {
		hours := rapid.IntRange(from, to).Draw(t, "hours")
		c.p.App.DB.SetShift(c.p.App.DB.Shift() + time.Duration(hours)*time.Hour)
	}
}

// doubted says whether the model believes the clock, at a look or a beat.
func (c *clocks) doubted() (since time.Time) {
	if gap := c.now().Sub(c.last).Abs(); gap > 48*time.Hour || c.now().Before(c.doubt) {
		return c.now()
	}
	return c.doubt
}

func (c *clocks) beat(*rapid.T) {
	since := c.doubted()
	ok(c.p.App.Directory.Beat(c.ctx))
	now := c.beaten()
	switch gap := now.Sub(c.last); {
	case gap > 48*time.Hour:
		c.postpone(time.Time{}, now)
		c.back = time.Time{}
	case gap < -48*time.Hour && (c.back.IsZero() || now.Before(c.back)):
		c.back = now
	}
	if !since.IsZero() && !since.Equal(c.doubt) {
		since = now
	}
	c.last, c.doubt = now, since
	if !since.IsZero() && c.last.Sub(since) >= 24*time.Hour {
		c.doubt = time.Time{}
	}
}

func (c *clocks) vouch(*rapid.T) {
	ok(c.p.App.Directory.TrustClock(c.ctx, actor.OperatorActor()))
	now := c.beaten()
	if !c.back.IsZero() && now.Sub(c.last) > 48*time.Hour {
		c.postpone(c.back, now)
	}
	c.last, c.doubt, c.back = now, time.Time{}, time.Time{}
}

// beaten is the time of the last beat, exactly.
func (c *clocks) beaten() time.Time {
	return time.UnixMicro(int64(must(db.Count(c.ctx, c.p.App.DB, `SELECT at FROM beats WHERE name = 'purge'`)))).UTC()
}

func (c *clocks) purge(t *rapid.T) {
	since := c.doubted()
	before := c.now()
	_, err := c.p.App.Directory.Purge(c.ctx, nil)
	if !since.IsZero() && before.Sub(since) < 24*time.Hour-time.Minute {
		if !fault.Is(err, "clock_jumped") {
			t.Fatalf("purged by a clock that had jumped: %v", err)
		}
		return
	}
	ok(err)
	for id, at := range c.due {
		if !at.After(before) {
			delete(c.due, id)
			c.gone[id] = true
		}
	}
}

func (c *clocks) check(t *rapid.T) {
	for id, at := range c.due {
		u, found, err := directory.AnyUser(c.ctx, c.p.App.DB, c.tenant.ID, id)
		if err != nil || !found {
			t.Fatalf("user %s, due at %s, is gone at %s (%v)", id, at, c.now(), err)
		}
		if !u.PurgeAt.Equal(at) {
			t.Fatalf("user %s is due at %s, the model says %s", id, u.PurgeAt, at)
		}
	}
	for id := range c.gone {
		if _, found, err := directory.AnyUser(c.ctx, c.p.App.DB, c.tenant.ID, id); err != nil || found {
			t.Fatalf("user %s is due and was purged, and is there (%v)", id, err)
		}
	}
}

// Any number of replicas purge at once: everybody due goes, once, with one letter.
func TestPurge_replicas(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p := sojourntest.StartOn(t, d)
		ctx := context.Background()
		d.SetShift(31 * 24 * time.Hour)
		if err := p.App.Directory.TrustClock(ctx, actor.OperatorActor()); err != nil {
			t.Fatal(err)
		}
		due, err := p.App.Directory.Due(ctx)
		if err != nil || due < 5 {
			t.Fatalf("%d due, %v", due, err)
		}
		var mu sync.Mutex
		total := 0
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				n, err := p.App.Directory.Purge(ctx, nil)
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				total += n
				mu.Unlock()
			})
		}
		wg.Wait()
		if total != due {
			t.Errorf("%d purged, %d were due", total, due)
		}
		checkInvariants(t, d)
		for _, who := range []string{"lena.fischer@fabrikam.example", "sato@litware.example"} {
			if mails := p.Mails(who); len(mails) == 0 {
				t.Errorf("%s was not told", who)
			}
		}
		held, err := db.Count(ctx, d, `SELECT count(*) FROM users WHERE hold_at IS NOT NULL AND deleted_at IS NOT NULL`)
		if err != nil || held != 1 {
			t.Errorf("%d on legal hold are still there, want 1 (%v)", held, err)
		}
	})
}

// What happens in one organization shows nowhere in another.
func TestTenantsApart(t *testing.T) {
	p := sojourntest.Start(t)
	ctx, op := context.Background(), actor.OperatorActor()
	b := p.SignIn("rik.achterberg@woodgrove.example")
	paths := []string{"/manage/woodgrove.example", "/manage/woodgrove.example/users", "/manage/woodgrove.example/deleted-users", "/manage/woodgrove.example/groups",
		"/manage/woodgrove.example/users/" + p.User("ed.byrne@post.example", "woodgrove.example").ID, "/manage/woodgrove.example/properties"}
	before := map[string]string{}
	for _, path := range paths {
		before[path] = b.Get(path).Is(200).Text()
	}
	// Ed leaves, is invited, disabled and named elsewhere; another organization grows.
	if _, err := p.App.Organizations.Leave(ctx, p.Self("noor.haddad@contoso.example"), p.Tenant("fabrikam.example").ID); err != nil {
		t.Fatal(err)
	}
	fabrikam := p.Tenant("fabrikam.example")
	u, err := p.App.Guests.Add(ctx, op, fabrikam.ID, newGuest("ed.byrne@post.example"))
	if err == nil {
		_, err = p.App.Guests.Accept(ctx, p.Self("ed.byrne@post.example"), u.ID)
	}
	if err == nil {
		err = p.App.Directory.Disable(ctx, op, fabrikam.ID, u.ID)
	}
	if err == nil {
		_, err = p.App.Directory.CreateGroup(ctx, op, fabrikam.ID, "Auditors", "the same name")
	}
	if err == nil {
		err = p.App.Directory.CloseTenant(ctx, op, p.Tenant("relecloud.example").ID)
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		if after := b.Get(path).Is(200).Text(); after != before[path] {
			t.Errorf("%s changed with another organization:\n%s\n%s", path, before[path], after)
		}
	}
}
