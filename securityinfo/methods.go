package securityinfo

import (
	"context"
	"fmt"
	"slices"
	"time"

	"sojourn/accounts"
	"sojourn/internal/actor"
)

// Info is what a person has to prove who they are with.
type Info struct {
	Methods         []accounts.Method // beside the password, the default first, recovery codes last
	HasPassword     bool
	PasswordChanged time.Time
	Ways            map[string][]accounts.Way // of the telephones, by id, the one asked first in front
	Phones          []accounts.MethodType     // that can be added or changed
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
	info := Info{Methods: list, HasPassword: has, PasswordChanged: password.ChangedAt, Ways: map[string][]accounts.Way{}, Phones: f.reach().kinds()}
	for _, m := range list {
		if m.Type.IsPhone() {
			info.Ways[m.ID] = f.waysOf(m)
		}
	}
	return info, nil
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

// Codes are the recovery codes, the zero Method if there are none.
func (i Info) Codes() accounts.Method { return codesAmong(i.Methods) }

// Second says whether a second step is asked for.
func (i Info) Second() bool { return accounts.HasSecondStep(i.Methods) }

// Full says whether no more authenticator app can be added.
func (i Info) Full() bool { return mayAdd(i.Methods) != nil }

// Low says whether so few recovery codes are left that new ones are due.
func (i Info) Low() bool { return i.Codes().ID != "" && isLow(i.Codes().Left) }
