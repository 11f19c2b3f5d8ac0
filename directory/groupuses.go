package directory

import (
	"context"

	"sojourn/internal/db"
)

// GroupUses knows what other rooms have been told of groups.
type GroupUses interface {
	UsesOf(ctx context.Context, c db.Conn, tenantID, groupID string) ([]GroupUse, error)
}

// UsesOf lists everything an organization has said of a group, here or in other rooms.
func (f *Feature) UsesOf(ctx context.Context, c db.Conn, tenantID, groupID string) ([]GroupUse, error) {
	var uses []GroupUse
	e, err := ExperienceOf(ctx, c, tenantID)
	if err != nil {
		return nil, err
	}
	if e.Group() == groupID && groupID != "" {
		uses = append(uses, GroupUse{Key: "directory.experience.title", Page: []string{"experience"}, Read: ManageProperties, Write: ManageProperties})
	}
	if f.Uses == nil {
		return uses, nil
	}
	more, err := f.Uses.UsesOf(ctx, c, tenantID, groupID)
	return append(uses, more...), err
}

// regroup holds the actor against what the organization has said of a group before it
// is changed.
func (f *Feature) regroup(ctx context.Context, tx *db.Tx, a act, groupID string) error {
	if a.operator() {
		return nil
	}
	uses, err := f.UsesOf(ctx, tx, a.tenant.ID, groupID)
	if err != nil {
		return err
	}
	if err := MayRegroup(a.roles, uses); err != nil {
		return err
	}
	if asksProof(uses) {
		return a.proved(tx)
	}
	return nil
}
