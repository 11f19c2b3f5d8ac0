package app_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sojourn/accounts"
	"sojourn/directory"
	"sojourn/guests"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/dbtest"
	"sojourn/internal/fault"
	"sojourn/sojourntest"
)

// The life of users against a simple model: whatever order people and
// administrators act in, the directory says what the model says.

type phase string

const (
	pending phase = "pending"
	live    phase = "live"
	deleted phase = "deleted"
	gone    phase = "gone"
)

type modelUser struct {
	person  int // whose
	phase   phase
	was     phase // what a restore brings it back to
	enabled bool
	held    bool
	invited time.Time
	purgeAt time.Time
	groups  map[string]bool
	roles   map[directory.Role]bool
}

type life struct {
	t      *rapid.T
	ctx    context.Context
	p      *sojourntest.Portal
	tenant directory.Tenant
	home   directory.Tenant
	admin  actor.Actor
	people []string              // sign-in addresses at home
	selfs  []actor.Actor         // the same, acting on their own account
	users  map[string]*modelUser // by id
	order  []string              // ids of users, the oldest first: draws are by place, so that runs shrink
	groups []string              // ids that exist, the oldest first
	made   int                   // groups ever made
}

var lifeRuns int

func newLife(t *rapid.T, p *sojourntest.Portal) *life {
	lifeRuns++
	l := &life{t: t, ctx: context.Background(), p: p, users: map[string]*modelUser{}}
	op := actor.OperatorActor()
	l.tenant = must(p.App.Directory.CreateTenant(l.ctx, op, directory.NewTenant{Name: fmt.Sprintf("Host %d", lifeRuns), Domain: fmt.Sprintf("host%d.example", lifeRuns), Language: "en"}))
	l.home = must(p.App.Directory.CreateTenant(l.ctx, op, directory.NewTenant{Name: fmt.Sprintf("Home %d", lifeRuns), Domain: fmt.Sprintf("home%d.example", lifeRuns), Language: "nl"}))
	admin, _, err := p.App.Directory.CreateMember(l.ctx, op, l.tenant.ID, directory.NewMember{Name: "Admin", SignInName: "admin", Roles: []directory.Role{directory.GlobalAdministrator}})
	ok(err)
	l.setPassword(admin.AccountID)
	l.admin = actor.Actor{Kind: actor.Administrator, AccountID: admin.AccountID, TenantID: l.tenant.ID, UserID: admin.ID}
	for i := range 3 {
		u, _, err := p.App.Directory.CreateMember(l.ctx, op, l.home.ID, directory.NewMember{Name: fmt.Sprintf("Person %d", i), SignInName: fmt.Sprintf("p%d", i)})
		ok(err)
		l.setPassword(u.AccountID)
		l.people = append(l.people, u.PrincipalName)
		l.selfs = append(l.selfs, actor.Actor{Kind: actor.Person, AccountID: u.AccountID})
	}
	return l
}

func must[T any](v T, err error) T { ok(err); return v }

func ok(err error) {
	if err != nil {
		panic(err)
	}
}

func (l *life) setPassword(accountID string) {
	ok(l.p.App.DB.Tx(l.ctx, func(tx *db.Tx) error {
		_, err := accounts.SetPassword(l.ctx, tx, l.p.App.Directory.IDs, accountID, 0, accounts.Password{Hash: "x"})
		return err
	}))
}

// boss is the administrator with a fresh proof.
func (l *life) boss() actor.Actor {
	a := l.admin
	a.ProvedAt = l.p.App.DB.Now()
	return a
}

