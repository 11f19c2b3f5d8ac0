package policies_test

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sojourn/accounts"
	"sojourn/directory"
	"sojourn/guests"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/fault"
	"sojourn/policies"
	"sojourn/sojourntest"
)

// groupActs are everything that changes a group, on one that noor is in and ursula is not.
func (w world) groupActs(g string) map[string]func(who actor.Actor) error {
	d, in, out := w.App.Directory, w.User(noor, home).ID, w.User(ursula, home).ID
	return map[string]func(actor.Actor) error{
		"group.add":    func(who actor.Actor) error { return d.AddMember(w.ctx, who, w.tenant, g, out) },
		"group.remove": func(who actor.Actor) error { return d.RemoveMember(w.ctx, who, w.tenant, g, in) },
		"group.rename": func(who actor.Actor) error { return d.RenameGroup(w.ctx, who, w.tenant, g, "Nobody of note", "") },
		"user.create": func(who actor.Actor) error {
			_, _, err := d.CreateMember(w.ctx, who, w.tenant, directory.NewMember{Name: "New Comer", SignInName: "new.comer", Mail: "new@comer.example", Language: "en", Groups: []string{g}})
			return err
		},
		"guest.add": func(who actor.Actor) error {
			_, err := w.App.Guests.Add(w.ctx, who, w.tenant, guests.NewGuest{Address: "guest@elsewhere.example", Language: "en", Groups: []string{g}})
			return err
		},
	}
}

// Whoever may not change a policy does not change it by way of the group it speaks of,
// whichever policy that is, and whichever way they come.
func TestUses_rights(t *testing.T) {
	one := func(g string) policies.Scope { return policies.Scope{Who: policies.OneGroup, Group: g} }
	but := func(g string) policies.Scope { return policies.Scope{Who: policies.Everybody, Except: g} }
	for name, x := range map[string]struct {
		set   func(w world, g string) error
		proof bool
	}{
		"a second step but for the group": {func(w world, g string) error {
			return w.App.Policies.SetSecondStep(w.ctx, w.sam(true), w.tenant, w.mark(policies.SecondPart), policies.SecondStep{Members: but(g)})
		}, true},
		"a method of the group": {func(w world, g string) error {
			return w.App.Policies.SetMethods(w.ctx, w.sam(true), w.tenant, w.mark(policies.MethodsPart), policies.Methods{accounts.AccessPass: one(g)})
		}, true},
		"getting back in": {func(w world, g string) error {
			r := w.policy().Reset
			r.For = one(g)
			return w.App.Policies.SetReset(w.ctx, w.sam(true), w.tenant, w.mark(policies.ResetPart), r)
		}, true},
		"the campaign": {func(w world, g string) error {
			c := w.policy().Campaign
			c.For = one(g)
			return w.App.Policies.SetCampaign(w.ctx, w.sam(true), w.tenant, w.mark(policies.CampaignPart), c)
		}, false},
		"the portal turned on": {func(w world, g string) error {
			return w.App.Directory.SetExperience(w.ctx, w.sam(true), w.tenant, directory.Experience(g))
		}, false},
	} {
		t.Run(name, func(t *testing.T) {
			sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
				w := newWorld(t, p)
				g, lower := w.group("Watch"), w.Administrator(ursula, home)
				lower.ProvedAt = p.App.DB.Now()
				if err := x.set(w, g); err != nil {
					t.Fatal(err)
				}
				before, acts := w.members(g), w.groupActs(g)
				for act, do := range acts {
					refused := w.rows(act, "refused")
					if err := do(lower); !fault.Is(err, "group_used_elsewhere") {
						t.Errorf("%s by a User Administrator: %v", act, err)
					}
					if n := w.rows(act, "refused"); n != refused+1 {
						t.Errorf("%s: %d refusals in the log, want one more than %d", act, n, refused)
					}
					if !x.proof {
						continue
					}
					if err := do(w.sam(false)); !fault.Is(err, "proof_needed") {
						t.Errorf("%s with an old proof: %v", act, err)
					}
				}
				if n := w.members(g); n != before {
					t.Errorf("%d members, want %d", n, before)
				}
				if !x.proof {
					if err := acts["group.add"](w.sam(false)); err != nil || w.members(g) != before+1 {
						t.Errorf("by who may change the policy, with an old proof: %v, %d members", err, w.members(g))
					}
				}
				if err := p.App.Directory.DeleteGroup(w.ctx, w.sam(true), w.tenant, g); !fault.Is(err, "group_used") {
					t.Errorf("deleting it: %v", err)
				}
				if err := p.App.Directory.DeleteGroup(w.ctx, actor.OperatorActor(), w.tenant, g); !fault.Is(err, "group_used") {
					t.Errorf("deleting it, by the operator: %v", err)
				}
				spare, hers := w.group("Spare"), p.User(noor, home).ID // of which nothing was said
				err := p.App.Directory.AddMember(w.ctx, lower, w.tenant, spare, hers)
				if err == nil {
					err = p.App.Directory.RemoveMember(w.ctx, lower, w.tenant, spare, hers)
				}
				if err == nil {
					err = p.App.Directory.DeleteGroup(w.ctx, lower, w.tenant, spare)
				}
				if err != nil {
					t.Errorf("another group: %v", err)
				}
			})
		})
	}
}

