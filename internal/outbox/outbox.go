package outbox

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"regexp"
	"sync"
	"time"

	"sojourn/internal/db"
	"sojourn/internal/id"
	"sojourn/internal/mail"
	"sojourn/internal/secret"
)

// Outbox puts messages and, where Run or Flush is called, sends them.
type Outbox struct {
	DB     *db.DB
	Box    *secret.Box
	IDs    id.Source
	Sender mail.Sender  // of mails; only for Run and Flush, as the next two
	Texts  Sender       // nil: texts are not sent
	Calls  Sender       // nil: calls are not made
	Log    *slog.Logger // nil is the default one

	// Watch is called when a try to send a mail begins, and what it gives with the class
	// of what went wrong, "" when the mail went out. Nil: nobody watches.
	Watch func(ctx context.Context, tries int) (ended func(class string))

	once  sync.Once
	lanes map[Channel]*lane
	tally tally
}

// lane is what this process knows of one channel. Each has a worker of its own, so
// that a provider that hangs holds no mail up.
type lane struct {
	waker chan struct{}
	round sync.Mutex // one round at a time in a process: after Flush, everything has gone
}

const purpose = "outbox" // of the seal

// put is a row to be.
type put struct {
	channel                 Channel
	dedupe, tenant, account string
	topic                   string
	expires                 time.Time
}

// Put writes a mail in the transaction of its act.
func (o *Outbox) Put(ctx context.Context, tx *db.Tx, m Mail) error {
	if m.Topic != "" {
		if err := dropTopics(ctx, tx, []string{m.Topic}); err != nil {
			return fmt.Errorf("put in outbox: %w", err)
		}
	}
	return o.put(ctx, tx, put{ByMail, m.Dedupe, m.Tenant, m.Account, m.Topic, m.ExpiresAt}, m.Letter)
}

// e164 is what a provider takes. Which numbers are any is phone's to say.
var e164 = regexp.MustCompile(`^\+[1-9][0-9]{3,16}$`)

// PutText writes a text message in the transaction of its act.
func (o *Outbox) PutText(ctx context.Context, tx *db.Tx, t Text) error {
	if !e164.MatchString(t.To) || t.Text == "" {
		return errors.New("put in outbox: a text needs a number and words")
	}
	return o.put(ctx, tx, put{ByText, t.Dedupe, t.Tenant, t.Account, "", t.ExpiresAt},
		Message{Channel: ByText, To: t.To, Text: t.Text, Language: t.Language, ExpiresAt: t.ExpiresAt})
}

// PutCall writes a call in the transaction of its act.
func (o *Outbox) PutCall(ctx context.Context, tx *db.Tx, c Call) error {
	if !e164.MatchString(c.To) || c.Spoken == "" {
		return errors.New("put in outbox: a call needs a number and words")
	}
	return o.put(ctx, tx, put{ByVoice, c.Dedupe, c.Tenant, c.Account, "", c.ExpiresAt},
		Message{Channel: ByVoice, To: c.To, Extension: c.Extension, Text: spell(c.Spoken), Language: c.Language, ExpiresAt: c.ExpiresAt})
}

func (o *Outbox) put(ctx context.Context, tx *db.Tx, p put, payload any) error {
	if p.dedupe == "" {
		return errors.New("put in outbox: the dedupe key is missing")
	}
	plain, err := json.Marshal(payload)
	if err != nil {
		return fmt.Errorf("put in outbox: %w", err)
	}
	row := o.IDs.New()
	sealed := o.Box.Seal(purpose, p.tenant, row, plain)
	if err := insert(ctx, tx, row, p, sealed); err != nil {
		return fmt.Errorf("put in outbox: %w", err)
	}
	o.poke(p.channel) // the worker waits a moment, in which the transaction commits
	return nil
}

// Poke tells the workers of this process that there may be something to send.
func (o *Outbox) Poke() {
	for _, c := range Channels {
		o.poke(c)
	}
}

func (o *Outbox) poke(c Channel) {
	select {
	case o.lane(c).waker <- struct{}{}:
	default:
	}
}

func (o *Outbox) lane(c Channel) *lane {
	o.once.Do(func() {
		o.lanes = map[Channel]*lane{}
		for _, c := range Channels {
			o.lanes[c] = &lane{waker: make(chan struct{}, 1)}
		}
	})
	return o.lanes[c]
}

// Delivers says whether messages of a channel are sent.
func (o *Outbox) Delivers(c Channel) bool {
	switch c {
	case ByMail:
		return o.Sender != nil
	case ByText:
		return o.Texts != nil
	case ByVoice:
		return o.Calls != nil
	}
	return false
}

func (o *Outbox) log() *slog.Logger {
	if o.Log != nil {
		return o.Log
	}
	return slog.Default()
}

// Waiting says how many messages wait to be sent, and how long the oldest has.
func (o *Outbox) Waiting(ctx context.Context) (n int, oldest time.Duration, err error) {
	n, first, err := waiting(ctx, o.DB)
	if err == nil && n > 0 {
		oldest = max(0, o.DB.Now().Sub(first))
	}
	return n, oldest, err
}
