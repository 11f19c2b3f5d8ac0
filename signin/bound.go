package signin

import (
	"context"
	"fmt"
	"strings"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
	"sojourn/internal/id"
	"sojourn/policies"
)

// Bounds knows the methods that organizations have bound to themselves. A code is
// used up like any other.
type Bounds interface {
	CompareBound(ctx context.Context, accountID, tenantID, code string) (accounts.SecondProof, error)
}

// Door is the way into an organization that wants a method of its own.
type Door struct {
	Tenant, Organization string
	Open                 bool // nothing is asked, or it was shown already
	Bound                bool // there is a method to show
	Revoked              bool // there was one, and the organization has to reset it first

	user string // the person there
}

// Door reads it for the asker.
func (f *Feature) Door(ctx context.Context, c db.Conn, who actor.Actor, tenant string) (Door, error) {
	o, found, err := officeOf(ctx, c, tenant, who.AccountID, who.SessionID)
	if err != nil {
		return Door{}, fmt.Errorf("enter: %w", err)
	}
	// What the administration would refuse it refuses here too, but for a proof that is old.
	if err := administer(o, found, f.DB.Now(), f.DB.Now()); err != nil {
		return Door{}, err
	}
	p, err := policies.In(ctx, c, o.TenantID)
	if err != nil {
		return Door{}, fmt.Errorf("enter: %w", err)
	}
	m, _, err := accounts.BoundIn(ctx, c, o.TenantID, who.AccountID)
	if err != nil {
		return Door{}, fmt.Errorf("enter: %w", err)
	}
	return Door{
		Revoked: !m.Reported.IsZero(),
		Tenant:  o.TenantID, Organization: o.TenantName, Bound: o.Bound != "", user: o.UserID,
		Open: !p.SecondStep.Distrusts(o.Guest) || o.shown() == nil,
	}, nil
}

// BeginEnter begins to show the method that an organization has bound to itself.
func (f *Feature) BeginEnter(ctx context.Context, who actor.Actor, tenant, returnURL string) (secret string, d Door, err error) {
	d, err = f.Door(ctx, f.DB, who, tenant)
	if err != nil || d.Open || !d.Bound {
		return "", d, err
	}
	secret = f.IDs.Secret()
	now := f.DB.Now()
	fl := Flow{
		ReturnURL: inside(returnURL, d.Tenant), hash: id.Hash(secret), browser: who.BrowserID, purpose: toEnter, step: stepSecond,
		account: who.AccountID, session: who.SessionID, tenant: d.Tenant,
	}
	if err := insertFlow(ctx, f.DB.Writer(), fl, now, now.Add(flowLife)); err != nil {
		return "", d, fmt.Errorf("enter: %w", err)
	}
	return secret, d, nil
}

// EnterFlow reads the entrance into a tenant that stands at its code in this session.
func (f *Feature) EnterFlow(ctx context.Context, secret string, who actor.Actor, tenant string) (Flow, error) {
	fl, err := f.flowAt(ctx, secret, who.BrowserID, toEnter, stepSecond)
	if err == nil && (fl.session != who.SessionID || fl.account != who.AccountID || fl.tenant != tenant) {
		return Flow{}, over()
	}
	return fl, err
}

// EnterBound takes the code of an entrance. The session has shown it then, until it
// ends or the method goes; the browser gets a new cookie.
func (f *Feature) EnterBound(ctx context.Context, who actor.Actor, fl Flow, cookie, code string) (fresh string, err error) {
	d, err := f.Door(ctx, f.DB, who, fl.tenant)
	if err != nil {
		return "", err
	}
	if strings.TrimSpace(code) == "" {
		return "", fault.New(fault.Invalid, "code_missing", "signin.second.missing")
	}
	there := who.In(d.Tenant, d.user)
	entry := audit.Entry{Tenant: d.Tenant, Act: "tenant.enter", Target: d.user}
	proof, err := f.compareBound(ctx, who, fl, code)
	if wrong, ok := fault.Of(err); ok && (wrong.Kind == fault.Invalid || wrong.Code == "code_used") {
		return "", auditWrong(ctx, f.DB, there, entry, err, wrong)
	}
	if err != nil {
		return "", err
	}
	entry.Details = audit.Details{"method": string(proof.Factor.Type)}
	err = f.DB.Tx(ctx, func(tx *db.Tx) (err error) {
		if fresh, err = f.throughDoor(ctx, tx, who, fl, cookie, proof); err != nil {
			return err
		}
		return audit.Record(ctx, tx, there, entry)
	})
	if err != nil {
		return "", audit.Refused(ctx, f.DB, there, entry, fmt.Errorf("enter: %w", err))
	}
	return fresh, nil
}

// throughDoor burns the flow and its code and notes in the session what was shown.
func (f *Feature) throughDoor(ctx context.Context, tx *db.Tx, who actor.Actor, fl Flow, cookie string, proof accounts.SecondProof) (fresh string, err error) {
	burnt, err := burnFlow(ctx, tx, fl, who.AccountID)
	if err == nil && !burnt {
		err = over()
	}
	if err != nil {
		return "", err
	}
	now, err := f.Door(ctx, tx, who, fl.tenant) // of this moment
	if err != nil {
		return "", err
	}
	if err := f.Seconds.Spend(ctx, tx, proof); err != nil {
		return "", err
	}
	fresh = f.IDs.Secret()
	renamed, err := renameBrowser(ctx, tx, who.BrowserID, id.Hash(cookie), id.Hash(fresh), who.SessionID)
	if err == nil && !renamed {
		err = fault.New(fault.SignedOut, "signed_out", "ui.error.signedOut.title")
	}
	if err != nil {
		return "", err
	}
	return fresh, showBound(ctx, tx, who.SessionID, now.Tenant, now.user, proof.Factor.ID)
}

// compareBound asks whether a code is right, if its source has not had too many tries.
func (f *Feature) compareBound(ctx context.Context, who actor.Actor, fl Flow, code string) (proof accounts.SecondProof, err error) {
	try, err := f.Tries.Enter(who.Address)
	if err != nil {
		return proof, err
	}
	defer func() { try.Done(fault.Is(err, "wrong_code")) }()
	return f.Bounds.CompareBound(ctx, fl.account, fl.tenant, code)
}
