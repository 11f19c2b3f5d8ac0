package audit

import (
	"context"

	"sojourn/internal/db"
)

func insert(ctx context.Context, tx *db.Tx, r Row) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO audit (id, tenant_id, at, actor, actor_id, act, target, other, result, reason, commitment)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		r.ID, db.Null(r.Tenant), db.Micros(r.At), string(r.Actor), r.ActorID, r.Act, r.Target, r.Other, r.Result, r.Reason, r.Commitment)
	return err
}

func insertDetails(ctx context.Context, tx *db.Tx, auditID, subject string, salt []byte, data string) error {
	_, err := tx.Exec(ctx, `INSERT INTO audit_details (audit_id, subject, salt, data) VALUES ($1, $2, $3, $4)`,
		auditID, subject, salt, data)
	return err
}

func eraseDetails(ctx context.Context, tx *db.Tx, subject string) error {
	_, err := tx.Exec(ctx, `DELETE FROM audit_details WHERE subject = $1`, subject)
	return err
}

// About lists the rows on one target in a tenant, newest first, at most limit.
func About(ctx context.Context, c db.Conn, tenantID, target string, limit int) ([]Row, error) {
	return db.All(ctx, c, scanRow, `
		SELECT id, tenant_id, at, actor, actor_id, act, target, other, result, reason
		  FROM audit WHERE target = $1 AND tenant_id = $2 ORDER BY at DESC, id DESC LIMIT $3`,
		target, tenantID, limit)
}

func scanRow(r db.Row) (a Row, err error) {
	err = r.Scan(&a.ID, db.Opt(&a.Tenant), db.At(&a.At), &a.Actor, &a.ActorID, &a.Act, &a.Target, &a.Other, &a.Result, &a.Reason)
	return
}
