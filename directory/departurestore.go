package directory

import (
	"context"
	"encoding/json"
	"fmt"

	"sojourn/internal/db"
)

func insertDeparture(ctx context.Context, tx *db.Tx, d Departure, tenantID string) error {
	had, err := json.Marshal(d.Had)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `
		INSERT INTO departures (id, tenant_id, user_id, at, kind, by_user, purge_at, had, result)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '')`,
		d.ID, tenantID, d.UserID, db.Micros(d.At), d.Kind, db.Null(d.ByUser), db.Micros(d.PurgeAt), string(had))
	return err
}

// LastDeparture is the record of the deletion a user is in.
func LastDeparture(ctx context.Context, c db.Conn, tenantID, userID string) (d Departure, found bool, err error) {
	return db.Maybe(ctx, c, func(r db.Row) (d Departure, err error) {
		var had string
		err = r.Scan(&d.ID, &d.UserID, db.At(&d.At), &d.Kind, db.Opt(&d.ByUser), db.Opt(&d.ByName), db.At(&d.PurgeAt), &had,
			db.At(&d.RestoredAt), db.Opt(&d.RestoredBy))
		if err != nil {
			return d, err
		}
		if err := json.Unmarshal([]byte(had), &d.Had); err != nil {
			return d, fmt.Errorf("departure %s: %w", d.ID, err)
		}
		return d, nil
	}, `
		SELECT d.id, d.user_id, d.at, d.kind, d.by_user, b.display_name, d.purge_at, d.had, d.restored_at, d.restored_by
		  FROM departures d LEFT JOIN users b ON b.id = d.by_user AND b.tenant_id = d.tenant_id
		 WHERE d.user_id = $1 AND d.tenant_id = $2 ORDER BY d.at DESC, d.id DESC LIMIT 1`, userID, tenantID)
}

// closeDeparture ends a departure with what its restore gave.
func closeDeparture(ctx context.Context, tx *db.Tx, departureID, by string, result Restored) error {
	text, err := json.Marshal(result)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `UPDATE departures SET restored_at = $2, restored_by = $3, result = $4 WHERE id = $1`,
		departureID, db.Micros(tx.Now()), db.Null(by), string(text))
	return err
}
