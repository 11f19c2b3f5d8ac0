package outbox

import (
	"context"
	"time"
)

// ClaimAndDie is what is left of a worker that ends after its claim.
func (o *Outbox) ClaimAndDie(ctx context.Context) (ids []string, err error) {
	now := o.DB.Now()
	held, err := claim(ctx, o.DB.Writer(), ByMail, now, now.Add(lease), batch)
	for _, m := range held {
		ids = append(ids, m.id)
	}
	return ids, err
}

// ClaimAndGiveBack is a worker that is stopped after its claim.
func (o *Outbox) ClaimAndGiveBack(ctx context.Context, between func()) error {
	now := o.DB.Now()
	held, err := claim(ctx, o.DB.Writer(), ByMail, now, now.Add(lease), batch)
	if err != nil {
		return err
	}
	between()
	stopped, cancel := context.WithCancel(ctx)
	cancel()
	o.sendAll(stopped, held)
	return nil
}

// Batch and Senders are how many a worker claims, and sends at once.
const (
	Batch   = batch
	Senders = senders
)

// WaitAfter and Exhausted are the rules.
var (
	WaitAfter = waitAfter
	Exhausted = exhausted
	Spell     = spell
)

// Lease is how long a claim lasts.
const Lease time.Duration = lease
