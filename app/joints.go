package app

import (
	"context"

	"sojourn/activity"
	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/web"
	"sojourn/myaccount"
	"sojourn/securityinfo"
	"sojourn/securityinfo/register"
	"sojourn/signin"
)

// The joints: where one room asks for a thing in its own words and another does
// it in its own.

// instead answers for pages that a person's home organization has not turned on, and
// for all but the way there while something is to be set up that it requires.
func instead(v *web.Visit, rt web.Route) web.Handler {
	if rt.Access != web.Open && rt.Access != web.Bare {
		if other := register.Instead(v, rt); other != nil {
			return other
		}
	}
	if rt.Access == web.SignedIn && v.Person.Withheld && myaccount.Withheld(rt.Pattern) {
		return myaccount.ShowWithheld
	}
	return nil
}

// founder lets the set-up page of securityinfo create the first organization.
type founder struct{ *directory.Feature }

func (f founder) Found(ctx context.Context, tx *db.Tx, who actor.Actor, n securityinfo.Founding) (string, error) {
	return f.Feature.Found(ctx, tx, who, directory.Founding(n))
}

// keepers hear what becomes of a deleted user: the receipt stays true to it, and a
// request keeps only what proves that it was answered.
type keepers []directory.Receipts

func (k keepers) Restored(ctx context.Context, tx *db.Tx, userID string) error {
	for _, one := range k {
		if err := one.Restored(ctx, tx, userID); err != nil {
			return err
		}
	}
	return nil
}

func (k keepers) Erased(ctx context.Context, tx *db.Tx, userIDs []string) error {
	for _, one := range k {
		if err := one.Erased(ctx, tx, userIDs); err != nil {
			return err
		}
	}
	return nil
}

// invitationLinks lets guests put a one-time link into its mails.
type invitationLinks struct{ *securityinfo.Feature }

func (l invitationLinks) InvitationLink(ctx context.Context, tx *db.Tx, userID, tenantID, address, language string) (string, error) {
	return l.NewLink(ctx, tx, actor.SystemActor(), securityinfo.LinkFor{
		Purpose: securityinfo.InvitationLink, User: userID, Tenant: tenantID, Address: address, Language: language,
	})
}

// sessions lets activity show what a person has open.
type sessions struct{ *signin.Feature }

func (s sessions) OpenSessions(ctx context.Context, accountID string) ([]activity.Session, error) {
	list, err := s.Feature.OpenSessions(ctx, accountID)
	out := make([]activity.Session, len(list))
	for i, one := range list {
		out[i] = activity.Session(one)
	}
	return out, err
}
