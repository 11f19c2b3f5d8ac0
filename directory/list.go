package directory

import (
	"context"
	"encoding/base64"
	"strconv"
	"strings"
	"time"

	"sojourn/internal/db"
)

// Cursor is where a list goes on: behind the row with this key and id.
type Cursor struct {
	Key []byte
	ID  string
}

// Bytes is the key as a value to compare with: never NULL.
func (c Cursor) Bytes() []byte {
	if c.Key == nil {
		return []byte{}
	}
	return c.Key
}

// String is the cursor as it stands in a link.
func (c Cursor) String() string {
	return base64.RawURLEncoding.EncodeToString(c.Key) + "." + c.ID
}

// ParseCursor reads a cursor; anything else is the start of the list.
func ParseCursor(s string) Cursor {
	key, id, found := strings.Cut(s, ".")
	raw, err := base64.RawURLEncoding.DecodeString(key)
	if !found || err != nil {
		return Cursor{}
	}
	return Cursor{Key: raw, ID: id}
}

// PageSize is how many lines one page of a list has.
const PageSize = 50

// Cut ends a list that was read with one line more than a page has, and gives
// the cursor behind its last line, "" at the end of the list.
func Cut[T any](lines []T, behind func(T) Cursor) ([]T, string) {
	if len(lines) <= PageSize {
		return lines, ""
	}
	lines = lines[:PageSize]
	return lines, behind(lines[PageSize-1]).String()
}

// Filter narrows the list of users. Empty fields do not narrow.
type Filter struct {
	Query    string // every word must begin a word of the user
	Type     UserType
	Active   bool // only enabled ones that wait for nothing
	Disabled bool // only disabled ones
	Pending  bool // only invitations not yet accepted
	Role     Role
}

// Users lists the live users of a tenant by name from a cursor on.
func Users(ctx context.Context, c db.Conn, tenantID string, f Filter, after Cursor, limit int) ([]User, error) {
	s := searched(tenantID, f.Query)
	var w db.Where
	s.few = f.Role != ""
	s.within(&w)
	w.And(`u.deleted_at IS NULL`)
	w.And(`(u.sort_key, u.id) > ($?, $?)`, after.Bytes(), after.ID)
	f.conditions(&w)
	if f.Role != "" {
		w.And(`u.id IN (SELECT r.user_id FROM roles r WHERE r.tenant_id = $? AND r.role = $?)`, tenantID, f.Role)
	}
	return listUsers(ctx, c, w, limit)
}

// conditions adds those that have an index each, in its words.
func (f Filter) conditions(w *db.Where) {
	if f.Type != "" {
		w.And(`u.user_type = $?`, f.Type)
	}
	if f.Active {
		w.And(`u.account_enabled AND u.external_state <> 'PendingAcceptance'`)
	}
	if f.Disabled {
		w.And(`NOT u.account_enabled`)
	}
	if f.Pending {
		w.And(`u.external_state = 'PendingAcceptance'`)
	}
}

// CursorOf is the cursor behind a user in the list by name.
func CursorOf(u User) Cursor { return Cursor{Key: sortKey(u.DisplayName), ID: u.ID} }

// DeletedFilter narrows the list of deleted users.
type DeletedFilter struct {
	Query string
	Type  UserType
	Kind  DeletedKind
	Soon  time.Time // only those purged before this time
	Held  bool      // only those on legal hold
}

// DeletedUser is a line of Deleted users.
type DeletedUser struct {
	User
	ByName string // who deleted, where it was an administrator still known
}

// Deleted lists the soft-deleted users of a tenant, the nearest purge first,
// from a cursor on.
func Deleted(ctx context.Context, c db.Conn, tenantID string, f DeletedFilter, after Cursor, limit int) ([]DeletedUser, error) {
	at, err := strconv.ParseInt(string(after.Key), 10, 64)
	if err != nil {
		at, after.ID = 0, ""
	}
	var w db.Where
	w.And(`u.deleted_at IS NOT NULL`)
	searched(tenantID, f.Query).within(&w)
	w.And(`(u.purge_at, u.id) > ($?, $?)`, at, after.ID)
	if f.Type != "" {
		w.And(`u.user_type = $?`, f.Type)
	}
	if f.Kind != "" {
		w.And(`u.deleted_kind = $?`, f.Kind)
	}
	if !f.Soon.IsZero() {
		w.And(`u.purge_at < $?`, db.Micros(f.Soon))
	}
	if f.Held {
		w.And(`u.hold_at IS NOT NULL`)
	}
	return listDeleted(ctx, c, w, limit)
}

// DeletedCursor is the cursor behind a deleted user.
func DeletedCursor(u User) Cursor {
	return Cursor{Key: []byte(strconv.FormatInt(u.PurgeAt.UnixMicro(), 10)), ID: u.ID}
}
