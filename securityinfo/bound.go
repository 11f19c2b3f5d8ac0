package securityinfo

import (
	"context"
	"fmt"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
	"sojourn/policies"
)

// Binding is a person in an organization that wants a second factor of its own.
type Binding struct {
	Tenant, Organization string
	user                 string          // the person there
	Method               accounts.Method // the zero Method: there is none
	asked                bool            // the organization wants one now
}

// Usable says whether there is a method that can be shown, and deleted with its code.
func (b Binding) Usable() bool { return b.Method.ID != "" && b.Method.Reported.IsZero() }

// Binding reads what an organization has bound to itself of the asker. Where it has
// nothing and wants nothing, and where the asker is nobody, there is nothing.
func (f *Feature) Binding(ctx context.Context, who actor.Actor, tenantID string) (Binding, error) {
	b, err := f.bindingIn(ctx, f.DB, who, tenantID)
	if err == nil && b.Method.ID == "" && !b.asked {
		err = fault.Missing()
	}
	return b, err
}

func (f *Feature) bindingIn(ctx context.Context, c db.Conn, who actor.Actor, tenantID string) (Binding, error) {
	b, guest, found, err := guestOf(ctx, c, tenantID, who.AccountID)
	if err == nil && (!found || who.Kind != actor.Person) {
		err = fault.Missing()
	}
	if err != nil {
		return Binding{}, err
	}
	if b.Method, _, err = accounts.BoundIn(ctx, c, b.Tenant, who.AccountID); err != nil {
		return Binding{}, fmt.Errorf("bound method: %w", err)
	}
	p, err := policies.In(ctx, c, b.Tenant)
	b.asked = p.SecondStep.Distrusts(guest)
	return b, err
}

// BeginBound makes the seed of an app that is to be bound to an organization. It
// waits as any other does.
func (f *Feature) BeginBound(ctx context.Context, who actor.Actor, tenantID string) error {
	if _, err := f.person(ctx, f.DB, who); err != nil {
		return err
	}
	err := f.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := Fresh(who, tx.Now()); err != nil {
			return err
		}
		if _, err := f.bindable(ctx, tx, who, tenantID); err != nil {
			return err
		}
		return f.newSeed(ctx, tx, who.AccountID, tenantID)
	})
	if err != nil {
		return fmt.Errorf("begin bound authenticator: %w", err)
	}
	return nil
}

// bindable is an organization that wants a method and has none.
func (f *Feature) bindable(ctx context.Context, c db.Conn, who actor.Actor, tenantID string) (Binding, error) {
	b, err := f.bindingIn(ctx, c, who, tenantID)
	if err == nil {
		err = mayBind(b.asked, b.Method.ID != "")
	}
	return b, err
}

// SettingUpBound reads what the asker is setting up for an organization.
func (f *Feature) SettingUpBound(ctx context.Context, who actor.Actor, tenantID string) (SetUp, error) {
	h, err := f.person(ctx, f.DB, who)
	if err != nil {
		return SetUp{}, err
	}
	b, err := f.Binding(ctx, who, tenantID)
	if err != nil {
		return SetUp{}, err
	}
	return f.settingUp(ctx, who, tenantID, b.Organization, h.Address)
}

