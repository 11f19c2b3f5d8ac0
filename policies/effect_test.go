package policies_test

import (
	"testing"
	"time"

	"sojourn/accounts"
	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/policies"
	"sojourn/sojourntest"
)

// counted are the effects by their codes.
func (w world) counted(part policies.Part, before, after policies.Policy) map[string]int {
	w.t.Helper()
	list, err := policies.EffectOf(w.ctx, w.App.DB, w.tenant, part, before, after)
	if err != nil {
		w.t.Fatal(err)
	}
	out := map[string]int{}
	for _, e := range list {
		out[e.Code] = e.N
	}
	return out
}

// hers gives somebody an authenticator app.
func (w world) hers(address string) {
	w.t.Helper()
	if err := w.App.SecurityInfo.Issue(w.ctx, actor.OperatorActor(), w.Self(address).AccountID, "App", []byte("twenty octets of seed")[:20]); err != nil {
		w.t.Fatal(err)
	}
}

// The counts are those that counting person by person gives.
func TestEffectOf(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		w := newWorld(t, p)
		w.hers(noor)
		everyone, review := w.everybodyAtHome(), w.group("Watch")
		inReview := w.count(everyone, func(a policies.Asked) bool { return in(a, review) })
		if len(everyone) < 3 || inReview == 0 || inReview == len(everyone) {
			t.Fatalf("%d at home, %d in the group", len(everyone), inReview)
		}
		before, after := policies.Default(), policies.Default()
		is := func(part policies.Part, want map[string]int) {
			t.Helper()
			got := w.counted(part, before, after)
			for code, n := range want {
				if got[code] != n {
					t.Errorf("%s: %s is %d, want %d (%v)", part, code, got[code], n, got)
				}
			}
		}

		after.SecondStep.Members = everybody()
		is(policies.SecondPart, map[string]int{"asked": len(everyone), "unready": len(everyone) - 1, "freed": 0})
		after.SecondStep.Members = policies.Scope{Who: policies.Everybody, Except: review}
		is(policies.SecondPart, map[string]int{"asked": len(everyone) - inReview})
		after.SecondStep = policies.SecondStep{Members: policies.Scope{Who: policies.OneGroup, Group: review}, Administrators: true, Guests: true}
		asked := w.count(everyone, func(a policies.Asked) bool { return in(a, review) || a.Administrator })
		is(policies.SecondPart, map[string]int{"asked": asked, "unready": asked - 1})
		is(policies.SecondPart, map[string]int{"guestsAsked": 0}) // none of them has a role
		there := w
		there.tenant = p.Tenant("tailspin-toys-international-holding.example").ID
		if n := there.counted(policies.SecondPart, before, after)["guestsAsked"]; n != 1 {
			t.Errorf("%d guests administer it, want 1", n)
		}
		before, after = after, before
		is(policies.SecondPart, map[string]int{"asked": 0, "freed": asked})

		before, after = policies.Default(), policies.Default()
		after.Methods = policies.Methods{accounts.Authenticator: {Who: policies.Nobody}}
		is(policies.MethodsPart, map[string]int{"lost": 1, "unready": 0, "gained": 0})
		before.SecondStep.Members, after.SecondStep.Members = everybody(), everybody()
		is(policies.MethodsPart, map[string]int{"lost": 1, "unready": 1})
		before, after = after, before
		is(policies.MethodsPart, map[string]int{"lost": 0, "unready": 0, "gained": len(everyone)})

		before, after = policies.Default(), policies.Default()
		after.Campaign.For = everybody()
		is(policies.CampaignPart, map[string]int{"meant": len(everyone), "bare": len(everyone) - 1, "freed": 0})
		before, after = after, before
		is(policies.CampaignPart, map[string]int{"meant": 0, "bare": 0, "freed": len(everyone) - 1}) // who was asked, not who was meant
		before = policies.Default()

		after = policies.Default()
		after.Reset.For = policies.Scope{Who: policies.OneGroup, Group: review}
		is(policies.ResetPart, map[string]int{"lost": len(everyone) - inReview, "gained": 0, "few": inReview, "fewer": 0}) // she has a second step and needs two
		after = policies.Default()
		is(policies.PasswordsPart, map[string]int{"everybody": len(everyone)})
		is(policies.LockOutPart, map[string]int{"everybody": len(everyone)})

		p.SignIn(ursula)
		is(policies.SessionsPart, map[string]int{"longer": 0})
		after.Sessions.Lasts = time.Hour
		if n := w.counted(policies.SessionsPart, before, after)["longer"]; n == 0 {
			t.Error("no session is longer than an hour")
		}
	})
}

func in(a policies.Asked, group string) bool {
	return policies.Scope{Who: policies.OneGroup, Group: group}.Holds(a.Groups)
}

// everybodyAtHome are all whose home the organization is, one by one.
func (w world) everybodyAtHome() []policies.Asked {
	w.t.Helper()
	list, err := directory.Users(w.ctx, w.App.DB, w.tenant, directory.Filter{}, directory.Cursor{}, 1000)
	if err != nil {
		w.t.Fatal(err)
	}
	var out []policies.Asked
	for _, u := range list {
		asked, err := policies.Of(w.ctx, w.App.DB, u.AccountID)
		if err != nil {
			w.t.Fatal(err)
		}
		if asked.Tenant == w.tenant {
			out = append(out, asked)
		}
	}
	return out
}

func (w world) count(list []policies.Asked, is func(policies.Asked) bool) int {
	n := 0
	for _, a := range list {
		if is(a) {
			n++
		}
	}
	return n
}