func (w world) members(g string) int {
	w.t.Helper()
	n, err := db.Count(w.ctx, w.App.DB, `SELECT count(*) FROM members WHERE group_id = $1`, g)
	if err != nil {
		w.t.Fatal(err)
	}
	return n
}

// Whoever may change the policy changes the group with a fresh proof, and it counts at
// once for who comes into it or goes out.
func TestUses_atOnce(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		w := newWorld(t, p)
		g, d := w.group("Watch"), p.App.Directory
		err := p.App.Policies.SetSecondStep(w.ctx, w.sam(true), w.tenant, w.mark(policies.SecondPart), policies.SecondStep{Members: policies.Scope{Who: policies.Everybody, Except: g}})
		if err != nil {
			t.Fatal(err)
		}
		asked := func(want bool) {
			t.Helper()
			a, err := policies.Of(w.ctx, p.App.DB, p.Self(noor).AccountID)
			if err != nil || a.Second() != want {
				t.Errorf("a second step of her: %t, want %t (%v)", a.Second(), want, err)
			}
		}
		hers := p.User(noor, home).ID
		asked(false)
		if err := d.RemoveMember(w.ctx, w.sam(true), w.tenant, g, hers); err != nil {
			t.Fatal(err)
		}
		asked(true)
		if err := d.AddMember(w.ctx, w.sam(true), w.tenant, g, hers); err != nil {
			t.Fatal(err)
		}
		asked(false)
		if err := d.RemoveMember(w.ctx, actor.OperatorActor(), w.tenant, g, hers); err != nil {
			t.Fatal(err)
		}
		asked(true)
		if err := d.Delete(w.ctx, w.sam(true), w.tenant, hers); err != nil { // deleted and brought back she stays out
			t.Fatal(err)
		}
		if _, err := d.Restore(w.ctx, w.Administrator(ursula, home), w.tenant, hers, directory.Ask); err != nil {
			t.Fatal(err)
		}
		asked(true)
		stands := w.policy().SecondStep
		stands.Members = policies.Scope{Who: policies.Nobody, Except: g}
		if err := p.App.Policies.SetSecondStep(w.ctx, w.sam(true), w.tenant, w.mark(policies.SecondPart), stands); err != nil {
			t.Fatal(err)
		}
		lower := w.Administrator(ursula, home)
		if err := d.AddMember(w.ctx, lower, w.tenant, g, hers); err != nil {
			t.Errorf("nothing speaks of the group any more: %v", err)
		}
		if err := d.DeleteGroup(w.ctx, lower, w.tenant, g); err != nil {
			t.Errorf("… nor when it is deleted: %v", err)
		}
	})
}

