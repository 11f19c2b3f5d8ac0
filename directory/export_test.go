package directory

import (
	"context"
	"strings"

	"sojourn/internal/db"
)

// PlanOf is how SQLite reads a list of users.
func PlanOf(ctx context.Context, c db.Conn, query string, f Filter) (string, error) {
	var w db.Where
	w.And(`u.deleted_at IS NULL`)
	searched("t", query).within(&w)
	w.And(`(u.sort_key, u.id) > ($?, $?)`, []byte{}, "")
	f.conditions(&w)
	w.Limit(PageSize)
	steps, err := db.All(ctx, c, func(r db.Row) (s string, err error) {
		var a, b, n int
		err = r.Scan(&a, &b, &n, &s)
		return
	}, `EXPLAIN QUERY PLAN SELECT u.id, u.display_name FROM users u WHERE `+w.Text()+` ORDER BY u.sort_key, u.id LIMIT `+w.Last(), w.Args()...)
	return strings.Join(steps, "; "), err
}
