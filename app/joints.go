package app

import (
	"context"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/securityinfo"
)

// The joints: where one room asks for a thing in its own words and another does
// it in its own.

// founder lets the set-up page of securityinfo create the first organization.
type founder struct{ *directory.Feature }

func (f founder) Found(ctx context.Context, tx *db.Tx, who actor.Actor, n securityinfo.Founding) (string, error) {
	return f.Feature.Found(ctx, tx, who, directory.Founding(n))
}

// invitationLinks lets guests put a one-time link into its mails.
type invitationLinks struct{ *securityinfo.Feature }

func (l invitationLinks) InvitationLink(ctx context.Context, tx *db.Tx, userID, tenantID, address, language string) (string, error) {
	return l.NewLink(ctx, tx, actor.SystemActor(), securityinfo.LinkFor{
		Purpose: securityinfo.InvitationLink, User: userID, Tenant: tenantID, Address: address, Language: language,
	})
}
