package directory

import (
	"context"

	"sojourn/internal/actor"
	"sojourn/internal/db"
)

// SettingsUnder reads the settings of an organization whose names begin so. Which name
// lies between two others is for the database's collation to say, and differs.
func SettingsUnder(ctx context.Context, c db.Conn, tenantID, prefix string) ([]Setting, error) {
	return db.All(ctx, c, func(r db.Row) (s Setting, err error) {
		var by string
		err = r.Scan(&s.Name, &s.Value, db.At(&s.SetAt), &by, db.Opt(&s.SetBy))
		s.ByOperator = by == string(actor.Operator)
		return
	}, `
		SELECT x.name, x.value, x.set_at, x.set_by, u.display_name
		  FROM settings x LEFT JOIN users u ON u.id = x.set_by AND u.tenant_id = x.tenant_id
		 WHERE x.tenant_id = $1 AND substr(x.name, 1, length($2)) = $2 ORDER BY x.name`, tenantID, prefix)
}

func saveSetting(ctx context.Context, tx *db.Tx, tenantID, name, value, by string) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO settings (tenant_id, name, value, set_at, set_by) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (tenant_id, name) DO UPDATE SET value = $3, set_at = $4, set_by = $5`, tenantID, name, value, db.Micros(tx.Now()), by)
	return err
}
