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

// Succession is what the last administrator sees before handing over.
type Succession struct {
	Farewell
	Query      string
	Candidates []directory.User
	Next       string // cursor of the next page
}

// Succession lists who could take over an organization from its last
// administrator.
func (f *Feature) Succession(ctx context.Context, who actor.Actor, tenantID, query string, after directory.Cursor) (Succession, error) {
	w, err := f.Farewell(ctx, who, tenantID)
	if err != nil {
		return Succession{}, err
	}
	if w.Refused != lastAdmin {
		return Succession{}, fault.New(fault.Conflict, "not_last", "organizations.successor.notLast", "org", w.Tenant.Name)
	}
	s := Succession{Farewell: w, Query: query}
	s.Candidates, s.Next, err = directory.Candidates(ctx, f.DB, w.Tenant.ID, w.User.ID, query, after)
	if err != nil {
		return Succession{}, fmt.Errorf("succession: %w", err)
	}
	return s, nil
}

// HandOver makes somebody Global Administrator and leaves, in one transaction:
// the organization is at no moment without one.
func (f *Feature) HandOver(ctx context.Context, who actor.Actor, tenantID, successorID string) (Receipt, error) {
	var r Receipt
	entry := audit.Entry{Act: "organization.hand_over", Other: successorID}
	err := f.DB.Tx(ctx, func(tx *db.Tx) error {
		p, found, err := f.load(ctx, tx, who.AccountID, tenantID)
		if err != nil {
			return err
		}
		if !found {
			r, err = f.already(ctx, tx, who.AccountID, tenantID)
			return err
		}
		who = p.actor(who)
		p.named(&entry)
		if err := leave(p.decided); !fault.Is(err, lastAdmin) {
			return notLast(err, p)
		}
		if err := f.Directory.NameSuccessor(ctx, tx, who.As(p.tenant.ID, p.user.ID), p.tenant.ID, successorID); err != nil {
			return err
		}
		if r, err = f.depart(ctx, tx, who, p, 1); err != nil {
			return err
		}
		return audit.Record(ctx, tx, who, entry)
	})
	if err != nil {
		return Receipt{}, audit.Refused(ctx, f.DB, who, entry, fmt.Errorf("hand over: %w", err))
	}
	return r, nil
}

// notLast: who is not the last administrator leaves, or is refused, as anybody.
func notLast(err error, p place) error {
	if err != nil {
		return err
	}
	return fault.New(fault.Conflict, "not_last", "organizations.successor.notLast", "org", p.tenant.Name)
}

// Close announces the closing of an organization by the only one who is in it.
func (f *Feature) Close(ctx context.Context, who actor.Actor, tenantID, typedName string) (purgeAt time.Time, err error) {
	w, err := f.Farewell(ctx, who, tenantID)
	if err != nil {
		return time.Time{}, err
	}
	if !w.Sole {
		return time.Time{}, fault.New(fault.Conflict, "not_alone", "organizations.close.notAlone", "org", w.Tenant.Name)
	}
	return f.Directory.AnnounceClosing(ctx, who.As(w.Tenant.ID, w.User.ID), tenantID, typedName)
}

// sole says whether a tenant has one live user only, and then how many users a legal
// hold keeps when it is closed.
func (f *Feature) sole(ctx context.Context, tenantID string) (sole bool, held int, err error) {
	if sole, err = directory.SoleUser(ctx, f.DB, tenantID); err == nil && sole {
		held, err = directory.CountHeld(ctx, f.DB, tenantID)
	}
	return sole, held, err
}
