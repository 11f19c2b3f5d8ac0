package demo

import (
	"context"
	"log/slog"
	"strings"
	"time"

	"sojourn/accounts"
	"sojourn/directory"
	"sojourn/internal/db"
	"sojourn/internal/id"
	"sojourn/internal/outbox"
	"sojourn/internal/phone"
)

// Countries are those that texts and calls of the demo go to, on paper.
var Countries = phone.Countries{"NL", "BE", "DE", "FR", "GB", "IE", "US", "CA"}

// notInUse is what the provider says of numbers that end in 000, so that one can see
// what becomes of a message that cannot be delivered.
func notInUse(m outbox.Message) error {
	if strings.HasSuffix(m.To, "000") {
		return &outbox.Failure{Class: "twilio 21211", Permanent: true}
	}
	return nil
}

// miss puts messages that could not be delivered into Contoso's list. They are no
// complaint of the demo: its log says nothing of them.
func (w *World) miss(ctx context.Context) error {
	t, found, err := directory.TenantBy(ctx, w.App.DB, "contoso.example")
	if err != nil || !found {
		return err
	}
	noor, _, err := accounts.ByName(ctx, w.App.DB, "noor.haddad@contoso.example")
	if err != nil {
		return err
	}
	ann, _, err := accounts.ByName(ctx, w.App.DB, "ann.lee@fabrikam.example")
	if err != nil {
		return err
	}
	out := &outbox.Outbox{DB: w.App.DB, Box: w.App.Box, IDs: id.System, Texts: w.phones, Calls: w.phones, Log: slog.New(slog.DiscardHandler)}
	err = w.App.DB.Tx(ctx, func(tx *db.Tx) error {
		text := outbox.Text{Dedupe: "demo:text", Tenant: t.ID, Account: noor.ID, To: "+31612345000", Text: "Your sign-in method was changed.", Language: "en"}
		if err := out.PutText(ctx, tx, text); err != nil {
			return err
		}
		call := outbox.Call{Dedupe: "demo:call", Tenant: t.ID, Account: ann.ID, To: "+14258828080", Spoken: "Your code is 048213.", Language: "en", ExpiresAt: tx.Now().Add(-time.Minute)}
		return out.PutCall(ctx, tx, call)
	})
	if err != nil {
		return err
	}
	return out.Flush(ctx)
}
