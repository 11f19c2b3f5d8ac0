package guests

import (
	"context"
	"fmt"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
)

// LeaveSetting reads External user leave settings for its page. Yes is the
// default and needs no contact.
func (f *Feature) LeaveSetting(ctx context.Context, who actor.Actor, tenantID string) (LeaveSetting, error) {
	if err := directory.MayRead(who, tenantID, directory.ManageProperties); err != nil {
		return LeaveSetting{}, err
	}
	s, found, err := leaveSetting(ctx, f.DB, tenantID)
	if err != nil {
		return LeaveSetting{}, fmt.Errorf("leave setting: %w", err)
	}
	if !found {
		return LeaveSetting{Allowed: true}, nil
	}
	return LeaveSetting{Allowed: s.value == yes, SetAt: s.at, SetBy: s.name, ByOperator: s.by == string(actor.Operator)}, nil
}

const (
	yes = "yes"
	no  = "no"
)

// SetLeave decides whether guests may leave the organization by themselves.
// Saying what stands already changes nothing, nor who said it.
func (f *Feature) SetLeave(ctx context.Context, who actor.Actor, tenantID string, allowed bool) error {
	value := no
	if allowed {
		value = yes
	}
	entry := audit.Entry{Tenant: tenantID, Act: "setting.external_user_leave", Other: value}
	err := f.DB.Tx(ctx, func(tx *db.Tx) error {
		t, err := directory.Admit(ctx, tx, who, tenantID, directory.ManageProperties)
		if err != nil {
			return err
		}
		entry.Tenant, entry.Target = t.ID, t.ID
		now, found, err := leaveSetting(ctx, tx, t.ID)
		if err != nil || found && now.value == value {
			return err
		}
		by := who.UserID
		if by == "" {
			by = string(who.Kind)
		}
		if err := saveLeaveSetting(ctx, tx, t.ID, value, by); err != nil {
			return err
		}
		return audit.Record(ctx, tx, who, entry)
	})
	if err != nil {
		return audit.Refused(ctx, f.DB, who, entry, fmt.Errorf("set external user leave: %w", err))
	}
	return nil
}
