package directory

import (
	"context"
	"fmt"

	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
)

// act is one verb on a tenant under way: who acts, with the roles they hold
// this moment, and what the audit log will say.
type act struct {
	who    actor.Actor
	tenant Tenant
	roles  []Role
	entry  audit.Entry
}

// do is the way of every verb: one transaction, in which the actor is held
// against the right; a refusal is recorded once it has been rolled back. The
// entry names the tenant as the caller did, and by its id from then on.
func (f *Feature) do(ctx context.Context, who actor.Actor, right Right, entry audit.Entry, verb func(tx *db.Tx, a act) error) error {
	named := entry.Tenant
	err := f.DB.Tx(ctx, func(tx *db.Tx) error {
		a, err := begin(ctx, tx, who, named, right)
		if err != nil {
			return err
		}
		entry.Tenant = a.tenant.ID
		if entry.Target == named { // the tenant itself is acted on
			entry.Target = a.tenant.ID
		}
		a.entry = entry
		return verb(tx, a)
	})
	if err != nil {
		return audit.Refused(ctx, f.DB, who, entry, fmt.Errorf("%s: %w", entry.Act, err))
	}
	return nil
}

// record writes the row of the act.
func (a act) record(ctx context.Context, tx *db.Tx) error {
	return audit.Record(ctx, tx, a.who, a.entry)
}

// begin loads the tenant and holds the actor against the right the verb needs.
// Roles are read anew in the transaction: what the request carried may be stale.
// A tenant that is not the actor's answers like one that does not exist.
func begin(ctx context.Context, tx *db.Tx, who actor.Actor, tenantID string, right Right) (act, error) {
	if !who.Valid() {
		return act{}, audit.ErrNoActor
	}
	t, found, err := TenantBy(ctx, tx, tenantID)
	if err != nil {
		return act{}, err
	}
	if !found {
		return act{}, fault.Missing()
	}
	a := act{who: who, tenant: t, roles: Roles}
	switch who.Kind {
	case actor.Operator, actor.System:
		return a, nil
	case actor.Administrator:
		if who.TenantID != t.ID {
			return act{}, fault.Missing()
		}
		if a.roles, err = actingRoles(ctx, tx, t.ID, who.UserID, who.AccountID); err != nil {
			return act{}, err
		}
		if err := needs(a.roles, right); err != nil {
			return act{}, err
		}
		return a, open(t.State, right)
	}
	return act{}, needs(nil, right)
}

// operator says whether the act is the operator's: no rank, no last administrator.
func (a act) operator() bool { return a.who.Kind == actor.Operator || a.who.Kind == actor.System }

// deletedKind is how a deletion by this actor is recorded.
func (a act) deletedKind() DeletedKind {
	if a.operator() {
		return ByOperator
	}
	return ByAdministrator
}

// on holds an act on a user against rank.
func (a act) on(ctx context.Context, tx *db.Tx, u User, extra ...Role) error {
	if a.operator() {
		return nil
	}
	roles, err := RolesOf(ctx, tx, u.ID)
	if err != nil {
		return err
	}
	return MayActOn(a.roles, append(roles, extra...))
}

// spare refuses to take the last effective Global Administrator.
func (a act) spare(ctx context.Context, tx *db.Tx, u User) error {
	if a.operator() {
		return nil
	}
	return spareLast(ctx, tx, a.tenant, u.ID)
}

// spareLast refuses when a user is the last effective Global Administrator of a
// tenant that is not closed. Everything that takes a user or a role away asks it.
func spareLast(ctx context.Context, tx *db.Tx, t Tenant, userID string) error {
	is, others, err := effectiveAdministrators(ctx, tx, t.ID, userID)
	if err != nil {
		return err
	}
	return lastAdministrator(is, others, t.State)
}

// liveUser loads a live user of the act's tenant.
func (a act) liveUser(ctx context.Context, tx *db.Tx, userID string) (User, error) {
	u, found, err := LiveUser(ctx, tx, a.tenant.ID, userID)
	if err == nil && !found {
		err = fault.Missing()
	}
	return u, err
}

// anyUser loads a user of the act's tenant, live or deleted.
func (a act) anyUser(ctx context.Context, tx *db.Tx, userID string) (User, error) {
	u, found, err := AnyUser(ctx, tx, a.tenant.ID, userID)
	if err == nil && !found {
		err = fault.Missing()
	}
	return u, err
}

// deletedUser loads a soft-deleted user of the act's tenant, whom the actor may
// act on.
func (a act) deletedUser(ctx context.Context, tx *db.Tx, userID string) (User, error) {
	u, found, err := AnyUser(ctx, tx, a.tenant.ID, userID)
	if err != nil {
		return User{}, err
	}
	if err := restorable(u, found); err != nil {
		return User{}, err
	}
	return u, a.on(ctx, tx, u)
}

// group loads a group of the act's tenant.
func (a act) group(ctx context.Context, tx *db.Tx, groupID string) (Group, error) {
	g, found, err := GroupBy(ctx, tx, a.tenant.ID, groupID)
	if err == nil && !found {
		err = fault.Missing()
	}
	return g, err
}

// proved asks a fresh proof of an administrator before what cannot be undone.
func (a act) proved(tx *db.Tx) error {
	if a.operator() || a.who.Proved(tx.Now()) {
		return nil
	}
	return fault.New(fault.Proof, "proof_needed", "ui.error.proof.title")
}
