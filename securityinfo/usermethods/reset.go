package usermethods

import (
	"cmp"
	"context"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
	"sojourn/securityinfo"
)

// ResetBound takes away what is bound to the organization of one of its guests: its
// leave for the next. Nothing else of theirs is seen or touched, and what they have
// open does not get in here again without.
func (f *Feature) ResetBound(ctx context.Context, who actor.Actor, tenantID, userID string) error {
	entry := audit.Entry{Tenant: tenantID, Act: "method.remove", Target: userID}
	return f.onAny(ctx, who, entry, mayReset, func(tx *db.Tx, p person) error {
		m, found, err := accounts.BoundIn(ctx, tx, p.home.ID, p.ID)
		if err == nil && !found {
			err = fault.Missing()
		}
		if err != nil {
			return err
		}
		if _, err := accounts.ForgetBound(ctx, tx, p.home.ID, p.ID, m.ID); err != nil {
			return err
		}
		gone := []accounts.Method{m}
		if err := f.record(ctx, tx, who, p, gone); err != nil {
			return err
		}
		return f.tell(ctx, tx, who, p, &boundTexts, gone)
	})
}

// askReset reads a guest for the page that asks whether to go on.
func (f *Feature) askReset(ctx context.Context, who actor.Actor, tenantID, userID string) (look, error) {
	l, err := f.look(ctx, who, tenantID, userID)
	if err == nil {
		err = mayReset(l.Home, l.Self, l.DisplayName)
	}
	if err == nil && !l.WithinRank {
		err = fault.New(fault.Forbidden, "rank_too_low", "directory.refused.rank.title")
	}
	if err == nil && l.Bound.ID == "" {
		err = fault.Missing()
	}
	return l, cmp.Or(err, securityinfo.Fresh(who, f.DB.Now()))
}
