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
	var r Receipt
	if !id.Valid(tenantID) {
		return Receipt{}, fault.Missing()
	}
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
		who = who.In(p.tenant.ID, p.user.ID)
		entry.Tenant, entry.Target = p.tenant.ID, p.user.ID
		if err := leave(p.decided); err != nil {
			return err
		}
		r, err = f.depart(ctx, tx, who, p)
		if err != nil {
			return err
		}
		return audit.Record(ctx, tx, who, entry)
	})
	if err != nil {
		return Receipt{}, audit.Refused(ctx, f.DB, who, entry, fmt.Errorf("leave organization: %w", err))
	}
	return r, nil
}

// depart is leaving itself: soft deletion, receipt, letter.
func (f *Feature) depart(ctx context.Context, tx *db.Tx, who actor.Actor, p place) (Receipt, error) {
	roles, err := directory.RolesOf(ctx, tx, p.user.ID)
	if err != nil {
		return Receipt{}, err
	}
	if needsProof(roles) && !who.Proved(tx.Now()) {
		return Receipt{}, fault.New(fault.Proof, "proof_needed", "ui.error.proof.title")
	}
	d, err := f.Directory.SoftDelete(ctx, tx, who, p.user, directory.Left)
	if err != nil {
		return Receipt{}, err
	}
	inviter, err := nameOf(ctx, tx, p.user.InvitedBy)
	if err != nil {
		return Receipt{}, err
	}
	r := Receipt{
		ID: f.IDs.Random(), Number: receiptNumber(), TenantID: p.tenant.ID, UserID: p.user.ID, Organization: p.tenant.Name,
		PrincipalName: p.user.PrincipalName, InvitedBy: inviter, Since: since(p.user), Had: d.Had, Contact: p.tenant.Contact(),
		LeftAt: d.At, PurgeAt: d.PurgeAt, State: Left, StateAt: d.At,
	}
	had, err := json.Marshal(r.Had)
	if err != nil {
		return Receipt{}, err
	}
	if err := insertReceipt(ctx, tx, who.AccountID, r, string(had)); err != nil {
		return Receipt{}, err
	}
	return r, f.sendReceipt(ctx, tx, who.AccountID, r)
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
	if p.user, found, err = directory.UserOf(ctx, c, tenantID, accountID); err != nil || !found {
		return place{}, false, err
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
	now := f.DB.Now()
	w := Farewell{Tenant: p.tenant, User: p.user, PurgeAt: now.Add(directory.Retention)}
	if w.Had, err = f.Directory.HadBy(ctx, f.DB, p.user.ID); err != nil {
		return Farewell{}, err
	}
	if w.InvitedBy, err = nameOf(ctx, f.DB, p.user.InvitedBy); err != nil {
		return Farewell{}, err
	}
	for _, a := range p.admins {
		if a.ID != p.user.ID {
			w.Administrators = append(w.Administrators, a)
		}
	}
	w.NeedsProof = needsProof(w.Had.Roles) && !who.Proved(now)
	if refused, ok := fault.Of(leave(p.decided)); ok {
		w.Refused = refused.Code
		switch refused.Code {
		case leaveNotAllowed:
			w.SetAt = p.setting.at
		case accountDisabled:
			w.SetAt = p.user.EnabledAt
		}
	}
	return w, nil
}
