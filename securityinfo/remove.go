package securityinfo

import (
	"context"
	"fmt"
	"slices"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
)

// Method is a method of the asker; those of others are not there.
func (f *Feature) Method(ctx context.Context, who actor.Actor, methodID string, kind accounts.MethodType) (accounts.Method, []accounts.Method, error) {
	list, err := accounts.MethodsOf(ctx, f.DB, who.AccountID)
	if err != nil {
		return accounts.Method{}, nil, fmt.Errorf("security info: %w", err)
	}
	for _, m := range list {
		if m.ID == methodID && m.Type == kind {
			return m, list, nil
		}
	}
	return accounts.Method{}, nil, fault.Missing()
}

// Remove deletes a method of the asker. Where it was the default, another one
// takes its place; where it was the last, no second step is asked for any more.
func (f *Feature) Remove(ctx context.Context, who actor.Actor, methodID string) error {
	err := f.alter(ctx, who, alteration{
		Entry: audit.Entry{Act: "method.remove"}, Method: accounts.Method{ID: methodID}, Words: &removedTexts,
	}, func(tx *db.Tx, list []accounts.Method, m *accounts.Method) error {
		for _, one := range list {
			if one.ID == methodID {
				*m = one
			}
		}
		gone, err := accounts.Forget(ctx, tx, who.AccountID, methodID)
		if err == nil && !gone { // nor is one that is bound to an organization
			err = fault.Missing()
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("remove method: %w", err)
	}
	return nil
}

// Prefer makes a method the one that the second step asks for first.
// Of a telephone that gets texts and calls, factorID says which come first.
func (f *Feature) Prefer(ctx context.Context, who actor.Actor, factorID string) error {
	methodID, way := accounts.PartFactor(factorID)
	err := f.alter(ctx, who, alteration{
		Entry: audit.Entry{Act: "method.default"}, Method: accounts.Method{ID: methodID}, Words: &defaultTexts,
	}, func(tx *db.Tx, list []accounts.Method, m *accounts.Method) error {
		for _, one := range list {
			if one.ID == methodID {
				*m = one
			}
		}
		if m.Type.IsPhone() != (way != "") || m.Type.IsPhone() && !slices.Contains(f.waysOf(*m), way) {
			return methodGone()
		}
		chosen, err := accounts.PreferMethod(ctx, tx, who.AccountID, methodID)
		if err == nil && !chosen {
			err = methodGone()
		}
		if err == nil && way != "" {
			err = accounts.ChooseWay(ctx, tx, who.AccountID, methodID, way)
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("default method: %w", err)
	}
	return nil
}

func methodGone() error {
	return fault.New(fault.Conflict, "method_gone", "securityinfo.default.gone").Field("method", "securityinfo.default.gone")
}
