package undelivered

import (
	"context"

	"sojourn/directory"
	"sojourn/internal/caps"
	"sojourn/internal/db"
	"sojourn/internal/outbox"
	"sojourn/internal/phone"
	"sojourn/internal/web"
)

// Feature is the room: its verbs and its page.
type Feature struct {
	DB        *db.DB
	Outbox    *outbox.Outbox
	Countries phone.Countries
	Caps      caps.Phone
}

// Routes are the pages of the room.
func (f *Feature) Routes(t *web.Table) {
	t.Handle("GET /manage/{tenant}/undelivered", web.Manage, f.showList)
	t.Handle("POST /manage/{tenant}/undelivered/{message}/retry", web.Manage, f.submitRetry)
	t.Handle("POST /manage/{tenant}/undelivered/{message}/discard", web.Manage, f.submitDiscard)
}

// right is what it takes to read the list and to act on it: it shows whom the
// organization writes to.
const right = directory.ManageProperties

// Message is one line of the list.
type Message struct {
	outbox.Undelivered
	User *Recipient // nil for a person of another organization, or of none
}

// Recipient is the user in the organization whom a message was for.
type Recipient struct {
	ID, Name string
	Deleted  bool
}

// Restored is asked of every room when a deleted user comes back: there is nothing
// to do here.
func (f *Feature) Restored(context.Context, *db.Tx, string) error { return nil }

// Erased wipes what was given up of people who are erased from an organization,
// and their invitations. Whose account ends with it is sent nothing that still
// waits.
func (f *Feature) Erased(ctx context.Context, tx *db.Tx, userIDs []string) error {
	if err := f.Outbox.ForgetInvited(ctx, tx, userIDs); err != nil {
		return err
	}
	list, err := ownersOf(ctx, tx, userIDs)
	if err != nil {
		return err
	}
	var ending []string
	for _, o := range list {
		if o.home {
			ending = append(ending, o.account)
			continue
		}
		if err := f.Outbox.Forget(ctx, tx, o.tenant, o.account); err != nil {
			return err
		}
	}
	if len(ending) == 0 {
		return nil
	}
	return f.Outbox.ForgetAccounts(ctx, tx, ending)
}
