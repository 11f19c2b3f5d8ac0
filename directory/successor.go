package directory

import (
	"context"

	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/fault"
)

// NameSuccessor makes somebody Global Administrator in the transaction of
// another act. It has to be somebody who can act as one from then on.
func (f *Feature) NameSuccessor(ctx context.Context, tx *db.Tx, who actor.Actor, tenantID, userID string) error {
	a, err := begin(ctx, tx, who, tenantID, ManageRoles)
	if err != nil {
		return err
	}
	u, found, err := LiveUser(ctx, tx, a.tenant.ID, userID)
	if err != nil {
		return err
	}
	if !found || u.ID == who.UserID {
		return notAble()
	}
	if err := f.grant(ctx, tx, a, u, GlobalAdministrator); err != nil {
		return err
	}
	able, _, err := effectiveAdministrators(ctx, tx, a.tenant.ID, u.ID)
	if err == nil && !able {
		err = notAble()
	}
	if err != nil {
		return err
	}
	return f.tellSuccessor(ctx, tx, a, u)
}

func notAble() error {
	return fault.New(fault.Invalid, "successor_not_able", "directory.successor.notAble").Field("successor", "directory.successor.notAble")
}

// Candidates lists who could take over from a Global Administrator, by name.
func Candidates(ctx context.Context, c db.Conn, tenantID, exceptUser, query string, after Cursor) ([]User, string, error) {
	list, err := candidates(ctx, c, tenantID, exceptUser, query, after, PageSize+1)
	if err != nil {
		return nil, "", err
	}
	list, next := Cut(list, CursorOf)
	return list, next, nil
}

// SoleUser says whether a tenant has one live user only.
func SoleUser(ctx context.Context, c db.Conn, tenantID string) (bool, error) {
	n, err := countLive(ctx, c, tenantID, 2)
	return n == 1, err
}
