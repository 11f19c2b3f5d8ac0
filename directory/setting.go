package directory

import (
	"cmp"
	"context"
	"time"

	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
)

// Setting is something an organization has said of itself, with who said so.
type Setting struct {
	Name       string
	Value      string
	SetAt      time.Time
	SetBy      string // name of the administrator, where still known
	ByOperator bool
}

// SettingChange is how a setting comes to another value.
type SettingChange struct {
	Name  string // of the setting, and of the act in the audit log
	Right Right
	Proof bool // ask a fresh proof of an administrator
	// Decide says what the setting becomes, in the transaction that keeps it.
	Decide func(ctx context.Context, tx *db.Tx, tenantID string) (Decided, error)
}

// Decided is the new value of a setting and what the audit log says of it. Without a
// value the setting stays as it is, and so does who said it.
type Decided struct {
	Value   string
	Other   string // id of a group it speaks of
	Details audit.Details
}

// ChangeSetting changes a setting of an organization.
func (f *Feature) ChangeSetting(ctx context.Context, who actor.Actor, tenantID string, c SettingChange) error {
	return f.do(ctx, who, c.Right, audit.Entry{Tenant: tenantID, Act: c.Name, Target: tenantID}, func(tx *db.Tx, a act) error {
		if c.Proof {
			if err := a.proved(tx); err != nil {
				return err
			}
		}
		to, err := c.Decide(ctx, tx, a.tenant.ID)
		if err != nil || to.Value == "" {
			return err
		}
		if err := saveSetting(ctx, tx, a.tenant.ID, c.Name, to.Value, cmp.Or(a.who.UserID, string(a.who.Kind))); err != nil {
			return err
		}
		a.entry.Other, a.entry.Details = to.Other, to.Details
		return a.record(ctx, tx)
	})
}
