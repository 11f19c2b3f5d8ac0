// Package audit records who did what. The row in audit holds ids and codes only
// and is never changed; what is personal sits in audit_details, keyed by whom it
// concerns, and is erased with them. The row keeps a salted commitment to it.
package audit

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
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
	Reason  string  // code of why it was done, "" for the usual; a refused try has that of its refusal
	Subject string  // whose erasure takes the details along; "" is the target
	Details Details // personal: old and new values
	Account string  // who alone is told Private
	Private Details // personal, and not the tenant's to know; erased with the account
}

// Details are the personal part of an entry. Under AddressDetail and
// BrowserDetail stands where an act came from.
type Details map[string]string

// Names of details.
const (
	AddressDetail = "network" // the network address
	BrowserDetail = "browser" // the User-Agent as it came
)

const (
	done    = "done"
	refused = "refused"
)

// ErrNoActor says that a verb was called by nobody.
var ErrNoActor = errors.New("audit: the act names no actor")

// ErrNamesAccount says that an organization's row would name a person by their account,
// which it never learns: there they are their user (actor.In).
var ErrNamesAccount = errors.New("audit: the row would tell an organization of an account")

// Record writes the row of a change, in the change's transaction.
func Record(ctx context.Context, tx *db.Tx, who actor.Actor, e Entry) error {
	return record(ctx, tx, who, e, done, e.Reason)
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
		slog.ErrorContext(ctx, "a refused try left no row in the audit log", "act", e.Act, "reason", f.Code, "error", failed)
		return errors.Join(err, failed)
	}
	return err
}

// RecordAll writes the rows of a change that is many.
func RecordAll(ctx context.Context, tx *db.Tx, who actor.Actor, list []Entry) error {
	for some := range slices.Chunk(list, rowsAtOnce) {
		if err := records(ctx, tx, who, some, done, ""); err != nil {
			return err
		}
	}
	return nil
}

func record(ctx context.Context, tx *db.Tx, who actor.Actor, e Entry, result, reason string) error {
	return records(ctx, tx, who, []Entry{e}, result, reason)
}

func records(ctx context.Context, tx *db.Tx, who actor.Actor, list []Entry, result, reason string) error {
	if !who.Valid() {
		return ErrNoActor
	}
	var rows []Row
	var parts []part
	for _, e := range list {
		if e.Tenant != "" && who.UserID == "" && who.AccountID != "" {
			return fmt.Errorf("%s: %w", e.Act, ErrNamesAccount)
		}
		row := Row{
			ID: id.System.New(), Tenant: short(e.Tenant), At: tx.Now(), Actor: who.Kind, ActorID: who.ID(),
			Act: e.Act, Target: short(e.Target), Other: short(e.Other), Result: result, Reason: reason,
		}
		about, err := personal(who, e)
		if err != nil {
			return err
		}
		for _, p := range about {
			row.Commitment = append(row.Commitment, p.sum()...)
			p.row = row.ID
			parts = append(parts, p)
		}
		rows = append(rows, row)
	}
	if err := insert(ctx, tx, rows); err != nil {
		return err
	}
	return insertDetails(ctx, tx, parts)
}

// short keeps out of the log what is no id but came in an id's place.
func short(id string) string {
	if len(id) > 64 {
		return ""
	}
	return id
}

// part is what one entry holds about one person, salted for the commitment.
type part struct {
	row     string // id of the entry's row
	subject string
	salt    []byte
	data    string
}

func (p part) sum() []byte {
	h := sha256.Sum256(append(bytes.Clone(p.salt), p.data...))
	return h[:]
}

// personal parts an entry by whom it is about: old and new values are the
// target's, where the act came from is the actor's. Erasing the one leaves the
// other's alone.
func personal(who actor.Actor, e Entry) ([]part, error) {
	about := e.Subject
	if about == "" {
		about = e.Target
	}
	from := who.ID()
	if from == "" { // the system acts on behalf of nobody: a wrong password, say
		from = about
	}
	details := map[string]Details{}
	put := func(subject, name, value string) {
		if value == "" {
			return
		}
		if details[subject] == nil {
			details[subject] = Details{}
		}
		details[subject][name] = value
	}
	for name, value := range e.Details {
		put(about, name, value)
	}
	for name, value := range e.Private {
		put(e.Account, name, value)
	}
	put(from, AddressDetail, who.Address)
	put(from, BrowserDetail, who.Agent)
	var parts []part
	for _, subject := range slices.Sorted(maps.Keys(details)) {
		data, err := json.Marshal(details[subject])
		if err != nil {
			return nil, err
		}
		salt := make([]byte, 16)
		rand.Read(salt)
		parts = append(parts, part{subject: subject, salt: salt, data: string(data)})
	}
	return parts, nil
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

// Erase removes what is personal about subjects; the rows stay.
func Erase(ctx context.Context, tx *db.Tx, subjects ...string) error {
	if len(subjects) == 0 || slices.Contains(subjects, "") {
		return fmt.Errorf("audit: erase of nobody")
	}
	return eraseDetails(ctx, tx, subjects)
}
