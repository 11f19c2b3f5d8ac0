package organizations

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
	"sojourn/internal/id"
)

// setting is External user leave settings as it stands.
type setting struct {
	allowed bool
	at      time.Time // zero while it is the default
}

// place is one organization with what decides about leaving it.
type place struct {
	tenant  directory.Tenant
	user    directory.User
	setting setting
	admins  []directory.Named
	decided standing
}

// Leave takes a person out of an organization from their own account, and gives
// the receipt. Doing it again gives the same receipt.
func (f *Feature) Leave(ctx context.Context, who actor.Actor, tenantID string) (Receipt, error) {
	if !id.Valid(tenantID) {
		return Receipt{}, fault.Missing()
	}
	return f.leaveOne(ctx, who, tenantID, 1)
}

// leaveOne is Leave as one of so many at once.
func (f *Feature) leaveOne(ctx context.Context, who actor.Actor, tenantID string, together int) (Receipt, error) {
	var r Receipt
	entry := audit.Entry{Act: "organization.leave"}
	err := f.DB.Tx(ctx, func(tx *db.Tx) error {
		p, found, err := f.load(ctx, tx, who.AccountID, tenantID)
		if err != nil {
			return err
		}
		if !found {
			r, err = f.already(ctx, tx, who.AccountID, tenantID)
			return err
		}
		who = p.actor(who)
		p.named(&entry)
		if err := leave(p.decided); err != nil {
			return err
		}
		if r, err = f.depart(ctx, tx, who, p, together); err != nil {
			return err
		}
		return audit.Record(ctx, tx, who, entry)
	})
	if err != nil {
		return Receipt{}, audit.Refused(ctx, f.DB, who, entry, fmt.Errorf("leave organization: %w", err))
	}
	return r, nil
}

// actor is the person as the organization knows them; where they have no user
// there, as themselves.
func (p place) actor(who actor.Actor) actor.Actor {
	if p.user.ID == "" {
		return who
	}
	return who.In(p.tenant.ID, p.user.ID)
}

// named puts the place into a row of the log. An organization that only shares something
// with somebody never learns their account's id, so the row is not in its log.
func (p place) named(entry *audit.Entry) {
	if p.user.ID == "" {
		entry.Other = p.tenant.ID
		return
	}
	entry.Tenant, entry.Target = p.tenant.ID, p.user.ID
}

// depart is leaving itself, one of so many at once: soft deletion, receipt, letter.
func (f *Feature) depart(ctx context.Context, tx *db.Tx, who actor.Actor, p place, together int) (Receipt, error) {
	roles, err := directory.RolesOf(ctx, tx, p.user.ID)
	if err != nil {
		return Receipt{}, err
	}
	if needsProof(together, roles) && !who.Proved(tx.Now()) {
		return Receipt{}, fault.New(fault.Proof, "proof_needed", "ui.error.proof.title")
	}
	d, err := f.Directory.SoftDelete(ctx, tx, who, p.user, directory.Left)
	if err != nil {
		return Receipt{}, err
	}
	return f.receipt(ctx, tx, who.AccountID, p.tenant, p.user, d)
}

// receipt writes the person's own copy of a departure, and mails it.
func (f *Feature) receipt(ctx context.Context, tx *db.Tx, accountID string, t directory.Tenant, u directory.User, d directory.Departure) (Receipt, error) {
	inviter, err := nameOf(ctx, tx, t.ID, u.InvitedBy)
	if err != nil {
		return Receipt{}, err
	}
	r := Receipt{
		ID: f.IDs.Random(), Number: receiptNumber(id.Hash(f.IDs.Secret())), TenantID: t.ID, UserID: u.ID, Organization: t.Name,
		PrincipalName: u.PrincipalName, InvitedBy: inviter, Since: since(u), Had: d.Had, Contact: t.Contact(),
		LeftAt: d.At, PurgeAt: d.PurgeAt, State: Left, StateAt: d.At, Granted: d.Kind != directory.Left,
	}
	had, err := json.Marshal(kept{r.Had, r.Granted})
	if err != nil {
		return Receipt{}, err
	}
	if err := insertReceipt(ctx, tx, accountID, r, string(had)); err != nil {
		return Receipt{}, err
	}
	return r, f.sendReceipt(ctx, tx, accountID, r)
}

// already answers a repeated POST: the receipt of the departure that stands.
func (f *Feature) already(ctx context.Context, tx *db.Tx, accountID, tenantID string) (Receipt, error) {
	stored, found, err := lastReceipt(ctx, tx, accountID, tenantID)
	if err != nil {
		return Receipt{}, err
	}
	if !found {
		return Receipt{}, fault.Missing()
	}
	return read(stored)
}

