package inventory

import (
	"context"
	"fmt"

	"sojourn/accounts"
	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/fault"
	"sojourn/securityinfo"
)

// Line is one line of the inventory.
type Line struct {
	accounts.Token
	Person person // who has it, or whom it waits for
}

// List reads a page of the inventory by serial number, and the cursor of the next.
func (f *Feature) List(ctx context.Context, who actor.Actor, tenantID string, filter accounts.TokenFilter, after string) ([]Line, string, error) {
	if err := directory.MayRead(who, tenantID, right); err != nil {
		return nil, "", err
	}
	list, err := accounts.TokensOf(ctx, f.DB, tenantID, filter, directory.ParseCursor(after).Bytes(), directory.PageSize+1)
	if err != nil {
		return nil, "", fmt.Errorf("hardware tokens: %w", err)
	}
	list, next := directory.Cut(list, func(t accounts.Token) directory.Cursor {
		return directory.Cursor{Key: accounts.SerialKey(t.Serial), ID: t.ID}
	})
	out, err := f.named(ctx, tenantID, list)
	return out, next, err
}

func (f *Feature) named(ctx context.Context, tenantID string, list []accounts.Token) ([]Line, error) {
	var users, owners []string
	for _, t := range list {
		if t.Assigned != "" {
			users = append(users, t.Assigned)
		}
		if t.Owner != "" {
			owners = append(owners, t.Owner)
		}
	}
	byID, byAccount, err := peopleOf(ctx, f.DB, tenantID, users, owners)
	if err != nil {
		return nil, fmt.Errorf("hardware tokens: %w", err)
	}
	out := make([]Line, len(list))
	for i, t := range list {
		out[i] = Line{Token: t, Person: byID[t.Assigned]}
		if t.Owner != "" {
			out[i].Person = byAccount[t.Owner]
		}
	}
	return out, nil
}

// ask reads a token for a page that asks whether to go on. It refuses what the verb
// would refuse, and asks the fresh proof that the verb will ask.
func (f *Feature) ask(ctx context.Context, who actor.Actor, tenantID, tokenID string) (Line, error) {
	if err := directory.MayRead(who, tenantID, right); err != nil {
		return Line{}, err
	}
	t, found, err := accounts.TokenBy(ctx, f.DB, tenantID, tokenID)
	if err != nil {
		return Line{}, fmt.Errorf("hardware token: %w", err)
	}
	if !found {
		return Line{}, fault.Missing()
	}
	if err := mayChange(t); err != nil {
		return Line{}, err
	}
	list, err := f.named(ctx, tenantID, []accounts.Token{t})
	if err != nil {
		return Line{}, err
	}
	return list[0], securityinfo.Fresh(who, f.DB.Now())
}
