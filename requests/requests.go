package requests

import (
	"context"
	"log/slog"
	"time"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/i18n"
	"sojourn/internal/id"
	"sojourn/internal/outbox"
	"sojourn/internal/web"
)

// Feature is the room: its verbs, its pages and its clock.
type Feature struct {
	DB          *db.DB
	IDs         id.Source
	Words       *i18n.Bundle
	Log         *slog.Logger
	BaseURL     string
	Zone        *time.Location
	Directory   Directory
	Departures  Departures
	Connections Connections
	Outbox      Outbox
}

// Directory restores users in the transaction of an answer.
type Directory interface {
	RestoreIn(ctx context.Context, tx *db.Tx, who actor.Actor, tenantID, userID string, right directory.Right, way directory.Way) (directory.Restored, error)
}

// Departures takes somebody out of an organization at an administrator's word and
// gives them their receipt. It holds the act against the last administrator; the
// caller has decided everything else.
type Departures interface {
	Remove(ctx context.Context, tx *db.Tx, who actor.Actor, tenantID, userID string) (receiptID string, err error)
}

// Connections ends direct connect.
type Connections interface {
	EndConnection(ctx context.Context, tx *db.Tx, who actor.Actor, tenantID, accountID string) error
}

// Outbox takes a letter along in the transaction of the act.
type Outbox interface {
	Put(ctx context.Context, tx *db.Tx, m outbox.Mail) error
}

// Routes are the pages of the room.
func (f *Feature) Routes(t *web.Table) {
	t.Handle("GET /requests", web.SignedIn, f.showMine)
	t.Handle("GET /requests/new", web.SignedIn, f.showNew)
	t.Handle("POST /requests", web.SignedIn, f.submitNew)
	t.Handle("GET /requests/{request}", web.SignedIn, f.showOne)
	t.Handle("POST /requests/{request}/withdraw", web.SignedIn, f.submitWithdraw)

	t.Handle("GET /manage/{tenant}/requests", web.Manage, f.showQueue)
	t.Handle("GET /manage/{tenant}/requests/{request}", web.Manage, f.showCase)
	t.Handle("GET /manage/{tenant}/requests/{request}/approve", web.Manage, f.showApprove)
	t.Handle("POST /manage/{tenant}/requests/{request}/approve", web.Manage, f.submitApprove)
	t.Handle("GET /manage/{tenant}/requests/{request}/decline", web.Manage, f.showDecline)
	t.Handle("POST /manage/{tenant}/requests/{request}/decline", web.Manage, f.submitDecline)
	t.Handle("GET /manage/{tenant}/requests/{request}/extend", web.Manage, f.showExtend)
	t.Handle("POST /manage/{tenant}/requests/{request}/extend", web.Manage, f.submitExtend)
	t.Handle("POST /manage/{tenant}/requests/{request}/note", web.Manage, f.submitNote)
}

// Kind is what is asked for.
type Kind string

const (
	Removal Kind = "removal" // of the person's user, where they may not leave by themselves
	Restore Kind = "restore" // of their deleted user
	Report  Kind = "report"  // "I don't recognise this organization"
	Data    Kind = "data"    // of a direct connection, where there is no user
)

// Kinds are all kinds.
var Kinds = []Kind{Removal, Restore, Report, Data}

// State is where a request stands.
type State string

const (
	Open      State = "open"
	Approved  State = "approved"
	Declined  State = "declined"
	Withdrawn State = "withdrawn" // by the person
	Met       State = "met"       // reached by another way
	Lapsed    State = "lapsed"    // can no longer be granted: the user or the organization is gone
)

// States are all states.
var States = []State{Open, Approved, Declined, Withdrawn, Met, Lapsed}

// Request is one of them.
type Request struct {
	ID          string
	TenantID    string
	AccountID   string // never shown in a tenant
	UserID      string // "" for direct connect and once erased
	Kind        Kind
	State       State
	Text        string // the person's words
	OpenedAt    time.Time
	DueAt       time.Time
	ExtendedAt  time.Time
	Extension   string // why it takes longer
	ClosedAt    time.Time
	DecidedBy   string // user id
	Answer      string
	Reminded    int
	EscalatedAt time.Time
	ReceiptID   string

	Organization string // its last known name
	Name         string // of the person, as the organization knows them; "" once erased
	Address      string
	DecidedName  string // "" where no longer known
	now          course // what became of it outside this room
}

// Overdue says whether the answer is late.
func (r Request) Overdue(now time.Time) bool { return r.State == Open && !r.DueAt.After(now) }

// What is what an event tells.
type What string

const (
	Opened    What = "opened"
	Noted     What = "noted" // only administrators see it
	Extended  What = "extended"
	Reminded  What = "reminded"
	Escalated What = "escalated"
	Told      What = "told" // the person, that the answer is late
	// The others are called like the state they lead to.
)

// Event is one step of a request.
type Event struct {
	At     time.Time
	What   What
	Actor  actor.Kind
	ByName string // of the administrator, where still known
	Text   string
}
