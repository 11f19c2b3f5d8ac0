package undelivered

import (
	"context"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/caps"
	"sojourn/internal/db"
	"sojourn/internal/fault"
	"sojourn/internal/outbox"
)

// Retry has a message tried again, as if it were new. It counts on the caps like
// all others.
func (f *Feature) Retry(ctx context.Context, who actor.Actor, tenantID, id string) error {
	entry := audit.Entry{Tenant: tenantID, Act: "delivery.retry", Target: id}
	return f.do(ctx, who, entry, func(tx *db.Tx, tenantID string, d outbox.Undelivered) error {
		if err := again(d, f.Outbox.Delivers(d.Channel), f.Countries); err != nil {
			return err
		}
		limits := f.Caps.All(d.To, tenantID)
		if d.Channel == outbox.ByMail {
			limits = []caps.Cap{caps.MailTo(accounts.Fold(d.To)), caps.MailFrom(tenantID)}
		}
		_, within, err := caps.Count(ctx, tx, limits...)
		if err != nil {
			return err
		}
		if !within {
			return fault.New(fault.TooMany, "texts_capped", "undelivered.refused.capped.title")
		}
		return f.Outbox.Again(ctx, tx, tenantID, d)
	})
}
