package securityinfo

import (
	"context"
	"fmt"
	"slices"
	"time"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/policies"
)

// Info is what a person has to prove who they are with.
type Info struct {
	Methods         []accounts.Method // beside the password, the default first, recovery codes last
	HasPassword     bool
	PasswordChanged time.Time
	Ways            map[string][]accounts.Way // of the telephones, by id, the one asked first in front
	Phones          []accounts.MethodType     // that can be added or changed
	Asked           policies.Asked            // what the organization asks
	HasKeys         bool                      // this portal can have passkeys
	Tokens          bool                      // the organization hands hardware tokens out
	Mails           bool                      // mail goes out
	Bound           []accounts.Method         // to organizations, which alone ask for them
	Demands         []policies.Demand         // of organizations that require a second step
}

// Info reads it.
func (f *Feature) Info(ctx context.Context, who actor.Actor) (Info, error) {
	list, err := accounts.MethodsOf(ctx, f.DB, who.AccountID)
	if err != nil {
		return Info{}, fmt.Errorf("security info: %w", err)
	}
	password, has, err := accounts.PasswordOf(ctx, f.DB, who.AccountID)
	if err != nil {
		return Info{}, fmt.Errorf("security info: %w", err)
	}
	asked, err := policies.Of(ctx, f.DB, who.AccountID)
	if err != nil {
		return Info{}, fmt.Errorf("security info: %w", err)
	}
	phones := slices.DeleteFunc(f.reach().kinds(), func(t accounts.MethodType) bool { return !asked.Allows(t) })
	info := Info{Asked: asked, HasKeys: f.Passkeys(), Mails: f.mails(), Methods: list, HasPassword: has, PasswordChanged: password.ChangedAt, Ways: map[string][]accounts.Way{}, Phones: phones}
	if info.Tokens, err = accounts.HasTokens(ctx, f.DB, asked.Tenant); err != nil {
		return Info{}, fmt.Errorf("security info: %w", err)
	}
	for _, m := range list {
		if m.Type.IsPhone() {
			info.Ways[m.ID] = f.waysOf(m)
		}
	}
	if info.Bound, err = accounts.BoundOf(ctx, f.DB, who.AccountID); err != nil {
		return Info{}, fmt.Errorf("security info: %w", err)
	}
	info.Demands, err = policies.Demands(ctx, f.DB, who.AccountID)
	return info, err
}

// Met is the method that meets what an organization asks, the zero Method for none.
func (i Info) Met(d policies.Demand) accounts.Method { return met(d, i.Methods, i.Bound) }

// Revoked says whether an organization has to reset what was bound to it before
// anything takes its place.
func (i Info) Revoked(d policies.Demand) bool {
	return slices.ContainsFunc(i.Bound, func(m accounts.Method) bool { return m.Tenant == d.Tenant && !m.Reported.IsZero() })
}

// Choices are the methods that can be the default.
func (i Info) Choices() []accounts.Method {
	var out []accounts.Method
	for _, m := range i.Methods {
		if m.Type.CanBeDefault() {
			out = append(out, m)
		}
	}
	return out
}

// choices are what can be asked for first: each way of a telephone by itself.
func (i Info) choices() []accounts.Factor {
	return slices.DeleteFunc(accounts.Factors(i.Methods, func(m accounts.Method) []accounts.Way { return i.Ways[m.ID] }),
		func(f accounts.Factor) bool { return f.Type == accounts.RecoveryCodes })
}

// Phone is the telephone of a type, the zero Method if there is none.
func (i Info) Phone(kind accounts.MethodType) accounts.Method {
	for _, m := range i.Methods {
		if m.Type == kind {
			return m
		}
	}
	return accounts.Method{}
}

// Pass is the temporary access pass, the zero Method if there is none.
func (i Info) Pass() accounts.Method { return i.Phone(accounts.AccessPass) }

// Codes are the recovery codes, the zero Method if there are none.
func (i Info) Codes() accounts.Method { return codesAmong(i.Methods) }

// Allows says whether the organization lets its person add a method.
func (i Info) Allows(t accounts.MethodType) bool { return i.Asked.Allows(t) }

// Keeps says whether a method cannot be deleted: it is the last one for a second
// step that the organization requires.
func (i Info) Keeps(m accounts.Method) bool { return mayRemove(i.Asked, i.Methods, m) != nil }

// Second says whether a second step is asked for.
func (i Info) Second() bool { return accounts.HasSecondStep(i.Methods) }

// Full says whether no more authenticator app or hardware token can be added.
func (i Info) Full() bool { return mayAdd(i.Methods) != nil }

// Low says whether so few recovery codes are left that new ones are due: without a
// second step none can be made.
func (i Info) Low() bool { return i.Second() && i.Codes().ID != "" && isLow(i.Codes().Left) }
