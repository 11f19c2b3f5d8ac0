package audit

import (
	"context"
	"slices"

	"sojourn/internal/db"
)

// rowsAtOnce is how many rows one statement writes.
const rowsAtOnce = 100

func insert(ctx context.Context, tx *db.Tx, rows []Row) error {
	var args []any
	for _, r := range rows {
		args = append(args, r.ID, db.Null(r.Tenant), db.Micros(r.At), string(r.Actor), r.ActorID, r.Act, r.Target, r.Other, r.Result, r.Reason, r.Commitment)
	}
	return tx.InsertRows(ctx, "audit (id, tenant_id, at, actor, actor_id, act, target, other, result, reason, commitment)", len(rows), args)
}

func insertDetails(ctx context.Context, tx *db.Tx, parts []part) error {
	for some := range slices.Chunk(parts, rowsAtOnce) {
		var args []any
		for _, p := range some {
			args = append(args, p.row, p.subject, p.salt, p.data)
		}
		if err := tx.InsertRows(ctx, "audit_details (audit_id, subject, salt, data)", len(some), args); err != nil {
			return err
		}
	}
	return nil
}

func eraseDetails(ctx context.Context, tx *db.Tx, subjects []string) error {
	return tx.ExecAmong(ctx, `DELETE FROM audit_details WHERE subject IN ($1)`, subjects)
}
