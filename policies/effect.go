package policies

import (
	"context"
	"fmt"
	"slices"

	"sojourn/accounts"
	"sojourn/internal/db"
)

// Of whom an effect is a number.
const (
	People = "people" // at home in the organization
	Guests = "guests"
	Open   = "sessions" // sessions of theirs
)

// Effect is how many a change touches, and how.
type Effect struct {
	Code string // what becomes of them
	N    int
	Of   string
}

// EffectOf counts what a part would change for whom, as things stand this moment.
func EffectOf(ctx context.Context, c db.Conn, tenantID string, part Part, before, after Policy) ([]Effect, error) {
	n := &counter{ctx: ctx, c: c, tenant: tenantID}
	switch part {
	case SecondPart:
		n.second(before, after)
	case MethodsPart:
		n.methods(before, after)
	case CampaignPart:
		n.campaign(before, after)
	case ResetPart:
		n.reset(before, after)
	case PasswordsPart, LockOutPart:
		n.people("everybody", everybody)
	case SessionsPart:
		n.sessions(after.Sessions)
	}
	if n.err != nil {
		return nil, fmt.Errorf("effect of %s: %w", part.Setting(), n.err)
	}
	return n.out, nil
}

// Unpeopled are the ids of the groups that a part would be for and in which nobody is at
// home, so that it would be for nobody: groups of guests, mostly.
func Unpeopled(ctx context.Context, c db.Conn, tenantID string, part Part, before, after Policy) ([]string, error) {
	var out []string
	stood := before.scopes(part)
	for i, s := range after.scopes(part) {
		if s.Who != OneGroup || s == stood[i] || slices.Contains(out, s.Group) {
			continue
		}
		n, err := countPeople(ctx, c, tenantID, memberOf(s.Group))
		if err != nil {
			return nil, fmt.Errorf("effect of %s: %w", part.Setting(), err)
		}
		if n == 0 {
			out = append(out, s.Group)
		}
	}
	return out, nil
}

// stranded counts those of whom a second step is required and to whom no method for it
// is allowed.
func stranded(ctx context.Context, c db.Conn, tenantID string, p Policy) (int, error) {
	if !p.SecondStep.requires() {
		return 0, nil
	}
	for _, t := range secondTypes() {
		if p.Methods.Scope(t).open() {
			return 0, nil
		}
	}
	return countPeople(ctx, c, tenantID, both(required(p.SecondStep), not(mayUse(p.Methods, secondTypes()))))
}

// counter counts until something fails.
type counter struct {
	ctx    context.Context
	c      db.Conn
	tenant string
	out    []Effect
	err    error
}

func (n *counter) add(code, of string, count int, err error) {
	if n.err == nil {
		n.err = err
	}
	n.out = append(n.out, Effect{Code: code, N: count, Of: of})
}

func (n *counter) people(code string, w those) {
	if n.err == nil {
		count, err := countPeople(n.ctx, n.c, n.tenant, w)
		n.add(code, People, count, err)
	}
}

func (n *counter) second(before, after Policy) {
	was, is := required(before.SecondStep), required(after.SecondStep)
	n.people("asked", both(is, not(was)))
	n.people("unready", both(is, not(was), not(hasUsable(after.Methods, secondTypes()))))
	n.people("freed", both(was, not(is)))
	if before.SecondStep.Guests == after.SecondStep.Guests {
		return
	}
	code := "guestsFreed"
	if after.SecondStep.Guests {
		code = "guestsAsked"
	}
	count, err := countGuests(n.ctx, n.c, n.tenant)
	n.add(code, Guests, count, err)
}

func (n *counter) methods(before, after Policy) {
	var lost, gained []those
	for _, t := range Governed {
		was, is := before.Methods.Scope(t), after.Methods.Scope(t)
		if was == is {
			continue
		}
		lost = append(lost, both(in(was), not(in(is)), has(t)))
		gained = append(gained, both(in(is), not(in(was))))
	}
	n.people("lost", either(lost...))
	n.people("unready", both(required(after.SecondStep), hasUsable(before.Methods, secondTypes()), not(hasUsable(after.Methods, secondTypes()))))
	n.people("gained", either(gained...))
}

func (n *counter) campaign(before, after Policy) {
	bare := not(has(accounts.StrongTypes...))
	was := both(in(before.Campaign.For), bare, mayUse(before.Methods, n.offered()))
	is := both(in(after.Campaign.For), bare, mayUse(after.Methods, n.offered()))
	n.people("meant", in(after.Campaign.For))
	n.people("bare", is)
	n.people("freed", both(was, not(is)))
}

// offered are the methods that the campaign can ask for: tokens only of who hands them
// out.
func (n *counter) offered() []accounts.MethodType {
	tokens, err := accounts.HasTokens(n.ctx, n.c, n.tenant)
	if n.err == nil {
		n.err = err
	}
	return slices.DeleteFunc(slices.Clone(accounts.StrongTypes), func(t accounts.MethodType) bool { return t == accounts.HardwareToken && !tokens })
}

func (n *counter) reset(before, after Policy) {
	was, is := in(before.Reset.For), in(after.Reset.For)
	n.people("lost", both(was, not(is)))
	n.people("gained", both(is, not(was)))
	n.people("few", both(is, not(enough(after))))
	n.people("fewer", both(was, enough(before), is, not(enough(after))))
}

func (n *counter) sessions(s Sessions) {
	count, err := countLongSessions(n.ctx, n.c, n.tenant, s)
	n.add("longer", Open, count, err)
}

// required are those of whom a second step is required.
func required(s SecondStep) those {
	if !s.Administrators {
		return in(s.Members)
	}
	return either(in(s.Members), administrators)
}

// mayUse are those to whom one of some methods is allowed.
func mayUse(m Methods, types []accounts.MethodType) those {
	var ways []those
	for _, t := range types {
		ways = append(ways, in(m.Scope(t)))
	}
	return either(ways...)
}

// hasUsable are those who have one of some methods, and may use it.
func hasUsable(m Methods, types []accounts.MethodType) those {
	var open []accounts.MethodType
	var ways []those
	for _, t := range types {
		if s := m.Scope(t); s.open() {
			open = append(open, t)
		} else {
			ways = append(ways, both(in(s), has(t)))
		}
	}
	if len(open) > 0 {
		ways = append(ways, has(open...))
	}
	return either(ways...)
}
