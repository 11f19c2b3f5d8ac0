package signin

import (
	"context"
	"net/url"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
)

// place is the user of an account in the organization that the way on selects.
type place struct{ Tenant, User string }

// selected reads which organization ?tenantId= of the way on selects; the zero
// place is none, or one that the account is not in. It costs the same for an
// account that nobody has.
func selected(ctx context.Context, c db.Conn, accountID, returnURL string) (place, error) {
	u, err := url.Parse(returnURL)
	if err != nil || u.Query().Get("tenantId") == "" {
		return place{}, nil
	}
	tenantID, userID, found, err := userIn(ctx, c, u.Query().Get("tenantId"), accountID)
	if err != nil || !found {
		return place{}, err
	}
	return place{tenantID, userID}, nil
}

// noteSelected notes the use of the organization selected, and tells its audit
// log of the sign-in under the name it knows the person by. The home has its own
// row. A refused try is told to the home alone: whoever made it has proved
// nothing, and chose the organization as they liked.
func (f *Feature) noteSelected(ctx context.Context, tx *db.Tx, who actor.Actor, p place, home string) error {
	if p.Tenant == "" {
		return nil
	}
	if err := f.Uses.Used(ctx, tx, p.Tenant, p.User); err != nil || p.Tenant == home {
		return err
	}
	return audit.Record(ctx, tx, who.In(p.Tenant, p.User), audit.Entry{Tenant: p.Tenant, Act: "session.start", Target: p.User})
}

// private is what only the person reads of a sign-in: their home is not told
// where else they went.
func private(p place) audit.Details { return audit.Details{"organization": p.Tenant} }

// how is with what somebody signs in. Their home is told too: it sees their methods
// anyway, and has to see which of them somebody else may have used.
func how(method accounts.MethodType, second accounts.Factor) audit.Details {
	code := string(method)
	if second.Type != "" {
		code += "+" + string(second.Type) // after a plus comes the second factor
	}
	return audit.Details{"method": code, "way": string(second.Way)}
}

// passwordUsed is how the log calls the password of a fresh proof; a second factor
// follows after a plus.
const passwordUsed = string(accounts.PasswordMethod)

// atHome names a person in the row of their home organization as that knows
// them: no tenant learns an account's id.
func atHome(who actor.Actor, entry audit.Entry) actor.Actor {
	if entry.Tenant == "" {
		return who
	}
	return who.In(entry.Tenant, entry.Target)
}
