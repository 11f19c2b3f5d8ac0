package guests

import (
	"cmp"
	"context"
	"fmt"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
)

// Add invites somebody into an organization: a user that waits for its person,
// and a letter with a one-time link. The answer is the same whether or not the
// address has an account. Where a user stands in the way, it comes with the
// fault: already_invited, already_here or deleted_here.
func (f *Feature) Add(ctx context.Context, who actor.Actor, tenantID string, n NewGuest) (directory.User, error) {
	var u directory.User
	entry := audit.Entry{Tenant: tenantID, Act: "guest.add"}
	message, messageErr := Message(n.Message)
	err := f.DB.Tx(ctx, func(tx *db.Tx) (err error) {
		u, err = f.Directory.CreateGuest(ctx, tx, who, tenantID, directory.NewGuest{
			Address: n.Address, Name: n.Name, Groups: n.Groups, Anew: n.Anew,
		})
		if err == nil && messageErr != nil {
			u = directory.User{}
		}
		if err := together(err, messageErr); err != nil {
			return err
		}
		return f.write(ctx, tx, who, u, n.Language, message)
	})
	if err != nil {
		entry.Target = u.ID
		return u, audit.Refused(ctx, f.DB, who, entry, fmt.Errorf("add guest: %w", err))
	}
	return u, nil
}

// together tells what is wrong with the message beside what is wrong with the
// rest of the form.
func together(err, messageErr error) error {
	wrong, _ := fault.Of(messageErr)
	all, isFault := fault.Of(err)
	switch {
	case wrong == nil:
		return err
	case err == nil:
		all = fault.New(fault.Invalid, "invalid", "ui.error.input.title")
	case !isFault || all.Kind != fault.Invalid:
		return err
	}
	return all.Field("message", wrong.Key, wrong.Args...)
}

// Choices is what the form for a new guest offers.
type Choices struct {
	Language   string            // of the organization
	Groups     []directory.Group // none for who may not put anybody into groups
	MoreGroups bool              // than are listed
	Restore    bool              // the asker may restore deleted users
}

// Choices reads what a new guest can be given.
func (f *Feature) Choices(ctx context.Context, who actor.Actor, tenantID string) (Choices, error) {
	if err := directory.MayRead(who, tenantID, directory.InviteGuests); err != nil {
		return Choices{}, err
	}
	t, found, err := directory.TenantBy(ctx, f.DB, tenantID)
	if err != nil || !found {
		return Choices{}, cmp.Or[error](err, fault.Missing())
	}
	c := Choices{Language: t.Language, Restore: directory.MayRead(who, tenantID, directory.ManageUsers) == nil}
	if c.Restore {
		c.Groups, c.MoreGroups, err = directory.FirstGroups(ctx, f.DB, tenantID)
	}
	return c, err
}
