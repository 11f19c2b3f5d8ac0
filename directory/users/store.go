package users

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"sojourn/directory"
	"sojourn/internal/db"
)

// many is how many ids one statement takes. Fewer are filled up with the last
// one, so that there is one text to prepare.
const many = directory.PageSize + 1

var anyOfMany = ` IN (` + strings.Repeat(`$?, `, many-1) + `$?)`

func filled(ids []string) []any {
	args := make([]any, many)
	for i := range args {
		args[i] = ids[min(i, len(ids)-1)]
	}
	return args
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
func lifeOf(ctx context.Context, c db.Conn, tenantID, userID string, limit int) ([]moment, error) {
	return db.All(ctx, c, func(r db.Row) (m moment, err error) {
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
