// Package audit records who did what. The row in audit holds ids and codes only
// and is never changed; what is personal sits in audit_details, keyed by whom it
// concerns, and is erased with them. The row keeps a salted commitment to it.
package audit

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/fault"
	"sojourn/internal/id"
)

// Entry is what was done.
type Entry struct {
	Tenant  string  // "" where no tenant is concerned
	Act     string  // e.g. "user.delete"
	Target  string  // id of what was acted on
	Other   string  // id of the second thing: the group, the session …
	Subject string  // whose erasure takes the details along; "" is the target
	Details Details // personal: old and new values
}

// Details are the personal part of an entry.
type Details map[string]string

const (
	done    = "done"
	refused = "refused"
)

// ErrNoActor says that a verb was called by nobody.
var ErrNoActor = errors.New("audit: the act names no actor")

// Record writes the row of a change, in the change's transaction.
func Record(ctx context.Context, tx *db.Tx, who actor.Actor, e Entry) error {
	return record(ctx, tx, who, e, done, "")
}

// Refused writes the row of a refused try, after its transaction has been
// rolled back, and returns err as it was. Faults in the input and errors that
// are no fault leave no row.
func Refused(ctx context.Context, d *db.DB, who actor.Actor, e Entry, err error) error {
	f, ok := fault.Of(err)
	if !ok || !who.Valid() {
		return err
	}
	switch f.Kind {
	case fault.Forbidden, fault.Conflict, fault.NotFound, fault.TooMany, fault.Gone:
	default:
		return err
	}
	write := func(tx *db.Tx) error { return record(ctx, tx, who, e, refused, f.Code) }
	if failed := d.Tx(context.WithoutCancel(ctx), write); failed != nil {
		return errors.Join(err, failed)
	}
	return err
}

func record(ctx context.Context, tx *db.Tx, who actor.Actor, e Entry, result, reason string) error {
	if !who.Valid() {
		return ErrNoActor
	}
	row := Row{
		ID: id.System.New(), Tenant: e.Tenant, At: tx.Now(), Actor: who.Kind, ActorID: who.ID(),
		Act: e.Act, Target: e.Target, Other: e.Other, Result: result, Reason: reason,
	}
	data, err := json.Marshal(personal(who, e.Details))
	if err != nil {
		return err
	}
	if string(data) == "{}" {
		return insert(ctx, tx, row)
	}
	salt := make([]byte, 16)
	rand.Read(salt)
	sum := sha256.Sum256(append(salt, data...))
	row.Commitment = sum[:]
	if err := insert(ctx, tx, row); err != nil {
		return err
	}
	subject := e.Subject
	if subject == "" {
		subject = e.Target
	}
	return insertDetails(ctx, tx, row.ID, subject, salt, string(data))
}

// personal joins what the caller gave with where the act came from.
func personal(who actor.Actor, given Details) Details {
	all := Details{}
	for k, v := range given {
		all[k] = v
	}
	if who.Address != "" {
		all["address"] = who.Address
	}
	if who.Agent != "" {
		all["browser"] = who.Agent
	}
	return all
}

// Row is one line of the log, as ids and codes.
type Row struct {
	ID, Tenant string
	At         time.Time
	Actor      actor.Kind
	ActorID    string
	Act        string
	Target     string
	Other      string
	Result     string
	Reason     string
	Commitment []byte
}

// Erase removes what is personal about a subject; the rows stay.
func Erase(ctx context.Context, tx *db.Tx, subject string) error {
	if subject == "" {
		return fmt.Errorf("audit: erase of nobody")
	}
	return eraseDetails(ctx, tx, subject)
}
