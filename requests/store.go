package requests

import (
	"context"
	"math"
	"time"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/db"
)

const requestColumns = `r.id, r.tenant_id, r.account_id, r.user_id, r.kind, r.state, r.text, r.opened_at, r.due_at, r.extended_at, r.extension,
	r.closed_at, r.decided_by, r.answer, r.reminded, r.escalated_at, r.receipt_id,
	t.name, t.state, COALESCE(u.display_name, h.display_name), COALESCE(u.mail, h.mail), COALESCE(u.principal_name, h.principal_name), b.display_name,
	u.id IS NOT NULL, CASE WHEN u.hold_at IS NULL THEN u.purge_at END,
	(SELECT MIN(d.at) FROM departures d WHERE d.user_id = r.user_id AND d.at >= r.opened_at),
	(SELECT MAX(d.restored_at) FROM departures d WHERE d.user_id = r.user_id AND d.restored_at >= r.opened_at),
	EXISTS (SELECT 1 FROM connections c WHERE c.tenant_id = r.tenant_id AND c.account_id = r.account_id AND c.ended_at IS NULL),
	(SELECT MIN(c.ended_at) FROM connections c WHERE c.tenant_id = r.tenant_id AND c.account_id = r.account_id AND c.ended_at >= r.opened_at)`

// Of direct connect the organization knows the home user; once their data is
// erased, nobody.
const requestTables = `
	  FROM requests r
	  JOIN tenants t ON t.id = r.tenant_id
	  LEFT JOIN users u ON u.id = r.user_id AND u.tenant_id = r.tenant_id
	  LEFT JOIN users b ON b.id = r.decided_by AND b.tenant_id = r.tenant_id
	  LEFT JOIN accounts a ON a.id = r.account_id AND r.kind = 'data' AND r.state NOT IN ('approved', 'met', 'lapsed')
	  LEFT JOIN users h ON h.id = a.home_user_id`

func scanRequest(row db.Row) (r Request, err error) {
	var mail, principal string
	err = row.Scan(&r.ID, &r.TenantID, db.Opt(&r.AccountID), db.Opt(&r.UserID), &r.Kind, &r.State, &r.Text, db.At(&r.OpenedAt), db.At(&r.DueAt),
		db.At(&r.ExtendedAt), &r.Extension, db.At(&r.ClosedAt), db.Opt(&r.DecidedBy), &r.Answer, &r.Reminded, db.At(&r.EscalatedAt), db.Opt(&r.ReceiptID),
		&r.Organization, &r.now.tenant, db.Opt(&r.Name), db.Opt(&mail), db.Opt(&principal), db.Opt(&r.DecidedName),
		&r.now.hasUser, db.At(&r.now.purgeAt), db.At(&r.now.leftAt), db.At(&r.now.restoredAt), &r.now.connected, db.At(&r.now.endedAt))
	if r.Address = mail; mail == "" {
		r.Address = principal
	}
	return r, err
}

// ofPerson reads one of a person's own requests.
func ofPerson(ctx context.Context, c db.Conn, accountID, requestID string) (Request, bool, error) {
	return db.Maybe(ctx, c, scanRequest, `SELECT `+requestColumns+requestTables+` WHERE r.id = $1 AND r.account_id = $2`, requestID, accountID)
}

// ofTenant reads a request made to an organization.
func ofTenant(ctx context.Context, c db.Conn, tenantID, requestID string) (Request, bool, error) {
	return db.Maybe(ctx, c, scanRequest, `SELECT `+requestColumns+requestTables+` WHERE r.id = $1 AND r.tenant_id = $2`, requestID, tenantID)
}

// openOne reads a person's open request of a kind to an organization.
func openOne(ctx context.Context, c db.Conn, tenantID, accountID string, kind Kind) (Request, bool, error) {
	return db.Maybe(ctx, c, scanRequest, `
		SELECT `+requestColumns+requestTables+`
		 WHERE r.tenant_id = $1 AND r.account_id = $2 AND r.kind = $3 AND r.state = 'open'`, tenantID, accountID, kind)
}

