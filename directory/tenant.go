package directory

import (
	"context"
	"time"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
)

// CloseTenant closes an organization at once: its members can no longer sign in,
// its guests can still read and leave it. Only the operator's.
func (f *Feature) CloseTenant(ctx context.Context, who actor.Actor, tenantID string) error {
	return f.setState(ctx, who, tenantID, TenantClosed, "tenant.close")
}

// ReopenTenant opens a closed organization again. Ended sessions stay ended.
func (f *Feature) ReopenTenant(ctx context.Context, who actor.Actor, tenantID string) error {
	return f.setState(ctx, who, tenantID, TenantActive, "tenant.reopen")
}

func (f *Feature) setState(ctx context.Context, who actor.Actor, tenantID string, state TenantState, name string) error {
	return f.do(ctx, who, ManageProperties, audit.Entry{Tenant: tenantID, Act: name, Target: tenantID}, func(tx *db.Tx, a act) error {
		if !a.operator() {
			return needs(nil, ManageProperties)
		}
		if a.tenant.State == state {
			return nil
		}
		if err := changeState(ctx, tx, a.tenant, state); err != nil {
			return err
		}
		if state == TenantClosed {
			if err := f.endMembers(ctx, tx, a.tenant.ID); err != nil {
				return err
			}
		}
		return a.record(ctx, tx)
	})
}

// changeState closes or opens at once; closing does not take back that everything
// is deleted on the day that was announced.
func changeState(ctx context.Context, tx *db.Tx, t Tenant, state TenantState) error {
	if state == TenantClosed && !t.PurgeAt.IsZero() {
		return shut(ctx, tx, t.ID)
	}
	return setTenantState(ctx, tx, t.ID, state, time.Time{}, nil)
}

func (f *Feature) endMembers(ctx context.Context, tx *db.Tx, tenantID string) error {
	if err := endTenantSessions(ctx, tx, tenantID); err != nil {
		return err
	}
	members, err := membersOfTenant(ctx, tx, tenantID)
	if err != nil {
		return err
	}
	for _, accountID := range members {
		if err := f.Sessions.EndAll(ctx, tx, accountID, "", "tenant_closed"); err != nil {
			return err
		}
		if err := f.tellUnadministered(ctx, tx, accountID, tenantID); err != nil {
			return err
		}
	}
	return nil
}

// Properties are what an organization says of itself.
type Properties struct {
	Name             string
	PrivacyStatement string
	PrivacyContact   string
	TechnicalContact string
}

// SetProperties changes the name and the contacts of an organization.
func (f *Feature) SetProperties(ctx context.Context, who actor.Actor, tenantID string, p Properties) error {
	return f.do(ctx, who, ManageProperties, audit.Entry{Tenant: tenantID, Act: "tenant.properties", Target: tenantID}, func(tx *db.Tx, a act) error {
		t := a.tenant
		var nameErr, statementErr, privacyErr, technicalErr error
		t.Name, nameErr = tenantName(p.Name)
		t.PrivacyStatement, statementErr = statement(p.PrivacyStatement)
		t.PrivacyContact, privacyErr = contact(p.PrivacyContact)
		t.TechnicalContact, technicalErr = contact(p.TechnicalContact)
		if err := gather("name", nameErr, "statement", statementErr, "privacy", privacyErr, "technical", technicalErr); err != nil {
			return err
		}
		free, err := setProperties(ctx, tx, t)
		if err != nil {
			return err
		}
		if !free {
			return fault.New(fault.Conflict, "name_taken", "directory.tenant.name.taken").Field("name", "directory.tenant.name.taken")
		}
		a.entry.Details = changes("name", a.tenant.Name, t.Name, "statement", a.tenant.PrivacyStatement, t.PrivacyStatement,
			"privacy", a.tenant.PrivacyContact, t.PrivacyContact, "technical", a.tenant.TechnicalContact, t.TechnicalContact)
		return a.record(ctx, tx)
	})
}

// contact is a mail address or nothing.
func contact(typed string) (string, error) {
	if accounts.Fold(typed) == "" {
		return "", nil
	}
	return accounts.Address(typed)
}
