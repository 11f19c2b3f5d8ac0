package directory

import (
	"context"

	"sojourn/accounts"
	"sojourn/internal/db"
)

const groupColumns = `g.id, g.tenant_id, g.name, g.description, g.created_at`

func scanGroup(r db.Row) (g Group, err error) {
	err = r.Scan(&g.ID, &g.TenantID, &g.Name, &g.Description, db.At(&g.CreatedAt))
	return
}

func scanCountedGroup(r db.Row) (g Group, err error) {
	err = r.Scan(&g.ID, &g.TenantID, &g.Name, &g.Description, db.At(&g.CreatedAt), &g.Members)
	return
}

// GroupBy finds a group of a tenant by id.
func GroupBy(ctx context.Context, c db.Conn, tenantID, groupID string) (g Group, found bool, err error) {
	return db.Maybe(ctx, c, scanGroup, `SELECT `+groupColumns+` FROM groups g WHERE g.id = $1 AND g.tenant_id = $2`, groupID, tenantID)
}

// GroupNamed finds a group of a tenant by name.
func GroupNamed(ctx context.Context, c db.Conn, tenantID, name string) (g Group, found bool, err error) {
	return db.Maybe(ctx, c, scanGroup, `SELECT `+groupColumns+` FROM groups g WHERE g.tenant_id = $1 AND g.sort_key = $2`, tenantID, sortKey(name))
}

// Groups lists the groups of a tenant by name from a cursor on, with the number
// of their live members.
func Groups(ctx context.Context, c db.Conn, tenantID, prefix string, after Cursor, limit int) ([]Group, error) {
	from, to := span(accounts.Fold(prefix))
	return db.All(ctx, c, scanCountedGroup, `
		SELECT `+groupColumns+`, (SELECT count(*) FROM members m JOIN live_users u ON u.id = m.user_id WHERE m.group_id = g.id)
		  FROM groups g
		 WHERE g.tenant_id = $1 AND g.sort_key >= $2 AND g.sort_key < $3 AND (g.sort_key, g.id) > ($4, $5)
		 ORDER BY g.sort_key, g.id LIMIT $6`, tenantID, from, to, after.Bytes(), after.ID, limit)
}

// GroupCursor is the cursor behind a group in the list by name.
func GroupCursor(g Group) Cursor { return Cursor{Key: sortKey(g.Name), ID: g.ID} }

// FirstGroups are the groups a form lists to pick from, by name; more says that
// the tenant has others.
func FirstGroups(ctx context.Context, c db.Conn, tenantID string) (list []Group, more bool, err error) {
	list, err = Groups(ctx, c, tenantID, "", Cursor{}, PageSize+1)
	list, next := Cut(list, GroupCursor)
	return list, next != "", err
}

// GroupsOf lists the groups of a user.
func GroupsOf(ctx context.Context, c db.Conn, userID string) ([]Named, error) {
	return db.All(ctx, c, scanNamed, `
		SELECT g.id, g.name FROM members m JOIN groups g ON g.id = m.group_id WHERE m.user_id = $1 ORDER BY g.sort_key, g.id`, userID)
}

// MembersOf lists the live members of a group by name from a cursor on.
func MembersOf(ctx context.Context, c db.Conn, tenantID, groupID string, after Cursor, limit int) ([]User, error) {
	return db.All(ctx, c, scanUser, `
		SELECT `+userColumns+` FROM users u JOIN members m ON m.user_id = u.id
		 WHERE m.group_id = $1 AND u.tenant_id = $2 AND u.deleted_at IS NULL AND (u.sort_key, u.id) > ($3, $4)
		 ORDER BY u.sort_key, u.id LIMIT $5`, groupID, tenantID, after.Bytes(), after.ID, limit)
}

func insertGroup(ctx context.Context, tx *db.Tx, g Group) (bool, error) {
	n, err := db.Changed(ctx, tx, `
		INSERT INTO groups (id, tenant_id, name, sort_key, description, created_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
		g.ID, g.TenantID, g.Name, sortKey(g.Name), g.Description, db.Micros(g.CreatedAt))
	return n == 1, err
}

// setGroup gives false where another group of the tenant has the name.
func setGroup(ctx context.Context, tx *db.Tx, g Group) (bool, error) {
	n, err := db.Changed(ctx, tx, `
		UPDATE groups SET name = $2, sort_key = $3, description = $4
		 WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM groups o WHERE o.tenant_id = $5 AND o.sort_key = $3 AND o.id <> $1)`,
		g.ID, g.Name, sortKey(g.Name), g.Description, g.TenantID)
	return n == 1, err
}

func deleteGroup(ctx context.Context, tx *db.Tx, groupID string) error {
	if _, err := tx.Exec(ctx, `DELETE FROM members WHERE group_id = $1`, groupID); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `DELETE FROM groups WHERE id = $1`, groupID)
	return err
}

func insertMember(ctx context.Context, tx *db.Tx, tenantID, groupID, userID string) (bool, error) {
	n, err := db.Changed(ctx, tx, `INSERT INTO members (tenant_id, group_id, user_id, added_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
		tenantID, groupID, userID, db.Micros(tx.Now()))
	return n == 1, err
}

func deleteMember(ctx context.Context, tx *db.Tx, groupID, userID string) (bool, error) {
	n, err := db.Changed(ctx, tx, `DELETE FROM members WHERE group_id = $1 AND user_id = $2`, groupID, userID)
	return n == 1, err
}
