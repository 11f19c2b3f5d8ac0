package myaccount

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"sojourn/accounts"
	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/i18n"
	"sojourn/internal/id"
	"sojourn/internal/web"
)

// Feature is the room.
type Feature struct {
	DB        *db.DB
	IDs       id.Source
	Words     *i18n.Bundle
	Zone      *time.Location // of the portal
	Activity  Activity
	Languages Languages
}

// Languages keeps a choice of language in the browser.
type Languages interface {
	KeepLanguage(w http.ResponseWriter, l *i18n.Locale)
}

// Activity counts the sign-ins of an account in the last seven days, and the
// refused tries.
type Activity interface {
	Week(ctx context.Context, accountID string) (done, refused int, err error)
}

// Routes are the pages of the room.
func (f *Feature) Routes(t *web.Table) {
	t.Handle("GET /{$}", web.SignedIn, f.showOverview)
	t.Handle("GET /help", web.SignedIn, f.showHelp)
	t.Handle("GET /help/{topic}", web.SignedIn, f.showTopic)
	t.Add(web.Route{Pattern: "GET /static/help/{picture}", Access: web.Bare, Class: web.File, Handler: f.showPicture})
	t.Handle("GET /settings", web.SignedIn, f.showSettings)
	t.Handle("POST /settings", web.SignedIn, f.submitSettings)
	t.Handle("POST /settings/name", web.SignedIn, f.submitName)
	t.Add(web.Route{Pattern: "POST /settings/photo", Access: web.SignedIn, Upload: maxPhotoBytes, Handler: f.submitPhoto})
	t.Handle("POST /settings/photo/remove", web.SignedIn, f.submitRemovePhoto)
	t.Add(web.Route{Pattern: "GET /photo/{photo}", Access: web.SignedIn, Class: web.Picture, Handler: f.showPhoto})
	t.Add(web.Route{Pattern: "GET /photo/{photo}/small", Access: web.SignedIn, Class: web.Picture, Handler: f.showSmallPhoto})
}

// dockSize is how many organizations the overview shows.
const dockSize = 8

// Overview is what the first page says.
type Overview struct {
	Places          []directory.Place
	Standing        directory.Standing
	Selected        *directory.Place // chosen by ?tenantId=
	PasswordChanged time.Time        // zero without a password
	SecondStep      bool             // more than the password is asked for
	SignIns         int              // in the last seven days
	Refused         int              // tries to sign in, in the same time
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
	factors, err := accounts.FactorsOf(ctx, f.DB, who.AccountID)
	if err != nil {
		return Overview{}, fmt.Errorf("overview: %w", err)
	}
	o.SecondStep = len(factors) > 0
	if o.SignIns, o.Refused, err = f.Activity.Week(ctx, who.AccountID); err != nil {
		return Overview{}, fmt.Errorf("overview: %w", err)
	}
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
