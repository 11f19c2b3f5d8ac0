package outbox

import (
	"context"
	"fmt"
)

// resealBatch is how many messages are sealed anew between two looks at the database.
const resealBatch = 200

// Reseal seals with the key in use what older ones sealed, and says how many messages
// that were. One that is sent or given up meanwhile is left as it is.
func (o *Outbox) Reseal(ctx context.Context) (n int, err error) {
	for after := ""; ; {
		list, err := payloadsAfter(ctx, o.DB, after, resealBatch)
		if err != nil {
			return n, fmt.Errorf("reseal messages: %w", err)
		}
		for _, m := range list {
			after = m.id
			if o.Box.Seals(m.payload) {
				continue
			}
			plain, err := o.Box.Open(purpose, m.tenant, m.id, m.payload)
			if err != nil { // of a key that is lost: the message stays unsent
				o.log().Error("a message cannot be sealed anew", "message", m.id, "error", err)
				continue
			}
			done, err := putPayload(ctx, o.DB, m.id, m.payload, o.Box.Seal(purpose, m.tenant, m.id, plain))
			if err != nil {
				return n, fmt.Errorf("reseal messages: %w", err)
			}
			if done {
				n++
			}
		}
		if len(list) < resealBatch {
			return n, nil
		}
	}
}
