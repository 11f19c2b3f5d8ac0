package inventory

import (
	"context"

	"sojourn/accounts"
	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
)

// Assign has a token wait for a member, named by the name they sign in with: nobody
// else may take it into use then.
func (f *Feature) Assign(ctx context.Context, who actor.Actor, tenantID, tokenID, name string) error {
	entry := audit.Entry{Tenant: tenantID, Act: "token.assign", Target: tokenID}
	return f.do(ctx, who, entry, func(tx *db.Tx, t directory.Tenant) ([]audit.Entry, error) {
		if _, err := free(ctx, tx, who, t.ID, tokenID); err != nil {
			return nil, err
		}
		u, found, err := member(ctx, tx, t.ID, name)
		if err != nil {
			return nil, err
		}
		if !found {
			return nil, noMember()
		}
		if _, _, err := directory.AdmitOn(ctx, tx, who, t.ID, u.ID, right); err != nil {
			return nil, err
		}
		if _, err := accounts.AssignToken(ctx, tx, t.ID, tokenID, u.ID); err != nil {
			return nil, err
		}
		return []audit.Entry{{Tenant: t.ID, Act: entry.Act, Target: tokenID, Other: u.ID}}, nil
	})
}

// Unassign gives a token back that waits for somebody.
func (f *Feature) Unassign(ctx context.Context, who actor.Actor, tenantID, tokenID string) error {
	entry := audit.Entry{Tenant: tenantID, Act: "token.unassign", Target: tokenID}
	return f.do(ctx, who, entry, func(tx *db.Tx, t directory.Tenant) ([]audit.Entry, error) {
		token, err := free(ctx, tx, who, t.ID, tokenID)
		if err != nil {
			return nil, err
		}
		if _, err := accounts.AssignToken(ctx, tx, t.ID, tokenID, ""); err != nil {
			return nil, err
		}
		return []audit.Entry{{Tenant: t.ID, Act: entry.Act, Target: tokenID, Other: token.Assigned}}, nil
	})
}

// member is the live member of a tenant, at home there, with this principal name.
func member(ctx context.Context, c db.Conn, tenantID, name string) (directory.User, bool, error) {
	list, err := directory.UsersNamed(ctx, c, tenantID, name)
	if err != nil {
		return directory.User{}, false, err
	}
	for _, u := range list {
		if accounts.Fold(u.PrincipalName) != accounts.Fold(name) {
			continue
		}
		home, err := directory.OwnsAccount(ctx, c, u)
		return u, home, err
	}
	return directory.User{}, false, nil
}
