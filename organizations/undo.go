package organizations

import (
	"context"
	"fmt"
	"time"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
)

// Undo takes back that somebody left, by themselves and with a fresh proof. Their
// groups come back; their roles do not.
func (f *Feature) Undo(ctx context.Context, who actor.Actor, receiptID string) (directory.Restored, error) {
	var result directory.Restored
	entry := audit.Entry{Act: "organization.undo"}
	err := f.DB.Tx(ctx, func(tx *db.Tx) error {
		r, found, err := receiptOf(ctx, tx, who.AccountID, receiptID)
		if err != nil {
			return err
		}
		if !found {
			return fault.Missing()
		}
		who = who.In(r.TenantID, r.UserID)
		entry.Tenant, entry.Target = r.TenantID, r.UserID
		u, d, err := f.departed(ctx, tx, who.AccountID, r.Receipt)
		if err != nil {
			return err
		}
		if err := undo(d, tx.Now()); err != nil {
			return err
		}
		if !who.Proved(tx.Now()) {
			return fault.New(fault.Proof, "proof_needed", "ui.error.proof.title")
		}
		if result, err = f.Directory.Undo(ctx, tx, who, u); err != nil {
			return err
		}
		return audit.Record(ctx, tx, who, entry)
	})
	if err != nil {
		return directory.Restored{}, audit.Refused(ctx, f.DB, who, entry, fmt.Errorf("undo leaving: %w", err))
	}
	return result, nil
}

// departed reads what decides about undoing a departure that a receipt is about,
// and the deleted user. Who is restored or erased already has nothing to undo.
func (f *Feature) departed(ctx context.Context, c db.Conn, accountID string, r Receipt) (u directory.User, d departed, err error) {
	u, found, err := directory.AnyUser(ctx, c, r.TenantID, r.UserID)
	if err != nil {
		return u, d, err
	}
	if !found || u.Live() || r.State != Left {
		return u, d, undoRefusal(undoNothing, r.Organization)
	}
	t, found, err := directory.TenantBy(ctx, c, r.TenantID)
	if err != nil || !found {
		return u, d, err
	}
	d = departed{kind: u.DeletedKind, state: t.State, left: u.DeletedAt, enabled: u.Enabled, organization: t.Name}
	if d.days, err = undoDays(ctx, c, t.ID); err != nil {
		return u, d, err
	}
	if d.declined, err = declinedSince(ctx, c, t.ID, accountID, u.DeletedAt.UnixMicro()); err != nil {
		return u, d, err
	}
	if _, d.here, err = directory.LiveTwin(ctx, c, u); err != nil {
		return u, d, err
	}
	d.places, err = directory.CountPlaces(ctx, c, accountID)
	return u, d, err
}

// wayBack is what the page of a receipt offers: to undo it by oneself, or the
// reason why not.
type wayBack struct {
	Until   time.Time // undoing ends, or ended; zero where the organization does not allow it
	Refused string    // reason code, "" where it is possible
	Days    int       // that the organization allows for undoing
	Held    bool      // a legal hold lets the deletion wait
	Nobody  bool      // no administrator there could restore
}

// asks says whether the person can ask to be restored.
func (w wayBack) asks() bool { return !w.Nobody && w.Refused != undoHere && w.Refused != undoClosed }

// backFrom reads it.
func (f *Feature) backFrom(ctx context.Context, who actor.Actor, r Receipt) (w wayBack, err error) {
	if r.State != Left {
		return wayBack{}, nil
	}
	u, d, err := f.departed(ctx, f.DB, who.AccountID, r)
	if err == nil {
		err = undo(d, f.DB.Now())
	}
	if refused, ok := fault.Of(err); ok {
		w.Refused, err = refused.Code, nil
	}
	w.Days = d.days
	if d.days > 0 {
		w.Until = undoUntil(d.left, d.days)
	}
	w.Held = !u.HoldAt.IsZero()
	if err != nil {
		return w, err
	}
	admins, err := directory.Administrators(ctx, f.DB, r.TenantID, 1)
	w.Nobody = len(admins) == 0
	return w, err
}
