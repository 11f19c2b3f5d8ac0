package organizations

import (
	"context"
	"fmt"
	"slices"

	"sojourn/internal/actor"
	"sojourn/internal/fault"
	"sojourn/internal/id"
)

// Several is what somebody sees before leaving several organizations at once.
type Several struct {
	Leaving    []Farewell
	Refused    []Farewell // stay, each with its reason
	NeedsProof bool
}

// Several says what leaving these organizations would mean, one by one. Those the
// person is not in are left out.
func (f *Feature) Several(ctx context.Context, who actor.Actor, tenantIDs []string) (s Several, err error) {
	chosen, err := choice(tenantIDs)
	if err != nil {
		return Several{}, err
	}
	for _, tenantID := range chosen {
		p, found, err := f.load(ctx, f.DB, who.AccountID, tenantID)
		if err != nil {
			return Several{}, fmt.Errorf("leave several: %w", err)
		}
		if !found {
			continue
		}
		w, err := f.farewell(ctx, who, p, len(chosen))
		if err != nil {
			return Several{}, fmt.Errorf("leave several: %w", err)
		}
		if w.Refused != "" {
			s.Refused = append(s.Refused, w)
			continue
		}
		s.Leaving = append(s.Leaving, w)
		s.NeedsProof = s.NeedsProof || w.NeedsProof
	}
	if len(s.Leaving)+len(s.Refused) == 0 {
		return Several{}, fault.Missing()
	}
	return s, nil
}

// LeaveSeveral leaves organizations one by one, each in its own transaction: what
// one refuses does not hold up the rest. A missing proof ends it before anything
// was done.
func (f *Feature) LeaveSeveral(ctx context.Context, who actor.Actor, tenantIDs []string) error {
	chosen, err := choice(tenantIDs)
	if err != nil {
		return err
	}
	if len(chosen) > 1 && !who.Proved(f.DB.Now()) {
		return fault.New(fault.Proof, "proof_needed", "ui.error.proof.title")
	}
	for _, tenantID := range chosen {
		_, err := f.leaveOne(ctx, who, tenantID, len(chosen))
		if why, ok := fault.Of(err); err != nil && (!ok || why.Kind == fault.Proof || why.Kind == fault.Unavailable) {
			return err
		}
	}
	return nil
}

// choice is what was ticked, each once.
func choice(tenantIDs []string) ([]string, error) {
	var chosen []string
	for _, tenantID := range tenantIDs {
		if id.Valid(tenantID) && !slices.Contains(chosen, tenantID) {
			chosen = append(chosen, tenantID)
		}
	}
	switch {
	case len(chosen) == 0:
		return nil, fault.New(fault.Invalid, "nothing_chosen", "organizations.several.none")
	case len(chosen) > most:
		return nil, fault.New(fault.Invalid, "too_many", "organizations.several.most", "most", most)
	}
	return chosen, nil
}

// Outcome is what became of one organization that was to be left.
type Outcome struct {
	Organization string
	TenantID     string
	Receipt      Receipt // of who left
	Refused      string  // reason code, of who stays
}

// Left says what became of organizations that were to be left. It reads how
// things stand, so that it is true whenever it is looked at.
func (f *Feature) Left(ctx context.Context, who actor.Actor, tenantIDs []string) ([]Outcome, error) {
	chosen, err := choice(tenantIDs)
	if err != nil {
		return nil, err
	}
	var out []Outcome
	for _, tenantID := range chosen {
		o, found, err := f.outcome(ctx, who.AccountID, tenantID)
		if err != nil {
			return nil, fmt.Errorf("left: %w", err)
		}
		if found {
			out = append(out, o)
		}
	}
	if len(out) == 0 {
		return nil, fault.Missing()
	}
	return out, nil
}

func (f *Feature) outcome(ctx context.Context, accountID, tenantID string) (Outcome, bool, error) {
	p, there, err := f.load(ctx, f.DB, accountID, tenantID)
	if err != nil {
		return Outcome{}, false, err
	}
	if there {
		o := Outcome{Organization: p.tenant.Name, TenantID: tenantID, Refused: notLeft}
		if why, ok := fault.Of(leave(p.decided)); ok {
			o.Refused = why.Code
		}
		return o, true, nil
	}
	stored, found, err := lastReceipt(ctx, f.DB, accountID, tenantID)
	if err != nil || !found {
		return Outcome{}, false, err
	}
	r, err := read(stored)
	return Outcome{Organization: r.Organization, TenantID: tenantID, Receipt: r}, true, err
}