// pick draws one of the users the model knows in one of these phases.
func (l *life) pick(in ...phase) (string, *modelUser) {
	var ids []string
	for _, id := range l.order {
		if slices.Contains(in, l.users[id].phase) {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		l.t.Skip("nobody there")
	}
	id := ids[rapid.IntRange(0, len(ids)-1).Draw(l.t, "user")]
	return id, l.users[id]
}

func (l *life) pickGroup() string {
	if len(l.groups) == 0 {
		l.t.Skip("no group")
	}
	return l.groups[rapid.IntRange(0, len(l.groups)-1).Draw(l.t, "group")]
}

// liveOf is the live or pending user of a person, "" if there is none.
func (l *life) liveOf(person int) string {
	for id, u := range l.users {
		if u.person == person && (u.phase == live || u.phase == pending) {
			return id
		}
	}
	return ""
}

// wants compares an outcome with what the model foretold: "" or a reason code.
func (l *life) wants(err error, code string) {
	l.t.Helper()
	if code == "" {
		if err != nil {
			l.t.Fatalf("refused: %v", err)
		}
		return
	}
	if !fault.Is(err, code) {
		l.t.Fatalf("want %q, got %v", code, err)
	}
}

func (l *life) actions() map[string]func(*rapid.T) {
	d, g, o := l.p.App.Directory, l.p.App.Guests, l.p.App.Organizations
	with := func(run func()) func(*rapid.T) {
		return func(t *rapid.T) {
			l.t = t
			run()
		}
	}
	return map[string]func(*rapid.T){
		"invite": with(func() {
			person := rapid.IntRange(0, 2).Draw(l.t, "person")
			if l.liveOf(person) != "" {
				l.t.Skip("is there")
			}
			u, err := g.Add(l.ctx, l.boss(), l.tenant.ID, guests.NewGuest{Address: l.people[person], Name: "Guest", Language: "en", Anew: true})
			l.wants(err, "")
			l.order = append(l.order, u.ID)
			l.users[u.ID] = &modelUser{person: person, phase: pending, enabled: true, invited: l.p.App.DB.Now(), groups: map[string]bool{}, roles: map[directory.Role]bool{}}
		}),
		"accept": with(func() {
			id, u := l.pick(pending)
			if !u.enabled {
				l.t.Skip("disabled")
			}
			_, err := g.Accept(l.ctx, l.selfs[u.person], id)
			if l.p.App.DB.Now().Sub(u.invited) > directory.InvitationLife {
				l.wants(err, "invitation_expired")
				return
			}
			l.wants(err, "")
			u.phase = live
		}),
		"decline": with(func() {
			id, u := l.pick(pending)
			if !u.enabled {
				l.t.Skip("disabled")
			}
			_, err := g.Decline(l.ctx, l.selfs[u.person], id)
			l.wants(err, "")
			if u.held { // nothing of what is held may vanish
				l.softDelete(u)
				return
			}
			u.phase = gone
		}),
		"leave": with(func() {
			_, u := l.pick(live)
			who := l.selfs[u.person]
			_, err := o.Leave(l.ctx, who, l.tenant.ID)
			switch {
			case !u.enabled:
				l.wants(err, "account_disabled")
			case len(u.roles) > 0:
				l.wants(err, "proof_needed")
				who.ProvedAt = l.p.App.DB.Now()
				_, err = o.Leave(l.ctx, who, l.tenant.ID)
				l.wants(err, "")
				l.softDelete(u)
			default:
				l.wants(err, "")
				l.softDelete(u)
			}
		}),
		"delete": with(func() {
			id, u := l.pick(live, pending)
			l.wants(d.Delete(l.ctx, l.boss(), l.tenant.ID, id), "")
			l.softDelete(u)
		}),
		"deleteHomeOrAdmin": with(func() {
			l.wants(d.Delete(l.ctx, l.boss(), l.tenant.ID, l.admin.UserID), "last_administrator")
			l.wants(d.Disable(l.ctx, l.boss(), l.tenant.ID, l.admin.UserID), "last_administrator")
			l.wants(d.Revoke(l.ctx, l.boss(), l.tenant.ID, l.admin.UserID, directory.GlobalAdministrator), "last_administrator")
			_, err := o.Leave(l.ctx, l.selfs[0], l.home.ID)
			l.wants(err, "home_organization")
		}),
		"disable": with(func() {
			id, u := l.pick(live, pending)
			l.wants(d.Disable(l.ctx, l.boss(), l.tenant.ID, id), "")
			u.enabled = false
		}),
		"enable": with(func() {
			id, u := l.pick(live, pending)
			l.wants(d.Enable(l.ctx, l.boss(), l.tenant.ID, id), "")
			u.enabled = true
		}),
		"restore": with(func() {
			id, u := l.pick(deleted)
			twin := l.liveOf(u.person)
			way := rapid.SampledFrom([]directory.Way{directory.Ask, directory.Keep, directory.Replace, directory.Merge}).Draw(l.t, "way")
			_, err := d.Restore(l.ctx, l.boss(), l.tenant.ID, id, way)
			switch {
			case twin == "" && (way == directory.Replace || way == directory.Merge):
				l.wants(err, "no_conflict")
			case twin == "":
				l.wants(err, "")
				u.phase, u.purgeAt = u.was, time.Time{}
			case way == directory.Replace:
				l.wants(err, "")
				l.softDelete(l.users[twin])
				u.phase, u.purgeAt = u.was, time.Time{}
			case way == directory.Merge:
				l.wants(err, "")
				for g := range u.groups {
					l.users[twin].groups[g] = true
				}
			default:
				l.wants(err, "restore_conflict")
			}
		}),
		"restoreLive": with(func() {
			id, _ := l.pick(live, pending)
			_, err := d.Restore(l.ctx, l.boss(), l.tenant.ID, id, directory.Ask)
			l.wants(err, "not_deleted")
		}),
		"restoreGone": with(func() {
			id, _ := l.pick(gone)
			_, err := d.Restore(l.ctx, l.boss(), l.tenant.ID, id, directory.Ask)
			l.wants(err, "not_found")
		}),
		"erase": with(func() {
			id, u := l.pick(deleted)
			l.wants(d.Erase(l.ctx, l.admin, l.tenant.ID, id), "proof_needed")
			err := d.Erase(l.ctx, l.boss(), l.tenant.ID, id)
			if u.held {
				l.wants(err, "legal_hold")
				return
			}
			l.wants(err, "")
			u.phase = gone
		}),
		"hold": with(func() {
			id, u := l.pick(live, deleted)
			l.wants(d.Hold(l.ctx, actor.OperatorActor(), l.tenant.ID, id, "case"), "")
			u.held = true
		}),
		"release": with(func() {
			id, u := l.pick(live, deleted)
			l.wants(d.Release(l.ctx, actor.OperatorActor(), l.tenant.ID, id), "")
			u.held = false
		}),
		"createGroup": with(func() {
			g, err := d.CreateGroup(l.ctx, l.boss(), l.tenant.ID, fmt.Sprintf("Group %d", l.made), "")
			l.wants(err, "")
			l.made++
			l.groups = append(l.groups, g.ID)
		}),
		"deleteGroup": with(func() {
			id := l.pickGroup()
			l.wants(d.DeleteGroup(l.ctx, l.boss(), l.tenant.ID, id), "")
			l.groups = slices.DeleteFunc(l.groups, func(g string) bool { return g == id })
			for _, u := range l.users {
				delete(u.groups, id)
			}
		}),
		"addMember": with(func() {
			id, u := l.pick(live, pending)
			g := l.pickGroup()
			l.wants(d.AddMember(l.ctx, l.boss(), l.tenant.ID, g, id), "")
			u.groups[g] = true
		}),
		"removeMember": with(func() {
			id, u := l.pick(live, pending, deleted)
			g := l.pickGroup()
			l.wants(d.RemoveMember(l.ctx, l.boss(), l.tenant.ID, g, id), "")
			delete(u.groups, g)
		}),
		"grant": with(func() {
			id, u := l.pick(live, pending)
			role := rapid.SampledFrom([]directory.Role{directory.GuestInviter, directory.ReportsReader}).Draw(l.t, "role")
			l.wants(d.Grant(l.ctx, l.boss(), l.tenant.ID, id, role), "")
			u.roles[role] = true
		}),
		"revoke": with(func() {
			id, u := l.pick(live, pending, deleted)
			role := rapid.SampledFrom([]directory.Role{directory.GuestInviter, directory.ReportsReader}).Draw(l.t, "role")
			l.wants(d.Revoke(l.ctx, l.boss(), l.tenant.ID, id, role), "")
			delete(u.roles, role)
		}),
		"expire": with(func() {
			ok(d.ExpireInvitations(l.ctx))
			for _, u := range l.users {
				if u.phase == pending && !u.held && l.p.App.DB.Now().Sub(u.invited) > directory.InvitationLife {
					u.phase = gone
				}
			}
		}),
		"days": with(func() {
			days := rapid.IntRange(1, 20).Draw(l.t, "days")
			l.p.App.DB.SetShift(l.p.App.DB.Shift() + time.Duration(days)*24*time.Hour)
			ok(d.TrustClock(l.ctx, actor.OperatorActor()))
		}),
		"purge": with(func() {
			_, err := d.Purge(l.ctx, nil)
			l.wants(err, "")
			now := l.p.App.DB.Now()
			for _, u := range l.users {
				if u.phase == deleted && !u.held && !u.purgeAt.After(now) {
					u.phase = gone
				}
			}
		}),
		"": func(t *rapid.T) { l.t = t; l.check() },
	}
}

func (l *life) softDelete(u *modelUser) {
	u.was, u.phase = u.phase, deleted
	u.purgeAt = l.p.App.DB.Now().Add(directory.Retention)
}

// check holds the directory against the model after every act.
func (l *life) check() {
	livePeople := map[int]int{}
	for id, m := range l.users {
		u, found, err := directory.AnyUser(l.ctx, l.p.App.DB, l.tenant.ID, id)
		ok(err)
		if m.phase == gone {
			if found {
				l.t.Fatalf("user %s is gone and was found", id)
			}
			if n := must(db.Count(l.ctx, l.p.App.DB, `SELECT count(*) FROM tombstones WHERE user_id = $1`, id)); n != 1 {
				l.t.Fatalf("user %s is gone with %d tombstones", id, n)
			}
			continue
		}
		if !found {
			l.t.Fatalf("user %s (%s) is lost", id, m.phase)
		}
		got := live
		if !u.Live() {
			got = deleted
		} else if u.ExternalState == directory.Pending {
			got = pending
		}
		if got != m.phase || u.Enabled != m.enabled {
			l.t.Fatalf("user %s is %s, enabled %t; want %s, %t", id, got, u.Enabled, m.phase, m.enabled)
		}
		if u.Live() {
			livePeople[m.person]++
		}
		had, err := l.p.App.Directory.HadBy(l.ctx, l.p.App.DB, id)
		ok(err)
		var groups []string
		for _, g := range had.Groups {
			groups = append(groups, g.ID)
		}
		slices.Sort(groups)
		if want := slices.Sorted(maps.Keys(m.groups)); !slices.Equal(groups, want) {
			l.t.Fatalf("user %s (%s) has the groups %v, want %v", id, m.phase, groups, want)
		}
		slices.Sort(had.Roles)
		if want := slices.Sorted(maps.Keys(m.roles)); !slices.Equal(had.Roles, want) {
			l.t.Fatalf("user %s (%s) has the roles %v, want %v", id, m.phase, had.Roles, want)
		}
	}
	for person, n := range livePeople {
		if n > 1 {
			l.t.Fatalf("person %d has %d live users", person, n)
		}
	}
}

func TestLife(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p := sojourntest.Empty(t, d)
		rapid.Check(t, func(rt *rapid.T) {
			l := newLife(rt, p)
			rt.Repeat(l.actions())
		})
	})
}
