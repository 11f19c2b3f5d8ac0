package directory

import (
	"context"
	"fmt"
	"time"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
)

// ClosingDays is how long an organization whose closing was announced stands
// still before everything in it is deleted for good.
const ClosingDays = RetentionDays

// AnnounceClosing closes an organization for good: from now on it stands still,
// everybody in it is told, and after ClosingDays all of it is deleted. Until then
// it can be stopped. The name typed again says that this one is meant.
func (f *Feature) AnnounceClosing(ctx context.Context, who actor.Actor, tenantID, typedName string) (purgeAt time.Time, err error) {
	err = f.do(ctx, who, ManageClosing, audit.Entry{Tenant: tenantID, Act: "tenant.closing", Target: tenantID}, func(tx *db.Tx, a act) error {
		if err := closable(a.tenant, typedName); err != nil {
			return err
		}
		if err := a.proved(tx); err != nil {
			return err
		}
		p, err := readPulse(ctx, tx)
		if err != nil {
			return err
		}
		purgeAt = purgeDate(tx.Now(), p.last)
		if err := setTenantState(ctx, tx, a.tenant.ID, TenantFrozen, purgeAt, &telling{}); err != nil {
			return err
		}
		return a.record(ctx, tx)
	})
	return purgeAt, err
}

// StopClosing opens an organization again whose closing was announced.
func (f *Feature) StopClosing(ctx context.Context, who actor.Actor, tenantID string) error {
	return f.do(ctx, who, ManageClosing, audit.Entry{Tenant: tenantID, Act: "tenant.closing_stopped", Target: tenantID}, func(tx *db.Tx, a act) error {
		if a.tenant.PurgeAt.IsZero() || a.tenant.State != TenantFrozen {
			return fault.New(fault.Conflict, "not_closing", "directory.closing.not")
		}
		if err := setTenantState(ctx, tx, a.tenant.ID, TenantActive, time.Time{}, &telling{announced: a.tenant.StateAt}); err != nil {
			return err
		}
		return a.record(ctx, tx)
	})
}

// TellClosing writes to everybody in organizations whose closing was announced, and,
// where it was stopped, to whom the announcement went out; of others it is taken back.
// It does so in batches, and goes on where it was left.
func (f *Feature) TellClosing(ctx context.Context) error {
	for {
		more := false
		err := f.DB.Tx(ctx, func(tx *db.Tx) (err error) {
			more, err = f.tellSome(ctx, tx)
			return err
		})
		if err != nil {
			return fmt.Errorf("tell of closing: %w", err)
		}
		if !more {
			return nil
		}
	}
}

// tellSome is one batch; it gives whether there may be more.
func (f *Feature) tellSome(ctx context.Context, tx *db.Tx) (bool, error) {
	t, told, found, err := toTell(ctx, tx)
	if err != nil || !found {
		return false, err
	}
	list, err := usersFrom(ctx, tx, t.ID, told.after, purgeBatch)
	if err != nil {
		return false, err
	}
	for _, u := range list {
		if err := f.tellOne(ctx, tx, t, u, told.announced); err != nil {
			return false, err
		}
		told.after = u.ID
	}
	return true, toldUpTo(ctx, tx, t.ID, told, len(list) == 0)
}

// tellOne tells somebody of a closing. That it was stopped is no news to whom it was
// never announced.
func (f *Feature) tellOne(ctx context.Context, tx *db.Tx, t Tenant, u User, announced time.Time) error {
	if !announced.IsZero() {
		heard, err := f.Outbox.Recall(ctx, tx, closingLetter("closing", u, announced))
		if err != nil || !heard {
			return err
		}
	}
	return f.tellClosing(ctx, tx, t, u)
}

// PurgeClosed deletes what is in organizations whose time has come, in batches.
// The tenant itself stays, with its id, its name and its domains: nobody inherits
// them. Users on legal hold stay until they are released.
func (f *Feature) PurgeClosed(ctx context.Context) error {
	for {
		n := 0
		err := f.DB.Tx(ctx, func(tx *db.Tx) (err error) {
			n, err = f.purgeClosed(ctx, tx)
			return err
		})
		if err != nil || n == 0 {
			if err != nil {
				err = fmt.Errorf("purge closed organizations: %w", err)
			}
			return err
		}
	}
}

// purgeClosed is one batch; it gives how much was done.
func (f *Feature) purgeClosed(ctx context.Context, tx *db.Tx) (int, error) {
	t, found, err := closingDue(ctx, tx, tx.Now())
	if err != nil || !found {
		return 0, err
	}
	if err := believed(ctx, tx); err != nil {
		return 0, err
	}
	system := actor.SystemActor()
	if t.State != TenantClosed {
		if err := shut(ctx, tx, t.ID); err != nil {
			return 0, err
		}
		if err := f.endMembers(ctx, tx, t.ID); err != nil {
			return 0, err
		}
		return 1, audit.Record(ctx, tx, system, audit.Entry{Tenant: t.ID, Act: "tenant.close", Target: t.ID})
	}
	list, err := notHeld(ctx, tx, t.ID, purgeBatch)
	if err != nil {
		return 0, err
	}
	if len(list) > 0 {
		return len(list), f.erase(ctx, tx, system, list, "closed", "user.purge")
	}
	emptied, err := emptyTenant(ctx, tx, t.ID)
	if err != nil || !emptied {
		return 0, err
	}
	return 1, audit.Record(ctx, tx, system, audit.Entry{Tenant: t.ID, Act: "tenant.purge", Target: t.ID})
}

// closable: once, and only by its name.
func closable(t Tenant, typedName string) error {
	switch {
	case t.State != TenantActive:
		return fault.New(fault.Conflict, "tenant_"+string(t.State), "directory.refused.closed.title")
	case accounts.Fold(typedName) != accounts.Fold(t.Name):
		return fault.New(fault.Invalid, "name_differs", "directory.closing.name.differs").Field("name", "directory.closing.name.differs")
	}
	return nil
}
