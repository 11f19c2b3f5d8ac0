package usermethods

import (
	"context"
	"time"

	"sojourn/internal/actor"
	"sojourn/internal/audit"
)

// moment is one act on how a user signs in.
type moment struct {
	At      time.Time
	Act     string
	Reason  string
	Actor   actor.Kind
	By      string // name of the administrator; "" where nobody knows it any more
	Details audit.Details
}

// historyShown is how many acts the page tells.
const historyShown = 20

// remember fills in what happened with the methods, the newest first.
func (f *Feature) remember(ctx context.Context, l *look) (err error) {
	l.History, err = historyOf(ctx, f.DB, l.TenantID, l.ID, historyShown+1)
	if len(l.History) > historyShown {
		l.History, l.Older = l.History[:historyShown], true
	}
	return err
}
