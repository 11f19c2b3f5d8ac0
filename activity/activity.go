package activity

import (
	"context"
	"time"

	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/web"
)

// Feature is the room: what it reads and its pages.
type Feature struct {
	DB       *db.DB
	Sessions Sessions
}

// Sessions knows what people have open, and ends it.
type Sessions interface {
	OpenSessions(ctx context.Context, accountID string) ([]Session, error)
	EndSession(ctx context.Context, who actor.Actor, sessionID string) error
	EndOthers(ctx context.Context, who actor.Actor) error
	Disown(ctx context.Context, who actor.Actor, sessionID string) error
}

// Routes are the pages of the room.
func (f *Feature) Routes(t *web.Table) {
	t.Handle("GET /activity", web.SignedIn, f.showRecent)
	t.Handle("GET /activity/sign-ins/{id}/not-me", web.SignedIn, f.showNotMe)
	t.Handle("POST /activity/sign-ins/{id}/not-me", web.SignedIn, f.submitNotMe)
	t.Handle("POST /activity/sessions/{id}/end", web.SignedIn, f.submitEnd)
	t.Handle("POST /activity/end-others", web.SignedIn, f.submitEndOthers)

	t.Handle("GET /manage/{tenant}/audit", web.Manage, f.showLog)
	t.Handle("GET /manage/{tenant}/audit.csv", web.Manage, f.downloadLog)
}

// Session is what a person has open somewhere, and where it was begun.
type Session struct {
	ID      string
	Since   time.Time
	SeenAt  time.Time
	Address string
	Agent   string    // User-Agent
	Stays   bool      // used or not, until it ends by itself
	Until   time.Time // when that is
}

// SignIn is one try to get into an account: to sign in, or to reset the password.
type SignIn struct {
	ID           string
	At           time.Time
	Act          string // a sign-in, half of one, or a reset
	Session      string // that it began
	Done         bool
	Reason       string // why it was refused
	Address      string
	Agent        string // User-Agent
	Method       string
	Way          string // in which a code was sent
	Organization string // name of the one selected; "" for none
	tenant       string
}