// listMine lists a person's requests, the newest first, those before a moment.
func listMine(ctx context.Context, c db.Conn, accountID string, before time.Time, id string, limit int) ([]Request, error) {
	at := int64(math.MaxInt64)
	if !before.IsZero() {
		at = before.UnixMicro()
	}
	return db.All(ctx, c, scanRequest, `
		SELECT `+requestColumns+requestTables+`
		 WHERE r.account_id = $1 AND (r.opened_at, r.id) < ($2, $3)
		 ORDER BY r.opened_at DESC, r.id DESC LIMIT $4`, accountID, at, id, limit)
}

// lastDeclined is when such a request was last declined, zero if never.
func lastDeclined(ctx context.Context, c db.Conn, tenantID, accountID string, kind Kind) (at time.Time, err error) {
	at, _, err = db.Maybe(ctx, c, func(r db.Row) (at time.Time, err error) { err = r.Scan(db.At(&at)); return }, `
		SELECT MAX(closed_at) FROM requests WHERE account_id = $1 AND tenant_id = $2 AND kind = $3 AND state = 'declined'`, accountID, tenantID, kind)
	return at, err
}

// userThere reads what decides of a person's user in an organization: the live
// one, else the one deleted last. On legal hold it has no date of purge.
func userThere(ctx context.Context, c db.Conn, tenantID, accountID string) (u directory.User, found bool, err error) {
	return db.Maybe(ctx, c, func(r db.Row) (u directory.User, err error) {
		err = r.Scan(&u.ID, &u.DisplayName, &u.Enabled, db.At(&u.DeletedAt), db.At(&u.PurgeAt))
		u.TenantID, u.AccountID = tenantID, accountID
		return
	}, `
		SELECT id, display_name, account_enabled, deleted_at, CASE WHEN hold_at IS NULL THEN purge_at END FROM users WHERE account_id = $1 AND tenant_id = $2
		 ORDER BY CASE WHEN deleted_at IS NULL THEN 0 ELSE 1 END, deleted_at DESC, id LIMIT 1`, accountID, tenantID)
}

// circumstances reads the rest of it in one row.
func circumstances(ctx context.Context, c db.Conn, tenantID, accountID, userID string) (s standing, err error) {
	return db.One(ctx, c, func(r db.Row) (s standing, err error) {
		err = r.Scan(&s.home, &s.leaveAllowed, &s.erased, &s.connected)
		return
	}, `
		SELECT EXISTS (SELECT 1 FROM accounts a WHERE a.id = $2 AND a.home_user_id = $3),
		       NOT EXISTS (SELECT 1 FROM settings s WHERE s.tenant_id = $1 AND s.name = 'external_user_leave' AND s.value <> 'yes'),
		       EXISTS (SELECT 1 FROM receipts e WHERE e.account_id = $2 AND e.tenant_id = $1 AND e.state = 'erased'),
		       EXISTS (SELECT 1 FROM connections n WHERE n.tenant_id = $1 AND n.account_id = $2 AND n.ended_at IS NULL)`, tenantID, accountID, userID)
}

