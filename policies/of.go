package policies

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"sojourn/internal/db"
)

// Of reads what an account is asked. An account that there is not is asked what
// everybody is.
func Of(ctx context.Context, c db.Conn, accountID string) (Asked, error) {
	a := Asked{Policy: Default()}
	var err error
	if a.Elsewhere, err = administersElsewhere(ctx, c, accountID); err != nil {
		return Asked{}, fmt.Errorf("policies: %w", err)
	}
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
	kept, err := keptOf(ctx, c, tenantID)
	if err != nil {
		return Policy{}, fmt.Errorf("policies: %w", err)
	}
	p := Default()
	for _, one := range kept {
		if err := p.take(one.Name, one.Value); err != nil {
			return Policy{}, err
		}
	}
	return p, nil
}

// take puts a part as it is kept in its place; what is none is passed over.
func (p *Policy) take(setting, value string) error {
	name, _ := strings.CutPrefix(setting, settingPrefix)
	part := p.place(Part(name))
	if part == nil {
		return nil
	}
	if err := json.Unmarshal([]byte(value), part); err != nil {
		return fmt.Errorf("policies: %s: %w", setting, err)
	}
	return nil
}
