package policies

import (
	"context"
	"encoding/json"
	"fmt"

	"sojourn/internal/db"
)

// Of reads what an account is asked. An account that there is not is asked what
// everybody is.
func Of(ctx context.Context, c db.Conn, accountID string) (Asked, error) {
	a := Asked{Policy: Default()}
	h, found, err := homeOf(ctx, c, accountID)
	if err != nil {
		return Asked{}, fmt.Errorf("policies: %w", err)
	}
	if !found {
		return a, nil
	}
	a.Tenant, a.Organization, a.Administrator = h.Tenant, h.Name, h.Administrator
	if a.Groups, err = groupsOf(ctx, c, h.User); err != nil {
		return Asked{}, fmt.Errorf("policies: %w", err)
	}
	if a.Policy, err = In(ctx, c, h.Tenant); err != nil {
		return Asked{}, err
	}
	return a, nil
}

// In reads the policy of an organization.
func In(ctx context.Context, c db.Conn, tenantID string) (Policy, error) {
	p := Default()
	kept, err := keptOf(ctx, c, tenantID)
	if err != nil {
		return Policy{}, fmt.Errorf("policies: %w", err)
	}
	for _, one := range kept {
		part := p.part(one.Name)
		if part == nil {
			continue
		}
		if err := json.Unmarshal([]byte(one.Value), part); err != nil {
			return Policy{}, fmt.Errorf("policies: %s: %w", one.Name, err)
		}
	}
	return p, nil
}

// The names under which the parts are kept among an organization's settings.
const (
	secondName    = "policy.second"
	methodsName   = "policy.methods"
	campaignName  = "policy.campaign"
	resetName     = "policy.reset"
	passwordsName = "policy.passwords"
	lockOutName   = "policy.lockout"
	sessionsName  = "policy.sessions"
)

// part is where a part of the policy is, nil for a name that is none.
func (p *Policy) part(name string) any {
	switch name {
	case secondName:
		return &p.SecondStep
	case methodsName:
		return &p.Methods
	case campaignName:
		return &p.Campaign
	case resetName:
		return &p.Reset
	case passwordsName:
		return &p.Passwords
	case lockOutName:
		return &p.LockOut
	case sessionsName:
		return &p.Sessions
	}
	return nil
}
