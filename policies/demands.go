package policies

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"sojourn/accounts"
	"sojourn/internal/db"
)

// Demand is an organization that requires a second step of a person.
type Demand struct {
	Tenant, Organization string
	Home                 bool // it is theirs
	Trusts               bool // what they have at home is enough
	Administers          bool // they hold a role there: only entering the administration asks, but at home
}

// Demands are all organizations that do, the home first: each by what it says
// itself of who is there now.
func Demands(ctx context.Context, c db.Conn, accountID string) ([]Demand, error) {
	home, err := Of(ctx, c, accountID)
	if err != nil {
		return nil, err
	}
	there, err := placesOf(ctx, c, accountID)
	if err != nil {
		return nil, fmt.Errorf("policies: %w", err)
	}
	var out []Demand
	for _, p := range there {
		policy := Default()
		if err := policy.take(SecondPart.Setting(), p.Second); err != nil {
			return nil, err
		}
		d := Demand{Tenant: p.Tenant, Organization: p.Name, Home: p.Tenant == home.Tenant, Administers: p.Administrator}
		if d.Home && home.Second() || !d.Home && policy.SecondStep.asks(p.Guest, p.Administrator) {
			d.Trusts = d.Home || !policy.SecondStep.Distrusts(p.Guest)
			out = append(out, d)
		}
	}
	slices.SortStableFunc(out, func(a, b Demand) int {
		return cmp.Or(homeFirst(a)-homeFirst(b), cmp.Compare(accounts.Fold(a.Organization), accounts.Fold(b.Organization)), cmp.Compare(a.Tenant, b.Tenant))
	})
	return out, nil
}
