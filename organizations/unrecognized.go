package organizations

import (
	"context"
	"fmt"
	"time"

	"sojourn/internal/actor"
	"sojourn/internal/fault"
)

// Stranger is what can be said of an organization to who does not recognise it.
type Stranger struct {
	Farewell
	Invitation Invitation // that waits; zero where the person is in the organization
	InvitedAt  time.Time
	Blocked    bool // its invitations are
}

// Unrecognized says who brought somebody into an organization, and when; or who
// wants to.
func (f *Feature) Unrecognized(ctx context.Context, who actor.Actor, tenantID string) (s Stranger, err error) {
	s.Farewell, err = f.Farewell(ctx, who, tenantID)
	switch {
	case fault.Is(err, "not_found"):
		s.Invitation, err = f.waitingFrom(ctx, who, tenantID)
		s.Tenant.ID, s.Tenant.Name, s.Farewell.InvitedBy, s.InvitedAt = s.Invitation.TenantID, s.Invitation.Name, s.Invitation.InvitedBy, s.Invitation.At
	case err == nil && s.User.ID != "":
		s.InvitedAt = s.User.CreatedAt
	}
	if err != nil {
		return Stranger{}, err
	}
	s.Blocked, err = blocked(ctx, f.DB, who.AccountID, s.Tenant.ID)
	return s, err
}

// waitingFrom finds the invitation of an organization.
func (f *Feature) waitingFrom(ctx context.Context, who actor.Actor, tenantID string) (Invitation, error) {
	list, err := invitations(ctx, f.DB, who.AccountID)
	if err != nil {
		return Invitation{}, fmt.Errorf("unrecognized: %w", err)
	}
	for _, i := range list {
		if i.TenantID == tenantID {
			return i, nil
		}
	}
	return Invitation{}, fault.Missing()
}

// Blocked lists the organizations whose invitations a person does not want.
func (f *Feature) Blocked(ctx context.Context, who actor.Actor) ([]Block, error) {
	list, err := blocks(ctx, f.DB, who.AccountID)
	if err != nil {
		return nil, fmt.Errorf("blocked: %w", err)
	}
	return list, nil
}

// Block is an organization whose invitations somebody does not want.
type Block struct {
	TenantID string
	Name     string
	At       time.Time
}