// officials lists who may decide about requests of an organization and can sign
// in, by name; a role a row, put together here.
func officials(ctx context.Context, c db.Conn, tenantID string) ([]official, error) {
	rows, err := db.All(ctx, c, func(r db.Row) (o official, err error) {
		o.Roles = make([]directory.Role, 1)
		err = r.Scan(&o.UserID, &o.AccountID, &o.Roles[0])
		return
	}, `
		SELECT u.id, u.account_id, r.role
		  FROM roles r
		  JOIN live_users u ON u.id = r.user_id
		  JOIN accounts a ON a.id = u.account_id
		 WHERE r.tenant_id = $1 AND r.role IN ('GlobalAdministrator', 'PrivacyAdministrator', 'UserAdministrator')
		   AND u.account_enabled AND a.state = 'active'
		   AND EXISTS (SELECT 1 FROM methods m WHERE m.account_id = a.id AND m.type = 'password' AND m.state = 'active')
		   AND EXISTS (SELECT 1 FROM identities i WHERE i.account_id = a.id AND i.lost_at IS NULL AND i.verified_at IS NOT NULL)
		   AND (a.home_user_id IS NULL OR EXISTS (
		         SELECT 1 FROM live_users h JOIN tenants t ON t.id = h.tenant_id
		          WHERE h.id = a.home_user_id AND h.account_enabled AND t.state <> 'closed'))
		 ORDER BY u.sort_key, u.id`, tenantID)
	if err != nil {
		return nil, err
	}
	var out []official
	for _, o := range rows {
		if n := len(out); n > 0 && out[n-1].UserID == o.UserID {
			out[n-1].Roles = append(out[n-1].Roles, o.Roles...)
			continue
		}
		out = append(out, o)
	}
	return out, nil
}

// insertRequest gives false where such a request is open already.
func insertRequest(ctx context.Context, tx *db.Tx, r Request, salt, hash []byte) (bool, error) {
	n, err := db.Changed(ctx, tx, `
		INSERT INTO requests (id, tenant_id, account_id, user_id, kind, state, text, opened_at, due_at, place, extension, answer, reminded, address_salt, address_hash)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '', '', $11, $12, $13) ON CONFLICT DO NOTHING`,
		r.ID, r.TenantID, r.AccountID, db.Null(r.UserID), r.Kind, r.State, r.Text, db.Micros(r.OpenedAt), db.Micros(r.DueAt), place(r), r.Reminded, salt, hash)
	return n == 1, err
}

// closeRequest gives false where it is not open any more.
func closeRequest(ctx context.Context, tx *db.Tx, r Request) (bool, error) {
	n, err := db.Changed(ctx, tx, `
		UPDATE requests SET state = $2, closed_at = $3, decided_by = $4, answer = $5, receipt_id = $6, text = $7, place = $8 WHERE id = $1 AND state = 'open'`,
		r.ID, r.State, db.Micros(r.ClosedAt), db.Null(r.DecidedBy), r.Answer, db.Null(r.ReceiptID), r.Text, place(r))
	return n == 1, err
}

// setDue moves the due date; the reminders begin again.
func setDue(ctx context.Context, tx *db.Tx, r Request) error {
	_, err := tx.Exec(ctx, `
		UPDATE requests SET due_at = $2, place = $3, extended_at = $4, extension = $5, reminded = $6 WHERE id = $1 AND state = 'open' AND extended_at IS NULL`,
		r.ID, db.Micros(r.DueAt), place(r), db.Micros(r.ExtendedAt), r.Extension, r.Reminded)
	return err
}

func insertEvent(ctx context.Context, tx *db.Tx, eventID, requestID string, what What, who actor.Actor, at time.Time, text string) error {
	by := ""
	if who.Kind == actor.Administrator {
		by = who.UserID
	}
	_, err := tx.Exec(ctx, `INSERT INTO request_events (id, request_id, at, what, actor, by_user, text) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		eventID, requestID, db.Micros(at), what, who.Kind, db.Null(by), text)
	return err
}

// eventsOf lists the steps of a request, the first one first.
func eventsOf(ctx context.Context, c db.Conn, r Request) ([]Event, error) {
	return db.All(ctx, c, func(row db.Row) (e Event, err error) {
		err = row.Scan(db.At(&e.At), &e.What, &e.Actor, db.Opt(&e.ByName), &e.Text)
		return
	}, `
		SELECT e.at, e.what, e.actor, b.display_name, e.text
		  FROM request_events e LEFT JOIN users b ON b.id = e.by_user AND b.tenant_id = $2
		 WHERE e.request_id = $1 ORDER BY e.at, e.id LIMIT 500`, r.ID, r.TenantID)
}
