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
	t.Handle("GET /organizations/leave", web.SignedIn, f.showSeveral)
	t.Handle("POST /organizations/leave", web.SignedIn, f.submitSeveral)
	t.Handle("GET /organizations/left", web.SignedIn, f.showLeft)
	t.Handle("GET /organizations/blocked", web.SignedIn, f.showBlocked)
	// {act} is leave, successor, close or unrecognized: spelt out, the mux finds
	// that each collides with /organizations/receipts/{id}.
	t.Handle("GET /organizations/{id}/{act}", web.SignedIn, f.showAct)
	t.Handle("POST /organizations/{id}/leave", web.SignedIn, f.submitLeave)
	t.Handle("POST /organizations/{id}/successor", web.SignedIn, f.submitSuccessor)
	t.Handle("POST /organizations/{id}/close", web.SignedIn, f.submitClose)
	t.Handle("GET /organizations/receipts", web.SignedIn, f.showReceipts)
	t.Handle("GET /organizations/receipts/{id}", web.SignedIn, f.showReceipt)
	t.Handle("GET /organizations/receipts/{id}/undo", web.SignedIn, f.showUndo)
	t.Handle("POST /organizations/receipts/{id}/undo", web.SignedIn, f.submitUndo)
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

// Pickable says whether the line can be ticked to leave it with others: whether
// nothing that stands on it refuses that.
func (m *Membership) Pickable() bool {
	free := m.State != directory.TenantActive
	return !m.Home && !m.Direct() && (free || m.LeaveAllowed && m.Enabled)
}

// direct is the type of a line that is direct connect: there is no user.
const direct directory.UserType = "direct"

// Direct says whether the line is direct connect.
func (m *Membership) Direct() bool { return m.Type == direct }

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
	Granted       bool // the organization removed them, as they had asked; else they left by themselves
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
