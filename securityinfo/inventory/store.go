package inventory

import (
	"context"

	"sojourn/internal/db"
)

// person is who has a token, or whom it waits for.
type person struct {
	ID, Name string
	Deleted  bool
}

// peopleOf finds users of a tenant by their id or, at home there, by their account.
func peopleOf(ctx context.Context, c db.Conn, tenantID string, userIDs, accountIDs []string) (byID, byAccount map[string]person, err error) {
	byID, byAccount = map[string]person{}, map[string]person{}
	scan := func(r db.Row) (account string, err error) {
		var p person
		var tenant string
		err = r.Scan(&p.ID, &p.Name, &p.Deleted, &tenant, db.Opt(&account))
		if tenant == tenantID {
			byID[p.ID], byAccount[account] = p, p
		}
		return
	}
	if len(userIDs) > 0 {
		if _, err = db.AllAmong(ctx, c, scan, `SELECT u.id, u.display_name, u.deleted_at IS NOT NULL, u.tenant_id, u.account_id FROM users u WHERE u.id IN ($1)`, userIDs); err != nil {
			return
		}
	}
	if len(accountIDs) > 0 {
		_, err = db.AllAmong(ctx, c, scan, `
			SELECT u.id, u.display_name, u.deleted_at IS NOT NULL, u.tenant_id, a.id
			  FROM accounts a JOIN users u ON u.id = a.home_user_id WHERE a.id IN ($1)`, accountIDs)
	}
	return
}
