package guests

import (
	"context"
	"log/slog"
	"time"

	"sojourn/directory"
	"sojourn/internal/db"
	"sojourn/internal/i18n"
	"sojourn/internal/id"
	"sojourn/internal/outbox"
	"sojourn/internal/web"
)

// Feature is the room: its verbs and its pages.
type Feature struct {
	DB        *db.DB
	IDs       id.Source
	Words     *i18n.Bundle
	Log       *slog.Logger
	BaseURL   string
	Zone      *time.Location
	Directory *directory.Feature
	Outbox    Outbox
	Links     Links
}

// Outbox takes a letter along in the transaction of the act.
type Outbox interface {
	Put(ctx context.Context, tx *db.Tx, m outbox.Mail) error
}

// Links makes the one-time link of an invitation; the older one of the same
// user dies. What the page behind it offers is not this room's matter.
type Links interface {
	InvitationLink(ctx context.Context, tx *db.Tx, userID, tenantID, address, language string) (url string, err error)
}

// Routes are the pages of the room. The invitations themselves stand on the
// Organizations page.
func (f *Feature) Routes(t *web.Table) {
	t.Handle("POST /organizations/invitations/{user}/accept", web.SignedIn, f.submitAccept)
	t.Handle("POST /organizations/invitations/{user}/decline", web.SignedIn, f.submitDecline)
	t.Handle("POST /organizations/{id}/block", web.SignedIn, f.submitBlock)
	t.Handle("POST /organizations/{id}/unblock", web.SignedIn, f.submitUnblock)

	t.Handle("GET /manage/{tenant}/guests/new", web.Manage, f.showAdd)
	t.Handle("POST /manage/{tenant}/guests/new", web.Manage, f.submitAdd)
	t.Handle("POST /manage/{tenant}/guests/{user}/resend", web.Manage, f.submitResend)
	t.Handle("GET /manage/{tenant}/external-collaboration", web.Manage, f.showSettings)
	t.Handle("POST /manage/{tenant}/external-collaboration", web.Manage, f.submitSettings)
}

// NewGuest is somebody to invite.
type NewGuest struct {
	Address  string // mail address or principal name
	Name     string // "" for what stands before the @
	Language string // of the letter; "" for that of the organization
	Groups   []string
	Message  string // plain text
	Anew     bool   // although a deleted user of theirs could be restored
}

// LeaveSetting is External user leave settings as it stands.
type LeaveSetting struct {
	Allowed    bool
	UndoDays   int       // in which leaving can be undone; 0 for never
	SetAt      time.Time // zero while it is the default
	SetBy      string    // name of the administrator; "" where nobody knows it any more
	ByOperator bool
}
