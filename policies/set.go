package policies

import (
	"context"
	"slices"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/fault"
)

// Each part has its verb. seen is the mark of the value that the change was made
// from: where another one stands meanwhile, nothing is changed.

// SetSecondStep says of whom a second step is required.
func (f *Feature) SetSecondStep(ctx context.Context, who actor.Actor, tenantID, seen string, s SecondStep) error {
	return f.Set(ctx, who, tenantID, SecondPart, seen, func(p *Policy) { p.SecondStep = s })
}

// SetMethods says who may use which method.
func (f *Feature) SetMethods(ctx context.Context, who actor.Actor, tenantID, seen string, m Methods) error {
	return f.Set(ctx, who, tenantID, MethodsPart, seen, func(p *Policy) { p.Methods = m })
}

// SetCampaign says who is asked to add an app or a passkey.
func (f *Feature) SetCampaign(ctx context.Context, who actor.Actor, tenantID, seen string, c Campaign) error {
	return f.Set(ctx, who, tenantID, CampaignPart, seen, func(p *Policy) { p.Campaign = c })
}

// SetReset says how people get back in.
func (f *Feature) SetReset(ctx context.Context, who actor.Actor, tenantID, seen string, r Reset) error {
	return f.Set(ctx, who, tenantID, ResetPart, seen, func(p *Policy) { p.Reset = r })
}

// SetPasswords says of which words no password may be made.
func (f *Feature) SetPasswords(ctx context.Context, who actor.Actor, tenantID, seen string, w Passwords) error {
	return f.Set(ctx, who, tenantID, PasswordsPart, seen, func(p *Policy) { p.Passwords = w })
}

// SetLockOut says how soon wrong passwords have to wait.
func (f *Feature) SetLockOut(ctx context.Context, who actor.Actor, tenantID, seen string, l LockOut) error {
	return f.Set(ctx, who, tenantID, LockOutPart, seen, func(p *Policy) { p.LockOut = l })
}

// SetSessions says how long people stay signed in.
func (f *Feature) SetSessions(ctx context.Context, who actor.Actor, tenantID, seen string, s Sessions) error {
	return f.Set(ctx, who, tenantID, SessionsPart, seen, func(p *Policy) { p.Sessions = s })
}

// Set changes one part; change puts another value in its place. Saying what stands
// already changes nothing, nor who said it.
func (f *Feature) Set(ctx context.Context, who actor.Actor, tenantID string, part Part, seen string, change func(*Policy)) error {
	return f.Directory.ChangeSetting(ctx, who, tenantID, directory.SettingChange{
		Name: part.Setting(), Right: directory.ManagePolicies, Proof: part.NeedsProof(),
		Decide: func(ctx context.Context, tx *db.Tx, tenantID string) (directory.Decided, error) {
			before, err := In(ctx, tx, tenantID)
			if err != nil {
				return directory.Decided{}, err
			}
			after := before
			change(&after)
			if after.Mark(part) == before.Mark(part) {
				return directory.Decided{}, nil
			}
			if seen != before.Mark(part) {
				return directory.Decided{}, Changed()
			}
			if err := Acceptable(ctx, tx, tenantID, part, before, after); err != nil {
				return directory.Decided{}, err
			}
			if part == SessionsPart {
				if err := f.Sessions.Shorten(ctx, tx, tenantID, after.Sessions); err != nil {
					return directory.Decided{}, err
				}
			}
			return directory.Decided{Value: after.text(part), Other: newGroup(before, after, part), Details: changed(before, after, part)}, nil
		},
	})
}

// Changed is the refusal of a change that was made from a value which no longer
// stands.
func Changed() error { return fault.New(fault.Conflict, "changed_meanwhile", "policies.newer.title") }

// newGroup is the group that a change brings in, or "".
func newGroup(before, after Policy, part Part) string {
	known := before.GroupsOf(part)
	for _, g := range after.GroupsOf(part) {
		if !slices.Contains(known, g) {
			return g
		}
	}
	return ""
}

// Acceptable says what is wrong with a part that is to replace another: a number out of
// bounds, a group that is not the organization's, or somebody who could not get in.
func Acceptable(ctx context.Context, c db.Conn, tenantID string, part Part, before, after Policy) error {
	if err := after.acceptable(part); err != nil {
		return err
	}
	if err := groupsThere(ctx, c, tenantID, part, before, after); err != nil {
		return err
	}
	if part != SecondPart && part != MethodsPart {
		return nil
	}
	n, err := stranded(ctx, c, tenantID, after)
	if err != nil || n == 0 {
		return err
	}
	return fault.New(fault.Invalid, "locks_out", "policies.refused.title").Field("who", "policies.refused.lockedOut", "n", n)
}

// groupsThere: a group that a part newly speaks of is one of the organization's.
func groupsThere(ctx context.Context, c db.Conn, tenantID string, part Part, before, after Policy) error {
	known := before.GroupsOf(part)
	f := fault.New(fault.Invalid, "group_missing", "policies.refused.title")
	for _, s := range after.scopes(part) {
		s = s.tidied()
		for _, g := range []struct{ field, id string }{{"group", s.Group}, {"except", s.Except}} {
			if g.id == "" || slices.Contains(known, g.id) {
				continue
			}
			if _, found, err := directory.GroupBy(ctx, c, tenantID, g.id); err != nil {
				return err
			} else if !found {
				f.Field(g.field, "policies.scope.group.missing")
			}
		}
	}
	return f.ErrOrNil()
}
