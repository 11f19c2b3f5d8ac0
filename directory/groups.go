package directory

import (
	"context"

	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
)

// CreateGroup makes a group. Names are unique in a tenant.
func (f *Feature) CreateGroup(ctx context.Context, who actor.Actor, tenantID, name, description string) (g Group, err error) {
	err = f.do(ctx, who, ManageUsers, audit.Entry{Tenant: tenantID, Act: "group.create"}, func(tx *db.Tx, a act) error {
		name, nameErr := groupName(name)
		description, descriptionErr := groupDescription(description)
		if err := gather("name", nameErr, "description", descriptionErr); err != nil {
			return err
		}
		g = Group{ID: f.IDs.Random(), TenantID: a.tenant.ID, Name: name, Description: description, CreatedAt: tx.Now()}
		free, err := insertGroup(ctx, tx, g)
		if err != nil {
			return err
		}
		if !free {
			return groupTaken()
		}
		a.entry.Target = g.ID
		return a.record(ctx, tx)
	})
	if err != nil {
		return Group{}, err
	}
	return g, nil
}

// DeleteGroup removes a group for good, unless the organization has said something of
// it. Deleted users who were in it come back without it; their departure names it.
func (f *Feature) DeleteGroup(ctx context.Context, who actor.Actor, tenantID, groupID string) error {
	return f.do(ctx, who, ManageUsers, audit.Entry{Tenant: tenantID, Act: "group.delete", Target: groupID}, func(tx *db.Tx, a act) error {
		g, err := a.group(ctx, tx, groupID)
		if err != nil {
			return err
		}
		uses, err := f.UsesOf(ctx, tx, a.tenant.ID, g.ID)
		if err != nil {
			return err
		}
		if err := deletable(uses); err != nil {
			return err
		}
		if err := deleteGroup(ctx, tx, g.ID); err != nil {
			return err
		}
		return a.record(ctx, tx)
	})
}

// AddMember puts a live user into a group; twice is harmless.
func (f *Feature) AddMember(ctx context.Context, who actor.Actor, tenantID, groupID, userID string) error {
	entry := audit.Entry{Tenant: tenantID, Act: "group.add", Target: groupID, Other: userID, Subject: userID}
	return f.do(ctx, who, ManageUsers, entry, func(tx *db.Tx, a act) error {
		u, err := a.liveUser(ctx, tx, userID)
		if err != nil {
			return err
		}
		return f.join(ctx, tx, a, groupID, u)
	})
}

// join puts a user into a group, if the actor may act on the user and change who is in
// the group.
func (f *Feature) join(ctx context.Context, tx *db.Tx, a act, groupID string, u User) error {
	if err := f.regroup(ctx, tx, a, groupID); err != nil {
		return err
	}
	if err := a.on(ctx, tx, u); err != nil {
		return err
	}
	return f.addMember(ctx, tx, a, groupID, u)
}

func (f *Feature) addMember(ctx context.Context, tx *db.Tx, a act, groupID string, u User) error {
	g, err := a.group(ctx, tx, groupID)
	if err != nil {
		return err
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
	return f.do(ctx, who, ManageUsers, entry, func(tx *db.Tx, a act) error {
		g, err := a.group(ctx, tx, groupID)
		if err != nil {
			return err
		}
		u, err := a.anyUser(ctx, tx, userID)
		if err != nil {
			return err
		}
		if err := f.regroup(ctx, tx, a, g.ID); err != nil {
			return err
		}
		if err := a.on(ctx, tx, u); err != nil {
			return err
		}
		removed, err := deleteMember(ctx, tx, g.ID, u.ID)
		if err != nil || !removed {
			return err
		}
		return a.record(ctx, tx)
	})
}
