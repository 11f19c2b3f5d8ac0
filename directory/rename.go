package directory

import (
	"cmp"
	"context"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/caps"
	"sojourn/internal/db"
	"sojourn/internal/fault"
)

// Corrected is how a user is called and written to from now on.
type Corrected struct {
	Name string
	Mail string
}

// Rename corrects the name and the mail address of a user. A member's account is
// the organization's own, so its name changes with it; a guest's stays theirs.
func (f *Feature) Rename(ctx context.Context, who actor.Actor, tenantID, userID string, to Corrected) error {
	return f.do(ctx, who, ManageUsers, audit.Entry{Tenant: tenantID, Act: "user.rename", Target: userID}, func(tx *db.Tx, a act) error {
		u, err := a.liveUser(ctx, tx, userID)
		if err != nil {
			return err
		}
		if err := a.on(ctx, tx, u); err != nil {
			return err
		}
		if to, err = corrected(u, to, a.operator()); err != nil {
			return err
		}
		if to == (Corrected{Name: u.DisplayName, Mail: u.Mail}) {
			return nil
		}
		if to.Mail != u.Mail { // where new password links go
			if err := a.proved(tx); err != nil {
				return err
			}
		}
		if err := f.rename(ctx, tx, a, u, to); err != nil {
			return err
		}
		a.entry.Details = changes("name", u.DisplayName, to.Name, "mail", u.Mail, to.Mail)
		return a.record(ctx, tx)
	})
}

func (f *Feature) rename(ctx context.Context, tx *db.Tx, a act, u User, to Corrected) error {
	home, err := OwnsAccount(ctx, tx, u)
	if err != nil {
		return err
	}
	was, err := accounts.MailAddress(ctx, tx, u.AccountID)
	if err != nil {
		return err
	}
	if err := setNamed(ctx, tx, u, to); err != nil {
		return err
	}
	if !home {
		return nil
	}
	if err := accounts.Rename(ctx, tx, u.AccountID, to.Name); err != nil {
		return err
	}
	if to.Mail == u.Mail {
		return nil
	}
	if err := a.mayMail(ctx, tx, to.Mail); err != nil {
		return err
	}
	if err := f.Links.KillPasswordLinks(ctx, tx, u.AccountID); err != nil { // the old mailbox may be a stranger's
		return err
	}
	return f.tellReaddressed(ctx, tx, a.tenant, u, was, to.Mail)
}

// setNamed stores how a user is called, with the words they are found by.
func setNamed(ctx context.Context, tx *db.Tx, u User, to Corrected) error {
	if err := setNames(ctx, tx, u.ID, to); err != nil {
		return err
	}
	if err := deleteWords(ctx, tx, u.ID); err != nil {
		return err
	}
	return insertWords(ctx, tx, u.TenantID, u.ID, words(to.Name, u.PrincipalName, to.Mail, u.InvitedSubject))
}

// mayMail caps the letters that an administrator can have sent to a stranger.
func (a act) mayMail(ctx context.Context, tx *db.Tx, address string) error {
	if a.operator() || address == "" {
		return nil
	}
	_, within, err := caps.Count(ctx, tx, caps.MailBy(a.who.UserID), caps.MailFrom(a.tenant.ID), caps.MailTo(accounts.Fold(address)))
	if err == nil && !within {
		err = fault.New(fault.TooMany, "mail_capped", "directory.refused.mailCapped.title")
	}
	return err
}

// RenameGroup changes the name and the description of a group.
func (f *Feature) RenameGroup(ctx context.Context, who actor.Actor, tenantID, groupID, name, description string) error {
	return f.do(ctx, who, ManageUsers, audit.Entry{Tenant: tenantID, Act: "group.rename", Target: groupID}, func(tx *db.Tx, a act) error {
		old, err := a.group(ctx, tx, groupID)
		if err != nil {
			return err
		}
		if err := f.regroup(ctx, tx, a, old.ID); err != nil {
			return err
		}
		g := old
		var nameErr, descriptionErr error
		g.Name, nameErr = groupName(name)
		g.Description, descriptionErr = groupDescription(description)
		if err := gather("name", nameErr, "description", descriptionErr); err != nil || g == old {
			return err
		}
		free, err := setGroup(ctx, tx, g)
		if err != nil {
			return err
		}
		if !free {
			return groupTaken()
		}
		a.entry.Details = changes("name", old.Name, g.Name, "description", old.Description, g.Description)
		return a.record(ctx, tx)
	})
}

// changes are the details of an act that changes values: triples of name, old and
// new, those that did not change left out.
func changes(triples ...string) audit.Details {
	out := audit.Details{}
	for i := 0; i+2 < len(triples); i += 3 {
		if old, now := triples[i+1], triples[i+2]; old != now {
			out[triples[i]] = cmp.Or(old, "–") + " → " + cmp.Or(now, "–")
		}
	}
	return out
}
