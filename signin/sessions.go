package signin

import (
	"context"
	"fmt"
	"time"

	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
)

// OpenSession is a session that a request may still come with, and where it was
// begun.
type OpenSession struct {
	ID      string
	Since   time.Time
	SeenAt  time.Time
	Address string
	Agent   string    // User-Agent
	Stays   bool      // used or not, until it ends by itself
	Until   time.Time // when that is
}

// OpenSessions lists what an account has open, the last used first.
func (f *Feature) OpenSessions(ctx context.Context, accountID string) ([]OpenSession, error) {
	list, err := openSessions(ctx, f.DB, accountID, f.DB.Now())
	if err != nil {
		return nil, fmt.Errorf("open sessions: %w", err)
	}
	return list, nil
}

// EndSession ends one of the asker's sessions. Whose it is not, and one that has
// ended, are answered alike.
func (f *Feature) EndSession(ctx context.Context, who actor.Actor, sessionID string) error {
	return f.leave(ctx, who, audit.Entry{Act: "session.end", Other: sessionID}, func(tx *db.Tx) error {
		ended, err := endOpen(ctx, tx, sessionID, who.AccountID, "ended")
		if err == nil && !ended {
			err = fault.Missing()
		}
		return err
	})
}

// EndOthers ends every session of the asker but this one.
func (f *Feature) EndOthers(ctx context.Context, who actor.Actor) error {
	return f.leave(ctx, who, audit.Entry{Act: "session.end_others"}, func(tx *db.Tx) error {
		_, err := endAll(ctx, tx, who.AccountID, who.SessionID, "ended")
		return err
	})
}

// Disown is the asker's word that a sign-in was not theirs: what its browser has
// open of this account ends, and the browser is known no more. Where that is
// nothing, or the browser the asker sits at, all sessions but this one end.
// sessionID is what the sign-in began, "" for a try that was refused.
func (f *Feature) Disown(ctx context.Context, who actor.Actor, sessionID string) error {
	return f.leave(ctx, who, audit.Entry{Act: "session.disown", Other: sessionID}, func(tx *db.Tx) error {
		ended := 0
		browser, err := browserOf(ctx, tx, sessionID, who.AccountID)
		if err == nil && browser != "" && browser != who.BrowserID {
			ended, err = disown(ctx, tx, browser, who.AccountID)
		}
		if err != nil || ended > 0 {
			return err
		}
		_, err = endAll(ctx, tx, who.AccountID, who.SessionID, "ended")
		return err
	})
}
