package directory

import (
	"context"
	"fmt"

	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
)

// CreateGroup makes a group. Names are unique in a tenant.
func (f *Feature) CreateGroup(ctx context.Context, who actor.Actor, tenantID, name, description string) (Group, error) {
	var g Group
	entry := audit.Entry{Tenant: tenantID, Act: "group.create"}
	err := f.DB.Tx(ctx, func(tx *db.Tx) error {
		a, err := begin(ctx, tx, who, tenantID, ManageUsers)
		if err != nil {
			return err
		}
		entry.Tenant = a.tenant.ID
		name, nameErr := GroupName(name)
		description, descriptionErr := GroupDescription(description)
		if err := gather("name", nameErr, "description", descriptionErr); err != nil {
			return err
		}
		g = Group{ID: f.IDs.Random(), TenantID: a.tenant.ID, Name: name, Description: description, CreatedAt: tx.Now()}
		free, err := insertGroup(ctx, tx, g)
		if err != nil {
			return err
		}
		if !free {
			return fault.New(fault.Conflict, "group_exists", "directory.group.name.taken").Field("name", "directory.group.name.taken")
		}
		entry.Target = g.ID
		return audit.Record(ctx, tx, who, entry)
	})
	if err != nil {
		return Group{}, audit.Refused(ctx, f.DB, who, entry, fmt.Errorf("create group: %w", err))
	}
	return g, nil
}

// DeleteGroup removes a group for good. Deleted users who were in it come back
// without it; their departure names it.
func (f *Feature) DeleteGroup(ctx context.Context, who actor.Actor, tenantID, groupID string) error {
	entry := audit.Entry{Tenant: tenantID, Act: "group.delete", Target: groupID}
	err := f.DB.Tx(ctx, func(tx *db.Tx) error {
		a, g, err := beginGroup(ctx, tx, who, tenantID, groupID)
		if err != nil {
			return err
		}
		entry.Tenant = a.tenant.ID
		if err := deleteGroup(ctx, tx, g.ID); err != nil {
			return err
		}
		return audit.Record(ctx, tx, who, entry)
	})
	if err != nil {
		return audit.Refused(ctx, f.DB, who, entry, fmt.Errorf("delete group: %w", err))
	}
	return nil
}

// AddMember puts a live user into a group; twice is harmless.
func (f *Feature) AddMember(ctx context.Context, who actor.Actor, tenantID, groupID, userID string) error {
	entry := audit.Entry{Tenant: tenantID, Act: "group.add", Target: groupID, Other: userID, Subject: userID}
	err := f.DB.Tx(ctx, func(tx *db.Tx) error {
		a, err := begin(ctx, tx, who, tenantID, ManageUsers)
		if err != nil {
			return err
		}
		entry.Tenant = a.tenant.ID
		u, err := a.liveUser(ctx, tx, userID)
		if err != nil {
			return err
		}
		return f.addMember(ctx, tx, a, groupID, u)
	})
	if err != nil {
		return audit.Refused(ctx, f.DB, who, entry, fmt.Errorf("add member: %w", err))
	}
	return nil
}

func (f *Feature) addMember(ctx context.Context, tx *db.Tx, a act, groupID string, u User) error {
	g, found, err := GroupBy(ctx, tx, a.tenant.ID, groupID)
	if err != nil {
		return err
	}
	if !found {
		return fault.Missing()
	}
	added, err := insertMember(ctx, tx, g.TenantID, g.ID, u.ID)
	if err != nil || !added {
		return err
	}
	return audit.Record(ctx, tx, a.who, audit.Entry{Tenant: g.TenantID, Act: "group.add", Target: g.ID, Other: u.ID, Subject: u.ID})
}

// RemoveMember takes a user out of a group. It works on a deleted user too: what
// was taken away meanwhile stays away after a restore.
func (f *Feature) RemoveMember(ctx context.Context, who actor.Actor, tenantID, groupID, userID string) error {
	entry := audit.Entry{Tenant: tenantID, Act: "group.remove", Target: groupID, Other: userID, Subject: userID}
	err := f.DB.Tx(ctx, func(tx *db.Tx) error {
		a, g, err := beginGroup(ctx, tx, who, tenantID, groupID)
		if err != nil {
			return err
		}
		entry.Tenant = a.tenant.ID
		removed, err := deleteMember(ctx, tx, g.ID, userID)
		if err != nil || !removed {
			return err
		}
		return audit.Record(ctx, tx, who, entry)
	})
	if err != nil {
		return audit.Refused(ctx, f.DB, who, entry, fmt.Errorf("remove member: %w", err))
	}
	return nil
}

func beginGroup(ctx context.Context, tx *db.Tx, who actor.Actor, tenantID, groupID string) (act, Group, error) {
	a, err := begin(ctx, tx, who, tenantID, ManageUsers)
	if err != nil {
		return act{}, Group{}, err
	}
	g, found, err := GroupBy(ctx, tx, a.tenant.ID, groupID)
	if err == nil && !found {
		err = fault.Missing()
	}
	return a, g, err
}
