package securityinfo

import (
	"context"
	"fmt"
	"time"

	"sojourn/accounts"
	"sojourn/internal/actor"
)

// Info is what a person has to prove who they are with.
type Info struct {
	Methods         []accounts.Method // beside the password, the default first, recovery codes last
	HasPassword     bool
	PasswordChanged time.Time
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
	return Info{Methods: list, HasPassword: has, PasswordChanged: password.ChangedAt}, nil
}

// Choices are the methods that can be the default.
func (i Info) Choices() []accounts.Method {
	var out []accounts.Method
	for _, m := range i.Methods {
		if m.Type != accounts.RecoveryCodes {
			out = append(out, m)
		}
	}
	return out
}

// Codes are the recovery codes, the zero Method if there are none.
func (i Info) Codes() accounts.Method { return codesAmong(i.Methods) }

// Second says whether a second step is asked for.
func (i Info) Second() bool { return accounts.HasSecondStep(i.Methods) }

// Full says whether no more authenticator app can be added.
func (i Info) Full() bool { return mayAdd(i.Methods) != nil }

// Low says whether so few recovery codes are left that new ones are due.
func (i Info) Low() bool { return i.Codes().ID != "" && isLow(i.Codes().Left) }
