package outbox

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"sojourn/internal/db"
)

// KeepUndelivered is how long the payload of a message that was given up stays, and
// the message in its organization's list.
const KeepUndelivered = 30 * 24 * time.Hour

// keepDead is how long its row stays: so long its dedupe key counts.
const keepDead = 90 * 24 * time.Hour

// Undelivered is a message that was given up.
type Undelivered struct {
	ID        string
	Channel   Channel
	Account   string // of the recipient, "" where it had none
	To        string // address or number; "" where it cannot be read any more
	Tries     int
	PutAt     time.Time
	GivenUpAt time.Time
	Reason    string // a class
	Again     bool   // it can be tried again

	payload []byte
	expires time.Time
}

// left is what stays of a message of no use: to whom it was to go. Every payload
// names that alike.
type left struct{ To string }

// open reads to whom a message was to go.
func (o *Outbox) open(tenantID string, d *Undelivered, now time.Time) {
	plain, err := o.Box.Open(purpose, tenantID, d.ID, d.payload)
	var to left
	if err != nil || json.Unmarshal(plain, &to) != nil {
		return
	}
	d.To = to.To
	d.Again = d.expires.IsZero() || d.Channel == ByMail && d.expires.After(now) // of a text with an expiry nothing else is left
}

// Undelivered lists the messages of a tenant that were given up in the last thirty
// days, the newest first: those given up before a time or, at that time, with a
// smaller id. at is in microseconds.
func (o *Outbox) Undelivered(ctx context.Context, c db.Conn, tenantID string, at int64, id string, limit int) ([]Undelivered, error) {
	list, err := listDead(ctx, c, tenantID, at, id, limit)
	if err != nil {
		return nil, fmt.Errorf("undelivered messages: %w", err)
	}
	for i := range list {
		o.open(tenantID, &list[i], c.Now())
	}
	return list, nil
}

// UndeliveredBy finds one by its id.
func (o *Outbox) UndeliveredBy(ctx context.Context, c db.Conn, tenantID, id string) (d Undelivered, found bool, err error) {
	if d, found, err = oneDead(ctx, c, tenantID, id); found {
		o.open(tenantID, &d, c.Now())
	}
	return d, found, err
}

// Again has a message tried again, as if it were new. Whoever calls has found it and
// that it can be.
func (o *Outbox) Again(ctx context.Context, tx *db.Tx, tenantID string, d Undelivered) error {
	if !d.Again {
		return fmt.Errorf("message %s is tried again, of which nothing is left", d.ID)
	}
	err := revive(ctx, tx, tenantID, d.ID)
	o.poke(d.Channel)
	return err
}

// Discard takes a message out of the list and wipes it.
func (o *Outbox) Discard(ctx context.Context, tx *db.Tx, tenantID, id string) error {
	return discard(ctx, tx, tenantID, id)
}

// Forget wipes what was given up of a person in a tenant who is erased there.
func (o *Outbox) Forget(ctx context.Context, tx *db.Tx, tenantID, accountID string) error {
	return forget(ctx, tx, tenantID, accountID)
}

// ForgetInvited wipes the invitations of users who are erased, also those that are
// still to be sent.
func (o *Outbox) ForgetInvited(ctx context.Context, tx *db.Tx, userIDs []string) error {
	topics := make([]string, len(userIDs))
	for i, u := range userIDs {
		topics[i] = Invitation(u)
	}
	return dropTopics(ctx, tx, topics)
}

// ForgetTopic wipes what was not sent of a topic, given up or not.
func (o *Outbox) ForgetTopic(ctx context.Context, tx *db.Tx, topic string) error {
	return dropTopics(ctx, tx, []string{topic})
}

// ForgetAccounts wipes everything that was not sent to accounts that end.
func (o *Outbox) ForgetAccounts(ctx context.Context, tx *db.Tx, accountIDs []string) error {
	return dropAccounts(ctx, tx, accountIDs)
}

// Recall takes back a message that has not gone out. It says whether it has, or may be
// going out at this moment: a try that has begun is not stopped, but it is the last.
func (o *Outbox) Recall(ctx context.Context, tx *db.Tx, dedupe string) (gone bool, err error) {
	if gone, err = goneOut(ctx, tx, dedupe); err != nil {
		return false, fmt.Errorf("recall from outbox: %w", err)
	}
	if err := recall(ctx, tx, dedupe); err != nil {
		return false, fmt.Errorf("recall from outbox: %w", err)
	}
	return gone, nil
}

// overdue is how long a message of no use may wait for a worker to come across it.
const overdue = time.Hour

// Sweep wipes what was given up thirty days ago, removes the rows later, and gives up
// what waited for too long.
func (o *Outbox) Sweep(ctx context.Context) error {
	now := o.DB.Now()
	if _, err := expire(ctx, o.DB, now.Add(-overdue), now); err != nil {
		return fmt.Errorf("sweep the outbox: %w", err)
	}
	if _, err := wipe(ctx, o.DB, now.Add(-KeepUndelivered), now); err != nil {
		return fmt.Errorf("sweep the outbox: %w", err)
	}
	if _, err := removeDead(ctx, o.DB, now.Add(-keepDead)); err != nil {
		return fmt.Errorf("sweep the outbox: %w", err)
	}
	return nil
}