// A policy never comes to speak of a group that is deleted at the same moment.
func TestUses_concurrent(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		w := newWorld(t, p)
		for round := range 8 {
			g, err := p.App.Directory.CreateGroup(w.ctx, actor.OperatorActor(), w.tenant, "Round "+string(rune('a'+round)), "")
			if err != nil {
				t.Fatal(err)
			}
			mark := w.mark(policies.CampaignPart)
			c := w.policy().Campaign
			c.For = policies.Scope{Who: policies.OneGroup, Group: g.ID}
			var all sync.WaitGroup
			var set, gone error
			ctx, cancel := context.WithTimeout(w.ctx, 30*time.Second)
			who := w.sam(true)
			all.Go(func() { set = p.App.Policies.SetCampaign(ctx, who, w.tenant, mark, c) })
			all.Go(func() { gone = p.App.Directory.DeleteGroup(ctx, who, w.tenant, g.ID) })
			all.Wait()
			cancel()
			if (set == nil) == (gone == nil) || set != nil && !fault.Is(set, "group_missing") || gone != nil && !fault.Is(gone, "group_used") {
				t.Fatalf("round %d: the policy %v, deleting %v", round, set, gone)
			}
		}
	})
}

// Nobody slips into a group while a policy begins to speak of it: whoever was put in
// was before, and nobody is once it does.
func TestUses_concurrentMembers(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		w := newWorld(t, p)
		lower := w.Administrator(ursula, home)
		people, err := db.All(w.ctx, p.App.DB, db.Text,
			`SELECT u.id FROM live_users u WHERE u.tenant_id = $1 AND NOT EXISTS (SELECT 1 FROM roles r WHERE r.user_id = u.id) ORDER BY u.id LIMIT 12`, w.tenant)
		if err != nil || len(people) < 4 {
			t.Fatal(len(people), err)
		}
		for round := range 6 {
			g, err := p.App.Directory.CreateGroup(w.ctx, actor.OperatorActor(), w.tenant, "Round "+string(rune('a'+round)), "")
			if err != nil {
				t.Fatal(err)
			}
			mark := w.mark(policies.CampaignPart)
			c := w.policy().Campaign
			c.For = policies.Scope{Who: policies.OneGroup, Group: g.ID}
			ctx, cancel := context.WithTimeout(w.ctx, 30*time.Second)
			var all sync.WaitGroup
			var spoken atomic.Bool
			var in atomic.Int32
			who := w.sam(true)
			all.Go(func() {
				if err := p.App.Policies.SetCampaign(ctx, who, w.tenant, mark, c); err != nil {
					t.Error(err)
				}
				spoken.Store(true)
			})
			for some := range slices.Chunk(people, (len(people)+2)/3) {
				all.Go(func() {
					for _, u := range some {
						late := spoken.Load()
						err := p.App.Directory.AddMember(ctx, lower, w.tenant, g.ID, u)
						switch {
						case err == nil && late:
							t.Errorf("round %d: somebody was put in after the policy spoke of the group", round)
						case err == nil:
							in.Add(1)
						case !fault.Is(err, "group_used_elsewhere"):
							t.Errorf("round %d: %v", round, err)
						}
					}
				})
			}
			all.Wait()
			cancel()
			if n := w.members(g.ID); n != int(in.Load()) {
				t.Errorf("round %d: %d are in it, %d were put in", round, n, in.Load())
			}
			if err := p.App.Directory.AddMember(w.ctx, lower, w.tenant, g.ID, people[len(people)-1]); int(in.Load()) < len(people) && !fault.Is(err, "group_used_elsewhere") {
				t.Errorf("round %d: afterwards %v", round, err)
			}
		}
	})
}
