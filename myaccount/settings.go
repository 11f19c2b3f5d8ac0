package myaccount

import (
	"context"
	"fmt"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/fault"
)

// Settings are what a person can look at and change about themselves.
type Settings struct {
	Preferences accounts.Preferences
	Mail        string // where letters go
}

// Settings reads them.
func (f *Feature) Settings(ctx context.Context, who actor.Actor) (Settings, error) {
	a, found, err := accounts.Get(ctx, f.DB, who.AccountID)
	if err == nil && !found {
		err = fault.Missing()
	}
	if err != nil {
		return Settings{}, fmt.Errorf("settings: %w", err)
	}
	mail, err := accounts.MailAddress(ctx, f.DB, who.AccountID)
	if err != nil {
		return Settings{}, fmt.Errorf("settings: %w", err)
	}
	return Settings{Preferences: accounts.Preferences{Language: a.Language, Region: a.Region, Zone: a.Zone}, Mail: mail}, nil
}

// Prefer keeps language, region and time zone: pages and mails follow them.
func (f *Feature) Prefer(ctx context.Context, who actor.Actor, p accounts.Preferences) error {
	if err := preferences(p, f.Words.Languages()); err != nil {
		return fmt.Errorf("settings: %w", err)
	}
	return f.own(ctx, who, "account.settings", func(tx *db.Tx) error { return accounts.Prefer(ctx, tx, who.AccountID, p) })
}

// Rename changes the name of somebody whom no home organization names. Where they
// are a guest the organization keeps the name it knows them by.
func (f *Feature) Rename(ctx context.Context, who actor.Actor, typed string) error {
	name, err := accounts.PersonName(typed)
	if wrong, ok := fault.Of(err); ok {
		return fault.New(wrong.Kind, wrong.Code, wrong.Key, wrong.Args...).Field("name", wrong.Key, wrong.Args...)
	}
	return f.own(ctx, who, "account.rename", func(tx *db.Tx) error {
		a, found, err := accounts.Get(ctx, tx, who.AccountID)
		if err == nil && !found {
			err = fault.Missing()
		}
		if err != nil {
			return err
		}
		if err := mayRename(a.HomeUserID); err != nil {
			return err
		}
		return accounts.Rename(ctx, tx, a.ID, name)
	})
}