// load reads a place by the tenant's id and the person's account.
func (f *Feature) load(ctx context.Context, c db.Conn, accountID, tenantID string) (p place, found bool, err error) {
	if p.user, found, err = directory.UserOf(ctx, c, tenantID, accountID); err != nil {
		return place{}, false, err
	}
	if !found {
		return f.connected(ctx, c, accountID, tenantID)
	}
	if p.tenant, found, err = directory.TenantBy(ctx, c, tenantID); err != nil || !found {
		return place{}, false, err
	}
	if p.setting, err = leaveSetting(ctx, c, tenantID); err != nil {
		return place{}, false, err
	}
	if p.admins, err = directory.Administrators(ctx, c, tenantID, 6); err != nil {
		return place{}, false, err
	}
	home, err := isHome(ctx, c, accountID, p.user.ID)
	p.decided = standing{
		home: home, state: p.tenant.State, leaveAllowed: p.setting.allowed, enabled: p.user.Enabled,
		hasAdministrator: len(p.admins) > 0, hasContact: p.tenant.Contact() != "",
		lastAdministrator: len(p.admins) == 1 && p.admins[0].ID == p.user.ID,
	}
	return p, true, err
}

// connected is a place where somebody only uses what is shared with them.
func (f *Feature) connected(ctx context.Context, c db.Conn, accountID, tenantID string) (p place, found bool, err error) {
	if _, found, err = directory.ConnectionOf(ctx, c, tenantID, accountID); err != nil || !found {
		return place{}, false, err
	}
	p.decided.direct = true
	p.tenant, found, err = directory.TenantBy(ctx, c, tenantID)
	return p, found, err
}

// since is from when somebody has been in an organization.
func since(u directory.User) time.Time {
	if u.ExternalState == directory.Accepted && !u.ExternalStateAt.IsZero() {
		return u.ExternalStateAt
	}
	return u.CreatedAt
}

// Farewell is what somebody sees before leaving: what they lose, what stays,
// who can bring them back; or why they can't leave.
type Farewell struct {
	Tenant         directory.Tenant
	User           directory.User
	Had            directory.Had
	PurgeAt        time.Time
	Administrators []directory.Named // without the person
	InvitedBy      string
	UndoUntil      time.Time // until when the person can take it back; zero for never
	Sole           bool      // the person is the only one there …
	Held           int       // … and so many users, they too or deleted ones, are on legal hold
	Refused        string    // reason code, "" where leaving is possible
	SetAt          time.Time // since when the rule that refuses holds
	NeedsProof     bool
}

// Farewell says what leaving would mean.
func (f *Feature) Farewell(ctx context.Context, who actor.Actor, tenantID string) (Farewell, error) {
	p, found, err := f.load(ctx, f.DB, who.AccountID, tenantID)
	if err != nil {
		return Farewell{}, fmt.Errorf("farewell: %w", err)
	}
	if !found {
		return Farewell{}, fault.Missing()
	}
	return f.farewell(ctx, who, p, 1)
}

// farewell is Farewell of a place that has been read, one of so many at once.
func (f *Feature) farewell(ctx context.Context, who actor.Actor, p place, together int) (w Farewell, err error) {
	now := f.DB.Now()
	w = Farewell{Tenant: p.tenant, User: p.user, PurgeAt: now.Add(directory.Retention)}
	if w.Had, err = f.Directory.HadBy(ctx, f.DB, p.user.ID); err != nil {
		return Farewell{}, err
	}
	if w.InvitedBy, err = nameOf(ctx, f.DB, p.tenant.ID, p.user.InvitedBy); err != nil {
		return Farewell{}, err
	}
	for _, a := range p.admins {
		if a.ID != p.user.ID {
			w.Administrators = append(w.Administrators, a)
		}
	}
	days, err := undoDays(ctx, f.DB, p.tenant.ID)
	if err != nil {
		return Farewell{}, err
	}
	if days > 0 && p.tenant.State == directory.TenantActive {
		w.UndoUntil = undoUntil(now, days)
	}
	w.NeedsProof = needsProof(together, w.Had.Roles) && !who.Proved(now)
	if refused, ok := fault.Of(leave(p.decided)); ok {
		w.Refused = refused.Code
		switch refused.Code {
		case leaveNotAllowed:
			w.SetAt = p.setting.at
		case accountDisabled:
			w.SetAt = p.user.EnabledAt
		case lastAdmin:
			w.Sole, w.Held, err = f.sole(ctx, p.tenant.ID)
		}
	}
	return w, err
}
