package directory

import (
	"context"

	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
)

// Delete soft-deletes a user: it moves to Deleted users and can be restored
// until the purge, with every group and role.
func (f *Feature) Delete(ctx context.Context, who actor.Actor, tenantID, userID string) error {
	return f.do(ctx, who, ManageUsers, audit.Entry{Tenant: tenantID, Act: "user.delete", Target: userID}, func(tx *db.Tx, a act) error {
		u, err := a.liveUser(ctx, tx, userID)
		if err != nil {
			return err
		}
		return f.delete(ctx, tx, a, u)
	})
}

func (f *Feature) delete(ctx context.Context, tx *db.Tx, a act, u User) error {
	if err := a.on(ctx, tx, u); err != nil {
		return err
	}
	if err := a.spare(ctx, tx, u); err != nil {
		return err
	}
	d, err := f.SoftDelete(ctx, tx, a.who, u, a.deletedKind())
	if err != nil {
		return err
	}
	if err := f.tellDeleted(ctx, tx, a.tenant, u, d); err != nil {
		return err
	}
	return audit.Record(ctx, tx, a.who, audit.Entry{Tenant: u.TenantID, Act: "user.delete", Target: u.ID})
}

// SoftDelete hides a live user with everything it has, writes the departure and
// ends what the person has open here. The caller has decided that it may be,
// and records its own act.
func (f *Feature) SoftDelete(ctx context.Context, tx *db.Tx, who actor.Actor, u User, kind DeletedKind) (Departure, error) {
	had, err := f.HadBy(ctx, tx, u.ID)
	if err != nil {
		return Departure{}, err
	}
	p, err := readPulse(ctx, tx)
	if err != nil {
		return Departure{}, err
	}
	d := Departure{ID: f.IDs.New(), UserID: u.ID, At: tx.Now(), Kind: kind, PurgeAt: purgeDate(tx.Now(), p.last), Had: had}
	if who.Kind == actor.Administrator {
		d.ByUser = who.UserID
	}
	was, err := markDeleted(ctx, tx, u.ID, kind, d.PurgeAt)
	if err != nil {
		return Departure{}, err
	}
	if !was {
		return Departure{}, fault.Missing()
	}
	if u.AccountID == "" { // an invitation restored is sent anew; its old link stays dead
		if err := killLinks(ctx, tx, u.ID); err != nil {
			return Departure{}, err
		}
	}
	if err := insertDeparture(ctx, tx, d, u.TenantID); err != nil {
		return Departure{}, err
	}
	return d, f.cutOff(ctx, tx, u, "deleted")
}

// HadBy is what a user has this moment.
func (f *Feature) HadBy(ctx context.Context, c db.Conn, userID string) (Had, error) {
	groups, err := GroupsOf(ctx, c, userID)
	if err != nil {
		return Had{}, err
	}
	roles, err := RolesOf(ctx, c, userID)
	return Had{Groups: groups, Roles: roles}, err
}

// RemoveIn deletes a user at the person's own wish, in the transaction of
// granting it. No letter says so: the caller has one.
func (f *Feature) RemoveIn(ctx context.Context, tx *db.Tx, who actor.Actor, u User) (Departure, error) {
	a, err := begin(ctx, tx, who, u.TenantID, AnswerMemberships)
	if err != nil {
		return Departure{}, err
	}
	if err := a.on(ctx, tx, u); err != nil {
		return Departure{}, err
	}
	if err := a.spare(ctx, tx, u); err != nil {
		return Departure{}, err
	}
	d, err := f.SoftDelete(ctx, tx, a.who, u, a.deletedKind())
	if err != nil {
		return Departure{}, err
	}
	return d, audit.Record(ctx, tx, a.who, audit.Entry{Tenant: u.TenantID, Act: "user.delete", Target: u.ID})
}
