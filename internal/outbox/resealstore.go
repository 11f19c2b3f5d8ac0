package outbox

import (
	"context"

	"sojourn/internal/db"
)

func payloadsAfter(ctx context.Context, c db.Conn, after string, limit int) ([]claimed, error) {
	return db.All(ctx, c, func(r db.Row) (m claimed, err error) {
		err = r.Scan(&m.id, db.Opt(&m.tenant), &m.payload)
		return
	}, `SELECT id, tenant_id, payload FROM outbox WHERE id > $1 AND payload IS NOT NULL ORDER BY id LIMIT $2`, after, limit)
}

func putPayload(ctx context.Context, c db.Conn, id string, was, fresh []byte) (bool, error) {
	n, err := db.Changed(ctx, c, `UPDATE outbox SET payload = $3 WHERE id = $1 AND payload = $2`, id, was, fresh)
	return n == 1, err
}
