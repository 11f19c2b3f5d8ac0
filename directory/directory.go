package directory

import (
	"context"
	"log/slog"
	"time"

	"sojourn/internal/db"
	"sojourn/internal/i18n"
	"sojourn/internal/id"
	"sojourn/internal/outbox"
)

// RetentionDays is how many days a soft-deleted user can be restored.
const RetentionDays = 30

// Retention is the same as a time.
const Retention = RetentionDays * 24 * time.Hour

// UndoDays is in how many days a guest may undo leaving, unless the organization
// has set another number from 0 to RetentionDays.
const UndoDays = 14

// Feature is the room: its verbs.
type Feature struct {
	DB       *db.DB
	IDs      id.Source
	Words    *i18n.Bundle
	Log      *slog.Logger
	BaseURL  string
	Zone     *time.Location
	Outbox   Outbox
	Sessions Sessions
	Receipts Receipts
	Links    Links
	Uses     GroupUses
}

// Outbox takes a letter along in the transaction of the act.
type Outbox interface {
	Put(ctx context.Context, tx *db.Tx, m outbox.Mail) error
	// Recall takes back what has not gone out, and says whether it has.
	Recall(ctx context.Context, tx *db.Tx, dedupe string) (gone bool, err error)
}

// Sessions ends what a person has open.
type Sessions interface {
	EndInTenant(ctx context.Context, tx *db.Tx, accountID, tenantID string) error
	EndAll(ctx context.Context, tx *db.Tx, accountID, exceptSession, reason string) error
}

// Receipts are told what becomes of a user whom a person's receipt is about.
type Receipts interface {
	Restored(ctx context.Context, tx *db.Tx, userID string) error
	Erased(ctx context.Context, tx *db.Tx, userIDs []string) error
}

// Links makes the one-time link with which somebody sets a first or new password, and
// ends those of an account that somebody else may hold.
type Links interface {
	PasswordLink(ctx context.Context, tx *db.Tx, accountID, tenantID, address, language string) (url string, err error)
	KillPasswordLinks(ctx context.Context, tx *db.Tx, accountID string) error
}

// TenantState is whether an organization is open.
type TenantState string

const (
	TenantActive TenantState = "active"
	TenantFrozen TenantState = "frozen"
	TenantClosed TenantState = "closed"
)

// Tenant is an organization with a directory.
type Tenant struct {
	ID               string
	Name             string
	Domain           string // the initial one, shown beside the name
	State            TenantState
	StateAt          time.Time
	PrivacyStatement string // URL
	PrivacyContact   string // mail address
	TechnicalContact string // mail address
	Language         string
	CreatedAt        time.Time
	PurgeAt          time.Time // announced closing: all of it is deleted then; else zero
}

// UserType is the relation to the tenant, not how somebody signs in.
type UserType string

const (
	Member UserType = "member"
	Guest  UserType = "guest"
)

// Key is the message key of the type's name.
func (t UserType) Key() string { return "directory.kind." + string(t) }

// ExternalState is where an invitation stands; "" for who was never invited.
type ExternalState string

const (
	Pending  ExternalState = "PendingAcceptance"
	Accepted ExternalState = "Accepted"
)

// DeletedKind is whose act a soft deletion was.
type DeletedKind string

const (
	Left            DeletedKind = "left"
	ByAdministrator DeletedKind = "administrator"
	ByOperator      DeletedKind = "operator"
)

// User is a directory object in one tenant.
type User struct {
	ID              string
	TenantID        string
	AccountID       string // "" until redeemed; never shown in a tenant
	DisplayName     string
	Type            UserType
	CreationType    string
	PrincipalName   string
	Mail            string
	Enabled         bool
	EnabledAt       time.Time // when Enabled last changed
	ExternalState   ExternalState
	ExternalStateAt time.Time
	InvitedIssuer   string
	InvitedSubject  string
	InvitedBy       string // user id
	CreatedAt       time.Time
	LastUsedAt      time.Time
	HomeEndedAt     time.Time
	HoldAt          time.Time
	HoldReason      string
	DeletedAt       time.Time // zero while live
	DeletedKind     DeletedKind
	PurgeAt         time.Time
}

// Live says whether the user is not deleted.
func (u User) Live() bool { return u.DeletedAt.IsZero() }

// Address is how a user is told from others of the same name: the mail address,
// else the principal name.
func (u User) Address() string {
	if u.Mail != "" {
		return u.Mail
	}
	return u.PrincipalName
}

// DaysLeft is how many days remain until the purge, rounded up; 0 when due.
func (u User) DaysLeft(now time.Time) int {
	left := u.PurgeAt.Sub(now)
	if left <= 0 {
		return 0
	}
	return int((left + 24*time.Hour - 1) / (24 * time.Hour))
}

// Group is a set of users of one tenant.
type Group struct {
	ID          string
	TenantID    string
	Name        string
	Description string
	CreatedAt   time.Time
	Members     int // live ones, where the query counts them
}

// Named is an id with the name it had.
type Named struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Had is what a user had at the moment of deletion.
type Had struct {
	Groups []Named `json:"groups"`
	Roles  []Role  `json:"roles"`
}

// Departure is the tenant's record of one soft deletion.
type Departure struct {
	ID         string
	UserID     string
	At         time.Time
	Kind       DeletedKind
	ByUser     string
	ByName     string // of ByUser, where still known
	PurgeAt    time.Time
	Had        Had
	RestoredAt time.Time
	RestoredBy string
}
