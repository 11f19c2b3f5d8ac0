package signin

import (
	"context"
	"fmt"

	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
)

// SignOut ends the session of the asker. The browser stays known.
func (f *Feature) SignOut(ctx context.Context, who actor.Actor) error {
	return f.leave(ctx, who, audit.Entry{Act: "session.end", Other: who.SessionID}, func(tx *db.Tx) error {
		return endSession(ctx, tx, who.SessionID, who.AccountID, "signed_out")
	})
}

// SignOutEverywhere ends every session of the asker, this one too.
func (f *Feature) SignOutEverywhere(ctx context.Context, who actor.Actor) error {
	return f.leave(ctx, who, audit.Entry{Act: "session.end_all"}, func(tx *db.Tx) error {
		return f.EndAll(ctx, tx, who.AccountID, "", "signed_out_everywhere")
	})
}

// leave is the way of every verb that ends sessions of the asker; a refused try
// leaves its row where a granted one does.
func (f *Feature) leave(ctx context.Context, who actor.Actor, entry audit.Entry, end func(*db.Tx) error) error {
	err := f.DB.Tx(ctx, func(tx *db.Tx) error {
		s, err := standingOf(ctx, tx, who.AccountID)
		if err != nil {
			return err
		}
		entry.Tenant, entry.Target = s.HomeTenant, s.target()
		if err := end(tx); err != nil {
			return err
		}
		return audit.Record(ctx, tx, atHome(who, entry), entry)
	})
	if err != nil {
		return audit.Refused(ctx, f.DB, atHome(who, entry), entry, fmt.Errorf("sign out: %w", err))
	}
	return nil
}

// EndAll ends every session of an account but one, in the transaction of the act
// that asks for it. The next request of each is refused.
func (f *Feature) EndAll(ctx context.Context, tx *db.Tx, accountID, exceptSession, reason string) error {
	if _, err := endAll(ctx, tx, accountID, exceptSession, reason); err != nil {
		return fmt.Errorf("end sessions: %w", err)
	}
	return nil
}

// Unprove has every session of an account but one prove anew, in the transaction of
// the act that makes an older proof too weak.
func (f *Feature) Unprove(ctx context.Context, tx *db.Tx, accountID, exceptSession string) error {
	if err := unprove(ctx, tx, accountID, exceptSession); err != nil {
		return fmt.Errorf("unprove sessions: %w", err)
	}
	return nil
}

// EndInTenant forgets that sessions of an account went into a tenant. The
// sessions themselves stay: they are the person's, not the tenant's.
func (f *Feature) EndInTenant(ctx context.Context, tx *db.Tx, accountID, tenantID string) error {
	if err := deleteEntered(ctx, tx, accountID, tenantID); err != nil {
		return fmt.Errorf("end sessions in tenant: %w", err)
	}
	return nil
}
