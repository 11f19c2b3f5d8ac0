package directory

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"sojourn/accounts"
	"sojourn/internal/db"
)

// many is how many ids one statement takes. Fewer are filled up with the last
// one, so that there is one text to prepare.
const many = pageSize + 1

var anyOfMany = ` IN (` + strings.Repeat(`$?, `, many-1) + `$?)`

func filled(ids []string) []any {
	args := make([]any, many)
	for i := range args {
		args[i] = ids[min(i, len(ids)-1)]
	}
	return args
}

// rolesOfUsers reads the roles of at most a page of users.
func rolesOfUsers(ctx context.Context, c db.Conn, userIDs []string) (map[string][]Role, error) {
	out := map[string][]Role{}
	if len(userIDs) == 0 {
		return out, nil
	}
	var w db.Where
	w.And(`r.user_id`+anyOfMany, filled(userIDs)...)
	_, err := db.All(ctx, c, func(r db.Row) (id string, err error) {
		var role Role
		err = r.Scan(&id, &role)
		out[id] = append(out[id], role)
		return
	}, `SELECT r.user_id, r.role FROM roles r WHERE `+w.Text(), w.Args()...)
	return out, err
}

// namesOf reads the names of users of a tenant, live or deleted. Empty ids and
// those that are gone have none; more than a statement takes are not looked up.
func namesOf(ctx context.Context, c db.Conn, tenantID string, userIDs []string) (map[string]string, error) {
	out := map[string]string{}
	var w db.Where
	w.And(`u.tenant_id = $?`, tenantID)
	w.And(`u.id`+anyOfMany, filled(userIDs)...)
	_, err := db.All(ctx, c, func(r db.Row) (id string, err error) {
		var name string
		err = r.Scan(&id, &name)
		out[id] = name
		return
	}, `SELECT u.id, u.display_name FROM users u WHERE `+w.Text(), w.Args()...)
	return out, err
}

// lifeOf lists the acts done that tell the life of a user, the newest first.
// Those who did them have their id only.
func lifeOf(ctx context.Context, c db.Conn, tenantID, userID string, limit int) ([]Moment, error) {
	return db.All(ctx, c, func(r db.Row) (m Moment, err error) {
		err = r.Scan(db.At(&m.At), &m.Act, &m.Other, &m.Actor, &m.By.ID)
		return
	}, lifeText, userID, tenantID, limit)
}

var lifeText = `
	SELECT at, act, other, actor, actor_id FROM audit
	 WHERE target = $1 AND tenant_id = $2 AND result = 'done' AND act IN ('` + strings.Join(slices.Sorted(maps.Keys(lifeKeys)), `', '`) + `')
	 ORDER BY at DESC, id DESC LIMIT $3`

// restoresOf lists the closed departures of a user by the moment of the restore.
func restoresOf(ctx context.Context, c db.Conn, userID string) (map[int64]string, error) {
	out := map[int64]string{}
	_, err := db.All(ctx, c, func(r db.Row) (id string, err error) {
		var at time.Time
		err = r.Scan(&id, db.At(&at))
		out[at.UnixMicro()] = id
		return
	}, `SELECT id, restored_at FROM departures WHERE user_id = $1 AND restored_at IS NOT NULL ORDER BY at DESC LIMIT 50`, userID)
	return out, err
}

// restoredDeparture reads a departure that ended in a restore; RestoredBy is the
// name of who did it, where still known.
func restoredDeparture(ctx context.Context, c db.Conn, tenantID, departureID string) (d Departure, result string, found bool, err error) {
	d, found, err = db.Maybe(ctx, c, func(r db.Row) (d Departure, err error) {
		err = r.Scan(&d.ID, &d.UserID, &d.Kind, db.At(&d.RestoredAt), db.Opt(&d.RestoredBy), &result)
		return
	}, `
		SELECT d.id, d.user_id, d.kind, d.restored_at, b.display_name, d.result
		  FROM departures d LEFT JOIN users b ON b.id = d.restored_by AND b.tenant_id = d.tenant_id
		 WHERE d.id = $1 AND d.tenant_id = $2 AND d.restored_at IS NOT NULL`, departureID, tenantID)
	return d, result, found, err
}

// countMembers counts the live members of a group, and the deleted ones hidden
// in it.
func countMembers(ctx context.Context, c db.Conn, groupID string) (live, hidden int, err error) {
	n, err := db.One(ctx, c, func(r db.Row) (n [2]int, err error) { err = r.Scan(&n[0], &n[1]); return }, `
		SELECT count(*) FILTER (WHERE u.deleted_at IS NULL), count(*) FILTER (WHERE u.deleted_at IS NOT NULL)
		  FROM members m JOIN users u ON u.id = m.user_id WHERE m.group_id = $1`, groupID)
	return n[0], n[1], err
}

// countHeld counts the deleted users on legal hold, up to max.
func countHeld(ctx context.Context, c db.Conn, tenantID string, max int) (int, error) {
	return db.Count(ctx, c, `
		SELECT count(*) FROM (SELECT 1 FROM users WHERE tenant_id = $1 AND deleted_at IS NOT NULL AND hold_at IS NOT NULL LIMIT $2) AS few`, tenantID, max)
}

// usersNamed lists live users found by an address as a whole; what it finds is a
// superset, since long words are kept cut.
func usersNamed(ctx context.Context, c db.Conn, tenantID, address string) ([]User, error) {
	return db.All(ctx, c, scanUser, `
		SELECT `+userColumns+`
		  FROM users u JOIN user_words w ON w.tenant_id = u.tenant_id AND w.user_id = u.id
		 WHERE u.tenant_id = $1 AND w.word = $2 AND u.deleted_at IS NULL
		 ORDER BY u.id LIMIT 100`, tenantID, wordKey(accounts.Fold(address)))
}
