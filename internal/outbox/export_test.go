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

// WaitAfter and Exhausted are the rules.
var (
	WaitAfter = waitAfter
	Exhausted = exhausted
	Spell     = spell
)

// Lease is how long a claim lasts.
const Lease time.Duration = lease
