package outbox

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"sojourn/internal/db"
	"sojourn/internal/id"
	"sojourn/internal/mail"
	"sojourn/internal/secret"
)

// Outbox puts mails and, where Run or Flush is called, sends them.
type Outbox struct {
	DB     *db.DB
	Box    *secret.Box
	IDs    id.Source
	Sender mail.Sender  // only for Run and Flush
	Log    *slog.Logger // nil is the default one

	once  sync.Once
	waker chan struct{}
	round sync.Mutex // one round at a time in a process: after Flush, everything has gone

	sent, dead atomic.Int64 // by this process
}

// Mail is a letter and whom it concerns.
type Mail struct {
	Dedupe  string // the act and the recipient, as ids: the same key is sent once
	Tenant  string // "" where none is concerned
	Account string // of the recipient, "" where it has none yet
	Letter  mail.Letter
}

const (
	channel = "mail"
	purpose = "outbox" // of the seal
)

// Put writes a mail in the transaction of its act.
func (o *Outbox) Put(ctx context.Context, tx *db.Tx, m Mail) error {
	if m.Dedupe == "" {
		return errors.New("put in outbox: the dedupe key is missing")
	}
	plain, err := json.Marshal(m.Letter)
	if err != nil {
		return fmt.Errorf("put in outbox: %w", err)
	}
	row := o.IDs.New()
	sealed := o.Box.Seal(purpose, m.Tenant, row, plain)
	if err := insert(ctx, tx, row, m, sealed); err != nil {
		return fmt.Errorf("put in outbox: %w", err)
	}
	o.Poke() // the worker waits a moment, in which the transaction commits
	return nil
}

// Poke tells the worker of this process that there may be something to send.
func (o *Outbox) Poke() {
	select {
	case o.wake() <- struct{}{}:
	default:
	}
}

func (o *Outbox) wake() chan struct{} {
	o.once.Do(func() { o.waker = make(chan struct{}, 1) })
	return o.waker
}

func (o *Outbox) log() *slog.Logger {
	if o.Log != nil {
		return o.Log
	}
	return slog.Default()
}

// Waiting says how many mails wait to be sent, and how long the oldest has.
func (o *Outbox) Waiting(ctx context.Context) (n int, oldest time.Duration, err error) {
	n, first, err := waiting(ctx, o.DB)
	if err == nil && n > 0 {
		oldest = max(0, o.DB.Now().Sub(first))
	}
	return n, oldest, err
}

// Gone says how many mails this process has sent, and how many it has given up.
func (o *Outbox) Gone() (sent, dead int64) { return o.sent.Load(), o.dead.Load() }
