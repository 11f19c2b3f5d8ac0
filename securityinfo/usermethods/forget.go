package usermethods

import (
	"context"
	"fmt"

	"sojourn/accounts"
	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
)

// Delete takes one method away from a member. What they have open stays open.
func (f *Feature) Delete(ctx context.Context, who actor.Actor, tenantID, userID, methodID string) error {
	entry := audit.Entry{Tenant: tenantID, Act: "method.remove", Target: userID, Other: methodID}
	return f.on(ctx, who, entry, func(tx *db.Tx, p person) error {
		gone, err := f.forget(ctx, tx, p, func(m accounts.Method) bool { return m.ID == methodID })
		if err != nil {
			return err
		}
		if len(gone) == 0 {
			return fault.Missing()
		}
		if err := f.record(ctx, tx, who, p, gone); err != nil {
			return err
		}
		return f.tell(ctx, tx, who, p, &removedTexts, gone)
	})
}

// RequireRegistration takes every method of a member away and ends all they have
// open: they begin again with the password. Sessions end also where no method is
// left: whoever took the account over may have been first.
func (f *Feature) RequireRegistration(ctx context.Context, who actor.Actor, tenantID, userID string) error {
	entry := audit.Entry{Tenant: tenantID, Act: "method.remove_all", Target: userID}
	return f.on(ctx, who, entry, func(tx *db.Tx, p person) error {
		_, err := f.forgetAndEnd(ctx, tx, who, p, everyMethod)
		return err
	})
}

// Forget is the operator's word for somebody nobody else can help, such as the
// only administrator without their phone: every method of a type goes, or every
// one, and all they have open ends.
func (f *Feature) Forget(ctx context.Context, who actor.Actor, accountID string, kind accounts.MethodType) (gone []accounts.Method, err error) {
	err = f.DB.Tx(ctx, func(tx *db.Tx) error {
		p, err := anybody(ctx, tx, who, accountID)
		if err != nil {
			return err
		}
		list, err := accounts.MethodsOf(ctx, tx, p.ID)
		if err != nil || len(chosen(list, typeOf(kind))) == 0 {
			return err
		}
		gone, err = f.forgetAndEnd(ctx, tx, who, p, typeOf(kind))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("forget methods: %w", err)
	}
	return gone, nil
}

// anybody is a person as the operator finds them: with a home or without.
func anybody(ctx context.Context, tx *db.Tx, who actor.Actor, accountID string) (person, error) {
	account, found, err := accounts.Get(ctx, tx, accountID)
	if err != nil {
		return person{}, err
	}
	if !found || account.State != accounts.Active || who.Kind != actor.Operator {
		return person{}, fault.Missing()
	}
	p := person{Account: account}
	u, found, err := directory.HomeOf(ctx, tx, accountID)
	if err != nil || !found && account.HomeUserID == "" {
		return p, err
	}
	if !found { // deleted at home: to be restored first
		return person{}, fault.Missing()
	}
	p.userID = u.ID
	p.home, _, err = directory.TenantBy(ctx, tx, u.TenantID)
	return p, err
}

func (f *Feature) forgetAndEnd(ctx context.Context, tx *db.Tx, who actor.Actor, p person, want func(accounts.Method) bool) ([]accounts.Method, error) {
	gone, err := f.forget(ctx, tx, p, want)
	if err != nil {
		return nil, err
	}
	if err := f.Sessions.EndAll(ctx, tx, p.ID, "", "methods_removed"); err != nil {
		return nil, err
	}
	if err := f.record(ctx, tx, who, p, gone); err != nil {
		return nil, err
	}
	all := audit.Entry{Tenant: p.home.ID, Act: "method.remove_all", Target: p.target()}
	if err := audit.Record(ctx, tx, who, all); err != nil {
		return nil, err
	}
	if len(gone) == 0 { // nothing to tell
		return nil, nil
	}
	return gone, f.tell(ctx, tx, who, p, &resetTexts, gone)
}

// forget removes methods and gives those that were there.
func (f *Feature) forget(ctx context.Context, tx *db.Tx, p person, want func(accounts.Method) bool) (gone []accounts.Method, err error) {
	list, err := accounts.MethodsOf(ctx, tx, p.ID)
	if err != nil {
		return nil, err
	}
	for _, m := range chosen(list, want) {
		was, err := accounts.Forget(ctx, tx, p.ID, m.ID)
		if err != nil {
			return nil, err
		}
		if was {
			gone = append(gone, m)
		}
	}
	return gone, nil
}

// record writes a row for each method that went.
func (f *Feature) record(ctx context.Context, tx *db.Tx, who actor.Actor, p person, gone []accounts.Method) error {
	var rows []audit.Entry
	for _, m := range gone {
		rows = append(rows, audit.Entry{
			Tenant: p.home.ID, Act: "method.remove", Target: p.target(), Other: m.ID, Details: audit.Details{"method": string(m.Type)},
		})
	}
	return audit.RecordAll(ctx, tx, who, rows)
}
