package directory

import (
	"context"
	"math"
	"strconv"
	"time"

	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
)

// Connection is direct connect: somebody of one organization uses what another
// shares with it, and has no user there.
type Connection struct {
	ID       string
	Host     Named // the organization that shares
	Home     Named // the person's own
	HomeUser Named
	Address  string // of the home user
	First    time.Time
	Last     time.Time // used
}

// Connect lets a member of one organization use what another shares. Only the
// operator's. Doing it again counts as use.
func (f *Feature) Connect(ctx context.Context, who actor.Actor, tenantID, accountID string) error {
	entry := audit.Entry{Tenant: tenantID, Act: "connection.add", Subject: accountID}
	return f.do(ctx, who, ManageUsers, entry, func(tx *db.Tx, a act) error {
		if !a.operator() {
			return needs(nil, ManageUsers)
		}
		_, here, err := UserOf(ctx, tx, a.tenant.ID, accountID)
		if err != nil {
			return err
		}
		homeID, err := homeTenant(ctx, tx, accountID)
		if err != nil {
			return err
		}
		if err := connectable(homeID, here); err != nil {
			return err
		}
		a.entry.Target, err = insertConnection(ctx, tx, f.IDs.Random(), a.tenant.ID, accountID, homeID)
		if err != nil {
			return err
		}
		return a.record(ctx, tx)
	})
}

// Disconnect ends a connection. Only the operator's.
func (f *Feature) Disconnect(ctx context.Context, who actor.Actor, tenantID, accountID string) error {
	return f.do(ctx, who, ManageUsers, audit.Entry{Tenant: tenantID, Act: "connection.end"}, func(tx *db.Tx, a act) error {
		if !a.operator() {
			return needs(nil, ManageUsers)
		}
		return f.EndConnection(ctx, tx, who, a.tenant.ID, accountID)
	})
}

// EndConnection ends a connection in the transaction of another act, whose
// caller has decided that it may be.
func (f *Feature) EndConnection(ctx context.Context, tx *db.Tx, who actor.Actor, tenantID, accountID string) error {
	connectionID, ended, err := endConnection(ctx, tx, tenantID, accountID, string(who.Kind))
	if err != nil {
		return err
	}
	if !ended {
		return fault.Missing()
	}
	return audit.Record(ctx, tx, who, audit.Entry{Tenant: tenantID, Act: "connection.end", Target: connectionID, Subject: accountID})
}

// ConnectionCursor is the cursor behind a connection.
func ConnectionCursor(n Connection) Cursor {
	return Cursor{Key: []byte(strconv.FormatInt(n.Last.UnixMicro(), 10)), ID: n.ID}
}

// before is where a list that begins with the latest goes on.
func (c Cursor) before() (at int64, id string) {
	at, err := strconv.ParseInt(string(c.Key), 10, 64)
	if err != nil {
		return math.MaxInt64, ""
	}
	return at, c.ID
}
