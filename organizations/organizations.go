package organizations

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"sojourn/directory"
	"sojourn/internal/db"
	"sojourn/internal/i18n"
	"sojourn/internal/id"
	"sojourn/internal/outbox"
	"sojourn/internal/web"
)

// Feature is the room.
type Feature struct {
	DB        *db.DB
	IDs       id.Source
	Words     *i18n.Bundle
	Log       *slog.Logger
	BaseURL   string
	Zone      *time.Location
	Directory *directory.Feature
	Outbox    Outbox
	Shell     Shell
}

// Shell is told of a person's organizations when a page has read them all: what
// stands around it then need not read them again.
type Shell interface {
	Know(r *http.Request, places []directory.Place)
}

// Outbox takes the receipt's letter along in the transaction of leaving.
type Outbox interface {
	Put(ctx context.Context, tx *db.Tx, m outbox.Mail) error
}

// Routes are the pages of the room.
func (f *Feature) Routes(t *web.Table) {
	t.Handle("GET /organizations", web.SignedIn, f.showOrganizations)
	// {act} is only ever "leave": spelt out, the mux finds that it collides with
	// /organizations/receipts/{id}.
	t.Handle("GET /organizations/{id}/{act}", web.SignedIn, f.showAct)
	t.Handle("POST /organizations/{id}/leave", web.SignedIn, f.submitLeave)
	t.Handle("GET /organizations/receipts", web.SignedIn, f.showReceipts)
	t.Handle("GET /organizations/receipts/{id}", web.SignedIn, f.showReceipt)
}

// Membership is one line of a person's list: an organization and what they are
// there.
type Membership struct {
	TenantID      string
	Name          string // last known
	Domain        string
	State         directory.TenantState
	NameKey       []byte
	Type          directory.UserType
	Since         time.Time
	InvitedByID   string // "" for who was not invited
	InvitedBy     string // their name; "" where no longer known
	LastUsed      time.Time
	Enabled       bool
	EnabledAt     time.Time
	LeaveAllowed  bool
	Home          bool
	Administrator bool // holds a role there
	Contact       string
}

// Invitation is one that waits for this person's answer.
type Invitation struct {
	UserID    string
	TenantID  string
	Name      string
	Domain    string
	InvitedBy string
	At        time.Time
	Statement string // privacy statement, to read before accepting
}

// ReceiptState is what became of the user a receipt is about.
type ReceiptState string

const (
	Left     ReceiptState = "left"
	Restored ReceiptState = "restored"
	Erased   ReceiptState = "erased"
)

// Receipt is the person's own copy of a departure.
type Receipt struct {
	ID            string
	Number        string // to read out
	TenantID      string
	UserID        string
	Organization  string
	PrincipalName string
	InvitedBy     string
	Since         time.Time
	Had           directory.Had
	Contact       string
	LeftAt        time.Time
	PurgeAt       time.Time
	State         ReceiptState
	StateAt       time.Time
}

// DaysLeft is how many days the organization can still restore, rounded up.
func (r Receipt) DaysLeft(now time.Time) int {
	return directory.User{PurgeAt: r.PurgeAt}.DaysLeft(now)
}
