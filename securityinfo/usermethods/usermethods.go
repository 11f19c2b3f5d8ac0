package usermethods

import (
	"context"
	"time"

	"sojourn/internal/db"
	"sojourn/internal/i18n"
	"sojourn/internal/id"
	"sojourn/internal/outbox"
	"sojourn/internal/web"
)

// Feature is the room: its verbs and its pages.
type Feature struct {
	DB       *db.DB
	IDs      id.Source
	Words    *i18n.Bundle
	BaseURL  string // without a slash at its end
	Zone     *time.Location
	Outbox   Outbox
	Sessions Sessions
	Passes   Passes
	Gives    Gives
}

// Outbox takes a letter along in the transaction of the act.
type Outbox interface {
	Put(ctx context.Context, tx *db.Tx, m outbox.Mail) error
}

// Sessions ends what a person has open.
type Sessions interface {
	EndAll(ctx context.Context, tx *db.Tx, accountID, exceptSession, reason string) error
	// Unprove has every session but one prove anew before it changes anything.
	Unprove(ctx context.Context, tx *db.Tx, accountID, exceptSession string) error
}

// Routes are the pages of the room.
func (f *Feature) Routes(t *web.Table) {
	t.Handle("GET /manage/{tenant}/users/{user}/methods", web.Manage, f.showMethods)
	t.Handle("GET /manage/{tenant}/users/{user}/methods/register", web.Manage, f.showRegister)
	t.Handle("POST /manage/{tenant}/users/{user}/methods/register", web.Manage, f.submitRegister)
	t.Handle("GET /manage/{tenant}/users/{user}/methods/phone", web.Manage, f.showPhone)
	t.Handle("POST /manage/{tenant}/users/{user}/methods/phone", web.Manage, f.submitPhone)
	t.Handle("GET /manage/{tenant}/users/{user}/methods/email", web.Manage, f.showEmail)
	t.Handle("POST /manage/{tenant}/users/{user}/methods/email", web.Manage, f.submitEmail)
	t.Handle("GET /manage/{tenant}/users/{user}/methods/pass", web.Manage, f.showPass)
	t.Handle("POST /manage/{tenant}/users/{user}/methods/pass", web.Manage, f.submitPass)
	t.Handle("GET /manage/{tenant}/users/{user}/methods/bound", web.Manage, f.showReset)
	t.Handle("POST /manage/{tenant}/users/{user}/methods/bound", web.Manage, f.submitReset)
	t.Handle("GET /manage/{tenant}/users/{user}/methods/{method}/delete", web.Manage, f.showDelete)
	t.Handle("POST /manage/{tenant}/users/{user}/methods/{method}/delete", web.Manage, f.submitDelete)
	t.Handle("GET /manage/{tenant}/users/{user}/sessions/end", web.Manage, f.showSignOut)
	t.Handle("POST /manage/{tenant}/users/{user}/sessions/end", web.Manage, f.submitSignOut)
}