// ConfirmBound takes an app into use that an organization alone will ask for.
func (f *Feature) ConfirmBound(ctx context.Context, who actor.Actor, tenantID, methodID, typed, name string) error {
	name, step, err := f.confirming(ctx, who, tenantID, methodID, typed, name)
	if err != nil {
		return err
	}
	a := alteration{Entry: audit.Entry{Act: "method.add"}, Method: accounts.Method{ID: methodID, Type: accounts.Authenticator, Name: name}, Words: &addedTexts}
	err = f.alterBound(ctx, who, tenantID, a, func(tx *db.Tx, b Binding) error {
		if err := mayBind(b.asked, b.Method.ID != ""); err != nil {
			return err
		}
		ok, err := accounts.Activate(ctx, tx, who.AccountID, methodID, name, step, tx.Now().Add(-SetUpTime))
		if err == nil && !ok {
			err = setUpOver()
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("confirm bound authenticator: %w", err)
	}
	return nil
}

// boundTo is under which names wrong codes of bound methods count.
const boundTo = "bound-"

// CompareBound is Compare for the method that an organization has bound to itself.
func (f *Feature) CompareBound(ctx context.Context, accountID, tenantID, code string) (accounts.SecondProof, error) {
	none := accounts.SecondProof{}
	m, found, err := accounts.BoundIn(ctx, f.DB, tenantID, accountID)
	if err != nil {
		return none, fmt.Errorf("compare code: %w", err)
	}
	if !found || !m.Reported.IsZero() {
		return none, fault.New(fault.Conflict, "factor_gone", "securityinfo.second.gone")
	}
	if plain(code) == "" {
		return none, fault.New(fault.Invalid, "code_missing", "securityinfo.second.missing")
	}
	spent := false
	p := accounts.SecondProof{AccountID: accountID, Factor: accounts.Factor{ID: m.ID, Type: m.Type, Name: m.Name}}
	right, err := f.compareStep(ctx, &p, &spent, code)
	if err != nil {
		return none, err
	}
	if err := f.counted(ctx, accounts.SecondProof{AccountID: accountID, Factor: accounts.Factor{ID: boundTo + m.ID}}, secondWords, &spent, right); err != nil {
		return none, err
	}
	return p, nil
}

// RemoveBound deletes a bound method with a code of its own. Whoever has lost it
// needs the organization's leave: its administrators can reset it.
func (f *Feature) RemoveBound(ctx context.Context, who actor.Actor, tenantID, code string) error {
	if err := Fresh(who, f.DB.Now()); err != nil {
		return err
	}
	b, err := f.bindingIn(ctx, f.DB, who, tenantID)
	if err == nil && !b.Usable() {
		err = fault.Missing()
	}
	if err != nil {
		return err
	}
	a := alteration{Entry: audit.Entry{Act: "method.remove"}, Method: b.Method, Words: &removedTexts}
	proof, err := f.CompareBound(ctx, who.AccountID, tenantID, code)
	if wrong, ok := fault.Of(err); ok && wrong.Kind == fault.Invalid { // whoever has the session guesses
		a.Entry.Tenant, a.Entry.Target, a.Entry.Other = b.Tenant, b.user, b.Method.ID
		row := fault.New(fault.Forbidden, wrong.Code, wrong.Key)
		if failed := audit.Refused(ctx, f.DB, who.In(b.Tenant, b.user), a.Entry, row); failed != error(row) {
			return fmt.Errorf("audit a wrong code: %w", failed)
		}
	}
	if err != nil {
		return err
	}
	err = f.alterBound(ctx, who, tenantID, a, func(tx *db.Tx, b Binding) error {
		if b.Method.ID != proof.Factor.ID {
			return fault.Missing()
		}
		if err := f.Spend(ctx, tx, proof); err != nil {
			return err
		}
		_, err := accounts.ForgetBound(ctx, tx, b.Tenant, who.AccountID, b.Method.ID)
		return err
	})
	if err != nil {
		return fmt.Errorf("remove bound method: %w", err)
	}
	return nil
}

// alterBound is alter for what is bound to an organization, whose log has it. The
// home learns nothing of it.
func (f *Feature) alterBound(ctx context.Context, who actor.Actor, tenantID string, a alteration, do func(*db.Tx, Binding) error) error {
	h, err := f.person(ctx, f.DB, who)
	if err != nil {
		return err
	}
	b, err := f.bindingIn(ctx, f.DB, who, tenantID)
	if err != nil {
		return err
	}
	who = who.In(b.Tenant, b.user)
	a.Entry.Tenant, a.Entry.Target, a.Entry.Other, a.Entry.Details = b.Tenant, b.user, a.Method.ID, audit.Details{"method": string(a.Method.Type)}
	a.Method.Tenant, a.Method.Organization, h.Tenant = b.Tenant, b.Organization, ""
	err = f.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := Fresh(who, tx.Now()); err != nil {
			return err
		}
		b, err := f.bindingIn(ctx, tx, who, tenantID)
		if err != nil {
			return err
		}
		if err := do(tx, b); err != nil {
			return err
		}
		if err := audit.Record(ctx, tx, who, a.Entry); err != nil {
			return err
		}
		return f.tellAltered(ctx, tx, who, h, a, a.Method)
	})
	if err != nil {
		return audit.Refused(ctx, f.DB, who, a.Entry, err)
	}
	return nil
}
