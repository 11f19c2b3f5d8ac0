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
