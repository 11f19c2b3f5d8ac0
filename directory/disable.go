package directory

import (
	"context"

	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
)

// Disable keeps a user out of the tenant, and out of everywhere if the tenant is
// their home. What they have open ends at once.
func (f *Feature) Disable(ctx context.Context, who actor.Actor, tenantID, userID string) error {
	return f.enable(ctx, who, tenantID, userID, false)
}

// Enable lets a disabled user in again. Ended sessions stay ended.
func (f *Feature) Enable(ctx context.Context, who actor.Actor, tenantID, userID string) error {
	return f.enable(ctx, who, tenantID, userID, true)
}

func (f *Feature) enable(ctx context.Context, who actor.Actor, tenantID, userID string, enabled bool) error {
	entry := audit.Entry{Tenant: tenantID, Act: "user.disable", Target: userID}
	if enabled {
		entry.Act = "user.enable"
	}
	return f.do(ctx, who, ManageUsers, entry, func(tx *db.Tx, a act) error {
		u, err := a.liveUser(ctx, tx, userID)
		if err != nil {
			return err
		}
		if err := a.on(ctx, tx, u); err != nil {
			return err
		}
		if u.Enabled == enabled {
			return nil
		}
		if !enabled {
			if err := a.spare(ctx, tx, u); err != nil {
				return err
			}
		}
		if err := setEnabled(ctx, tx, u.ID, enabled); err != nil {
			return err
		}
		if !enabled {
			if err := f.cutOff(ctx, tx, u, "disabled"); err != nil {
				return err
			}
		}
		return a.record(ctx, tx)
	})
}

// cutOff ends what a user has open: everything where the tenant is the home of
// the account, else what is open in the tenant.
func (f *Feature) cutOff(ctx context.Context, tx *db.Tx, u User, reason string) error {
	if u.AccountID == "" {
		return nil
	}
	if err := f.Sessions.EndInTenant(ctx, tx, u.AccountID, u.TenantID); err != nil {
		return err
	}
	home, err := OwnsAccount(ctx, tx, u)
	if err != nil || !home {
		return err
	}
	if err := f.Sessions.EndAll(ctx, tx, u.AccountID, "", reason); err != nil {
		return err
	}
	return f.tellUnadministered(ctx, tx, u.AccountID, u.TenantID)
}

// tellUnadministered leaves the operator a row for every other tenant whose last
// effective Global Administrator has just been cut off at home, or has lost the
// name to sign in by. That is not this tenant's to refuse.
func (f *Feature) tellUnadministered(ctx context.Context, tx *db.Tx, accountID, exceptTenant string) error {
	tenants, err := administeredBy(ctx, tx, accountID, exceptTenant)
	if err != nil {
		return err
	}
	for _, t := range tenants {
		_, left, err := effectiveAdministrators(ctx, tx, t, "")
		if err != nil {
			return err
		}
		if left > 0 {
			continue
		}
		if err := audit.Record(ctx, tx, actor.SystemActor(), audit.Entry{Tenant: t, Act: "tenant.unadministered", Target: t}); err != nil {
			return err
		}
	}
	return nil
}
