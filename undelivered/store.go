package undelivered

import (
	"context"
	"strings"

	"sojourn/directory"
	"sojourn/internal/db"
)

// owner is whose user it is, and where.
type owner struct {
	tenant, account string
	home            bool // the user owns the account
}

// ownersOf finds the accounts of users; who has none is left out.
func ownersOf(ctx context.Context, c db.Conn, userIDs []string) ([]owner, error) {
	return db.AllAmong(ctx, c, func(r db.Row) (o owner, err error) {
		err = r.Scan(&o.tenant, &o.account, &o.home)
		return
	}, `
		SELECT u.tenant_id, a.id, COALESCE(a.home_user_id = u.id, FALSE)
		  FROM users u JOIN accounts a ON a.id = u.account_id WHERE u.id IN ($1) ORDER BY u.id`, userIDs)
}

// onePage is as many accounts as a page of the list can name.
var onePage = ` IN (` + strings.Repeat(`$?, `, directory.PageSize-1) + `$?)`

// usersOf finds the users of accounts in a tenant, by account: a live one goes
// before a deleted one.
func usersOf(ctx context.Context, c db.Conn, tenantID string, accountIDs []string) (map[string]*Recipient, error) {
	out := map[string]*Recipient{}
	if len(accountIDs) == 0 {
		return out, nil
	}
	args := make([]any, directory.PageSize)
	for i := range args {
		args[i] = accountIDs[min(i, len(accountIDs)-1)]
	}
	var w db.Where
	w.And(`u.account_id`+onePage, args...)
	w.And(`u.tenant_id = $?`, tenantID)
	type found struct {
		account string
		Recipient
	}
	list, err := db.All(ctx, c, func(r db.Row) (f found, err error) {
		err = r.Scan(&f.account, &f.ID, &f.Name, &f.Deleted)
		return
	}, `SELECT u.account_id, u.id, u.display_name, u.deleted_at IS NOT NULL FROM users u WHERE `+w.Text(), w.Args()...)
	for _, f := range list {
		if old := out[f.account]; old == nil || old.Deleted {
			out[f.account] = &Recipient{ID: f.ID, Name: f.Name, Deleted: f.Deleted}
		}
	}
	return out, err
}
