package undelivered

import (
	"context"
	"fmt"

	"sojourn/accounts"
	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/outbox"
)

// List reads a page of the messages of a tenant that could not be delivered, the
// newest first, and the cursor of the next page.
func (f *Feature) List(ctx context.Context, who actor.Actor, tenantID, after string) ([]Message, string, error) {
	if err := directory.MayRead(who, tenantID, right); err != nil {
		return nil, "", err
	}
	from := behind(directory.ParseCursor(after))
	list, err := f.Outbox.Undelivered(ctx, f.DB, tenantID, from.at, from.id, directory.PageSize+1)
	if err != nil {
		return nil, "", err
	}
	list, next := directory.Cut(list, func(d outbox.Undelivered) directory.Cursor { return cursor(d.GivenUpAt, d.ID) })
	out, err := f.named(ctx, tenantID, list)
	if err != nil {
		return nil, "", fmt.Errorf("undelivered messages: %w", err)
	}
	return out, next, nil
}

// named finds the users whom messages were for. Of anybody else nothing is told, not
// even the address.
func (f *Feature) named(ctx context.Context, tenantID string, list []outbox.Undelivered) ([]Message, error) {
	var ids []string
	for _, d := range list {
		if d.Account != "" {
			ids = append(ids, d.Account)
		}
	}
	users, err := usersOf(ctx, f.DB, tenantID, ids)
	if err != nil {
		return nil, err
	}
	out := make([]Message, len(list))
	for i, d := range list {
		out[i] = Message{Undelivered: d, User: users[d.Account]}
		if d.Account == "" && d.Channel == outbox.ByMail && d.To != "" {
			if out[i].User, err = f.invited(ctx, tenantID, d.To); err != nil {
				return nil, err
			}
		}
		if out[i].User == nil {
			out[i].To = ""
		}
	}
	return out, nil
}

// invited finds who has not answered an invitation yet, and so has no account.
func (f *Feature) invited(ctx context.Context, tenantID, address string) (*Recipient, error) {
	list, err := directory.UsersNamed(ctx, f.DB, tenantID, address)
	for _, u := range list {
		if accounts.Fold(u.Mail) == accounts.Fold(address) {
			return &Recipient{ID: u.ID, Name: u.DisplayName}, err
		}
	}
	return nil, err
}
