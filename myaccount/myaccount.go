package myaccount

import (
	"context"
	"fmt"
	"time"

	"sojourn/accounts"
	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/web"
)

// Feature is the room.
type Feature struct{ DB *db.DB }

// Routes are the pages of the room.
func (f *Feature) Routes(t *web.Table) {
	t.Handle("GET /{$}", web.SignedIn, f.showOverview)
}

// dockSize is how many organizations the overview shows.
const dockSize = 8

// Overview is what the first page says.
type Overview struct {
	Places          []directory.Place
	Standing        directory.Standing
	Selected        *directory.Place // chosen by ?tenantId=
	PasswordChanged time.Time        // zero without a password
}

// Overview gathers it.
func (f *Feature) Overview(ctx context.Context, who actor.Actor, selected string) (Overview, error) {
	var o Overview
	var err error
	if o.Places, err = directory.Places(ctx, f.DB, who.AccountID, dockSize); err != nil {
		return Overview{}, fmt.Errorf("overview: %w", err)
	}
	if o.Standing, err = directory.StandingOf(ctx, f.DB, who.AccountID); err != nil {
		return Overview{}, fmt.Errorf("overview: %w", err)
	}
	password, _, err := accounts.PasswordOf(ctx, f.DB, who.AccountID)
	if err != nil {
		return Overview{}, fmt.Errorf("overview: %w", err)
	}
	o.PasswordChanged = password.ChangedAt
	if selected != "" {
		place, found, err := directory.PlaceOf(ctx, f.DB, who.AccountID, selected)
		if err != nil {
			return Overview{}, fmt.Errorf("overview: %w", err)
		}
		if found {
			o.Selected = &place
		}
	}
	return o, nil
}
