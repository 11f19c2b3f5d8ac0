package securityinfo

import (
	"context"
	"fmt"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
)

// Rename gives a method of the asker another name. That changes nothing about how they
// sign in, so nobody is told. A passkey cannot do without one.
func (f *Feature) Rename(ctx context.Context, who actor.Actor, kind accounts.MethodType, methodID, typed string) error {
	h, err := f.person(ctx, f.DB, who)
	if err != nil {
		return err
	}
	read := methodName
	if kind == accounts.Passkey {
		read = keyName
	}
	name, nameErr := read(typed)
	if err := gather("name", nameErr); err != nil {
		return err
	}
	entry := audit.Entry{Tenant: h.Tenant, Act: "method.name", Target: h.target(), Other: methodID, Details: audit.Details{"method": string(kind)}}
	if h.Tenant != "" {
		who = who.In(h.Tenant, h.HomeUser)
	}
	err = f.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := Fresh(who, tx.Now()); err != nil {
			return err
		}
		named, err := accounts.NameMethod(ctx, tx, who.AccountID, methodID, kind, name)
		if err == nil && !named {
			err = fault.Missing()
		}
		if err != nil {
			return err
		}
		return audit.Record(ctx, tx, who, entry)
	})
	if err != nil {
		return audit.Refused(ctx, f.DB, who, entry, fmt.Errorf("rename method: %w", err))
	}
	return nil
}
