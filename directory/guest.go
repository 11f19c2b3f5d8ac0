package directory

import (
	"cmp"
	"context"
	"strings"
	"time"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
)

// InvitationLife is how long an invitation waits, from when it was last sent.
// Afterwards it cannot be accepted and is removed.
const InvitationLife = 30 * 24 * time.Hour

// Invitation is the creation type of a user that was invited.
const Invitation = "Invitation"

// NewGuest is somebody to invite.
type NewGuest struct {
	Address string // mail address or principal name
	Name    string // "" for what stands before the @
	Groups  []string
	Anew    bool // although a deleted user of theirs could be restored
}

// CreateGuest makes a user that waits until whoever is known by an address
// accepts, in the caller's transaction. Whether the address has an account is
// not asked, so no answer can tell. Where somebody is in the way, the user that
// comes with the fault is that one.
func (f *Feature) CreateGuest(ctx context.Context, tx *db.Tx, who actor.Actor, tenantID string, n NewGuest) (User, error) {
	a, err := beginGuest(ctx, tx, who, tenantID)
	if err == nil && len(n.Groups) > 0 {
		err = needs(a.roles, ManageUsers)
	}
	if err != nil {
		return User{}, err
	}
	u, err := f.newGuest(ctx, tx, a, n)
	if err != nil {
		return User{}, err
	}
	if other, err := inTheWay(ctx, tx, u, n.Anew); err != nil {
		return other, err
	}
	if u.PrincipalName, err = f.freePrincipal(ctx, tx, u); err != nil {
		return User{}, err
	}
	if err := f.insert(ctx, tx, u); err != nil {
		return User{}, err
	}
	if err := f.equip(ctx, tx, a, u, n.Groups, nil); err != nil {
		return User{}, err
	}
	return u, audit.Record(ctx, tx, who, audit.Entry{
		Tenant: u.TenantID, Act: "guest.add", Target: u.ID, Details: audit.Details{"name": u.DisplayName, "address": u.Mail},
	})
}

// beginGuest: into a closed organization nobody is invited, not by the operator
// either, since nobody could accept.
func beginGuest(ctx context.Context, tx *db.Tx, who actor.Actor, tenantID string) (act, error) {
	a, err := begin(ctx, tx, who, tenantID, InviteGuests)
	if err == nil {
		err = open(a.tenant.State, InviteGuests)
	}
	return a, err
}

// newGuest checks what was typed and makes the user of it.
func (f *Feature) newGuest(ctx context.Context, tx *db.Tx, a act, n NewGuest) (User, error) {
	address, addressErr := guestAddress(n.Address)
	name, nameErr := accounts.PersonName(guestName(n.Name, address))
	if addressErr != nil && strings.TrimSpace(n.Name) == "" {
		nameErr = nil // it would have come from the address
	}
	if err := gather("address", addressErr, "name", nameErr); err != nil {
		return User{}, err
	}
	issuer, err := f.guestIssuer(ctx, tx, a.tenant, address)
	if err != nil {
		return User{}, err
	}
	u := User{
		ID: f.IDs.Random(), TenantID: a.tenant.ID, DisplayName: name, Type: Guest, CreationType: Invitation,
		PrincipalName: guestPrincipal(address, a.tenant.Domain), Mail: address, Enabled: true,
		ExternalState: Pending, ExternalStateAt: tx.Now(), InvitedIssuer: issuer, InvitedSubject: accounts.Fold(address), CreatedAt: tx.Now(),
	}
	if a.who.Kind == actor.Administrator {
		u.InvitedBy = a.who.UserID
	}
	return u, nil
}

// guestIssuer is who speaks for the address of a guest: anybody but the
// organization itself.
func (f *Feature) guestIssuer(ctx context.Context, tx *db.Tx, t Tenant, address string) (string, error) {
	issuer, err := accounts.Issuer(ctx, tx, address)
	if err == nil && issuer == t.ID {
		domain := accounts.Domain(address)
		err = fault.New(fault.Invalid, "own_domain", "directory.guest.own", "domain", domain).
			Field("address", "directory.guest.own", "domain", domain)
	}
	return issuer, err
}

// inTheWay finds the user because of whom an invitation is refused: the same
// identity is here already, or a deleted user of the same person can be restored.
func inTheWay(ctx context.Context, tx *db.Tx, u User, anew bool) (User, error) {
	live, found, err := invitedLive(ctx, tx, u.TenantID, u.InvitedIssuer, u.InvitedSubject)
	switch {
	case err != nil:
		return User{}, err
	case found && live.ExternalState == Pending:
		return live, blocked(live, "already_invited", "directory.guest.invited.title")
	case found:
		return live, blocked(live, "already_here", "directory.guest.here.title")
	case anew:
		return User{}, nil
	}
	deleted, found, err := invitedDeleted(ctx, tx, u.TenantID, u.InvitedIssuer, u.InvitedSubject)
	if err != nil || !found {
		return User{}, err
	}
	return deleted, blocked(deleted, "deleted_here", "directory.guest.deleted.title")
}

func blocked(u User, code, key string) error {
	return fault.New(fault.Conflict, code, key, "name", u.DisplayName).Field("address", key, "name", u.DisplayName)
}

// Renew readies a pending user for another letter. Who may accept is decided
// anew: an organization may have verified the domain of the address since.
func (f *Feature) Renew(ctx context.Context, tx *db.Tx, who actor.Actor, tenantID, userID string) (User, error) {
	a, err := beginGuest(ctx, tx, who, tenantID)
	if err != nil {
		return User{}, err
	}
	u, err := a.liveUser(ctx, tx, userID)
	if err != nil {
		return User{}, err
	}
	if err := renewable(u); err != nil {
		return User{}, err
	}
	issuer, err := f.guestIssuer(ctx, tx, a.tenant, u.InvitedSubject)
	if err != nil {
		return User{}, err
	}
	if issuer != u.InvitedIssuer {
		u.InvitedIssuer = issuer
		if live, found, err := invitedLive(ctx, tx, u.TenantID, issuer, u.InvitedSubject); err != nil || found && live.ID != u.ID {
			return live, cmp.Or(err, blocked(live, "already_here", "directory.guest.here.title"))
		}
		if err := setInvitedIssuer(ctx, tx, u.ID, issuer); err != nil {
			return User{}, err
		}
	}
	u.ExternalStateAt = tx.Now()
	if err := renewInvitation(ctx, tx, u.ID); err != nil {
		return User{}, err
	}
	return u, audit.Record(ctx, tx, who, audit.Entry{Tenant: u.TenantID, Act: "guest.resend", Target: u.ID})
}

// Redeem ties a pending user to the account that accepted, which then is in the
// tenant as that user and no other. Who was invited without a name is called what
// they call themselves from then on. The caller has decided that it may, and
// records its own act.
func (f *Feature) Redeem(ctx context.Context, tx *db.Tx, u User, accountID string) error {
	was, err := markRedeemed(ctx, tx, u.TenantID, u.ID, accountID)
	if err == nil && !was {
		err = fault.Missing()
	}
	if err != nil || !nameless(u) {
		return err
	}
	account, found, err := accounts.Get(ctx, tx, accountID)
	if err != nil || !found {
		return err
	}
	return setNamed(ctx, tx, u, Corrected{Name: account.Name, Mail: u.Mail})
}
