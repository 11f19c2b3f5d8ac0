package organizations

import (
	"context"
	"strconv"

	"sojourn/directory"
	"sojourn/internal/db"
)

// memberships lists the organizations of an account, in no order: those where it
// has a user, and those that share something with it directly. It is one indexed
// read.
func memberships(ctx context.Context, c db.Conn, accountID string) ([]*Membership, error) {
	return db.All(ctx, c, scanMembership, `
		SELECT t.id, t.name, t.state, t.name_key, d.name,
		       CASE WHEN t.privacy_contact <> '' THEN t.privacy_contact ELSE t.technical_contact END,
		       u.user_type, COALESCE(u.external_state_at, u.created_at), u.invited_by, i.display_name,
		       u.last_used_at, u.account_enabled, u.enabled_at, COALESCE(s.value, 'yes') = 'yes', COALESCE(u.id = a.home_user_id, FALSE),
		       EXISTS (SELECT 1 FROM roles r WHERE r.user_id = u.id)
		  FROM accounts a
		  JOIN users u ON u.account_id = a.id AND u.deleted_at IS NULL
		  JOIN tenants t ON t.id = u.tenant_id
		  LEFT JOIN domains d ON d.tenant_id = t.id AND d.initial
		  LEFT JOIN users i ON i.id = u.invited_by AND i.deleted_at IS NULL
		  LEFT JOIN settings s ON s.tenant_id = t.id AND s.name = 'external_user_leave'
		 WHERE a.id = $1
		UNION ALL
		SELECT t.id, t.name, t.state, t.name_key, d.name,
		       CASE WHEN t.privacy_contact <> '' THEN t.privacy_contact ELSE t.technical_contact END,
		       'direct', n.first_at, NULL, NULL, n.last_at, TRUE, NULL, FALSE, FALSE, FALSE
		  FROM connections n
		  JOIN tenants t ON t.id = n.tenant_id
		  LEFT JOIN domains d ON d.tenant_id = t.id AND d.initial
		 WHERE n.account_id = $1 AND n.ended_at IS NULL
		   AND NOT EXISTS (SELECT 1 FROM users u WHERE u.tenant_id = n.tenant_id AND u.account_id = n.account_id AND u.deleted_at IS NULL)`, accountID)
}

func scanMembership(r db.Row) (*Membership, error) {
	var m Membership
	err := r.Scan(&m.TenantID, &m.Name, (*string)(&m.State), &m.NameKey, db.Opt(&m.Domain), &m.Contact,
		(*string)(&m.Type), db.At(&m.Since), db.Opt(&m.InvitedByID), db.Opt(&m.InvitedBy),
		db.At(&m.LastUsed), &m.Enabled, db.At(&m.EnabledAt), &m.LeaveAllowed, &m.Home, &m.Administrator)
	return &m, err
}

// invitations lists what waits for an answer to one of the account's names.
func invitations(ctx context.Context, c db.Conn, accountID string) ([]Invitation, error) {
	return db.All(ctx, c, func(r db.Row) (i Invitation, err error) {
		err = r.Scan(&i.UserID, &i.TenantID, &i.Name, db.Opt(&i.Domain), &i.Statement, db.Opt(&i.InvitedBy), db.At(&i.At))
		return
	}, `
		SELECT u.id, u.tenant_id, t.name, (SELECT MIN(d.name) FROM domains d WHERE d.tenant_id = t.id AND d.initial), t.privacy_statement,
		       b.display_name, u.created_at
		  FROM identities n
		  JOIN users u ON u.invited_issuer = n.issuer AND u.invited_subject = n.subject AND u.account_id IS NULL AND u.deleted_at IS NULL
		  JOIN tenants t ON t.id = u.tenant_id
		  LEFT JOIN users b ON b.id = u.invited_by AND b.deleted_at IS NULL
		 WHERE n.account_id = $1 AND n.lost_at IS NULL AND n.verified_at IS NOT NULL AND t.state = 'active' AND u.account_enabled
		   AND u.external_state_at > $2
		   AND NOT EXISTS (SELECT 1 FROM blocks x WHERE x.account_id = n.account_id AND x.tenant_id = u.tenant_id)
		 ORDER BY u.created_at DESC, u.id LIMIT 100`, accountID, db.Micros(c.Now().Add(-directory.InvitationLife)))
}

// leaveSetting is the organization's External user leave setting, with when and
// by whom it was set.
func leaveSetting(ctx context.Context, c db.Conn, tenantID string) (s setting, err error) {
	s, found, err := db.Maybe(ctx, c, func(r db.Row) (s setting, err error) {
		err = r.Scan(&s.allowed, db.At(&s.at))
		return
	}, `SELECT value = 'yes', set_at FROM settings WHERE tenant_id = $1 AND name = 'external_user_leave'`, tenantID)
	if !found {
		s.allowed = true // the default, nobody's act
	}
	return s, err
}

// undoDays is in how many days a guest may undo leaving, as the organization has
// set it.
func undoDays(ctx context.Context, c db.Conn, tenantID string) (int, error) {
	text, found, err := db.Maybe(ctx, c, db.Text, `SELECT value FROM settings WHERE tenant_id = $1 AND name = 'undo_days'`, tenantID)
	if err != nil || !found {
		return directory.UndoDays, err
	}
	return strconv.Atoi(text)
}

// declinedSince says whether the organization has declined, since a time, to
// restore somebody.
func declinedSince(ctx context.Context, c db.Conn, tenantID, accountID string, at int64) (bool, error) {
	n, err := db.Count(ctx, c, `
		SELECT count(*) FROM requests
		 WHERE tenant_id = $1 AND account_id = $2 AND kind = 'restore' AND state = 'declined' AND closed_at >= $3`, tenantID, accountID, at)
	return n > 0, err
}

func nameOf(ctx context.Context, c db.Conn, tenantID, userID string) (string, error) {
	name, _, err := db.Maybe(ctx, c, db.Text, `SELECT display_name FROM live_users WHERE id = $1 AND tenant_id = $2`, userID, tenantID)
	return name, err
}

// isHome says whether a user is the home of an account.
func isHome(ctx context.Context, c db.Conn, accountID, userID string) (bool, error) {
	n, err := db.Count(ctx, c, `SELECT count(*) FROM accounts WHERE id = $1 AND home_user_id = $2`, accountID, userID)
	return n > 0, err
}

// A purge that was put off, after a jump of the clock, shows on the receipt too.
const receiptColumns = `id, number, tenant_id, user_id, organization, principal_name, invited_by, since, had, contact, left_at,
	COALESCE((SELECT u.purge_at FROM users u WHERE u.id = receipts.user_id), purge_at), state, state_at`

func scanReceipt(r db.Row) (x storedReceipt, err error) {
	err = r.Scan(&x.ID, &x.Number, &x.TenantID, &x.UserID, &x.Organization, &x.PrincipalName, &x.InvitedBy, db.At(&x.Since), &x.had, &x.Contact,
		db.At(&x.LeftAt), db.At(&x.PurgeAt), &x.State, db.At(&x.StateAt))
	return
}

// storedReceipt is a receipt whose JSON part has not been read yet.
type storedReceipt struct {
	Receipt
	had string
}

func insertReceipt(ctx context.Context, tx *db.Tx, accountID string, r Receipt, had string) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO receipts (id, account_id, number, tenant_id, user_id, organization, principal_name, invited_by, since, had, contact, left_at, purge_at, state, state_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $12)`,
		r.ID, accountID, r.Number, r.TenantID, r.UserID, r.Organization, r.PrincipalName, r.InvitedBy, db.Micros(r.Since), had, r.Contact,
		db.Micros(r.LeftAt), db.Micros(r.PurgeAt), r.State)
	return err
}

func receiptOf(ctx context.Context, c db.Conn, accountID, receiptID string) (storedReceipt, bool, error) {
	return db.Maybe(ctx, c, scanReceipt, `SELECT `+receiptColumns+` FROM receipts WHERE id = $1 AND account_id = $2`, receiptID, accountID)
}

// lastReceipt is the newest receipt for leaving an organization, if that
// departure still stands.
func lastReceipt(ctx context.Context, c db.Conn, accountID, tenantID string) (storedReceipt, bool, error) {
	return db.Maybe(ctx, c, scanReceipt, `
		SELECT `+receiptColumns+` FROM receipts WHERE account_id = $1 AND tenant_id = $2 AND state = 'left'
		 ORDER BY left_at DESC, id DESC LIMIT 1`, accountID, tenantID)
}

// receiptsOf lists an account's receipts, the newest first, those before a time.
func receiptsOf(ctx context.Context, c db.Conn, accountID string, before int64, limit int) ([]storedReceipt, error) {
	return db.All(ctx, c, scanReceipt, `
		SELECT `+receiptColumns+` FROM receipts WHERE account_id = $1 AND left_at < $2 ORDER BY left_at DESC, id DESC LIMIT $3`,
		accountID, before, limit)
}

func setReceiptsState(ctx context.Context, tx *db.Tx, userIDs []string, state ReceiptState) error {
	return tx.ExecAmong(ctx, `UPDATE receipts SET state = $2, state_at = $3 WHERE user_id IN ($1) AND state = 'left'`, userIDs, state, db.Micros(tx.Now()))
}

func blocked(ctx context.Context, c db.Conn, accountID, tenantID string) (bool, error) {
	n, err := db.Count(ctx, c, `SELECT count(*) FROM blocks WHERE account_id = $1 AND tenant_id = $2`, accountID, tenantID)
	return n > 0, err
}

// blocks lists what an account has blocked, the latest first; at most 500.
func blocks(ctx context.Context, c db.Conn, accountID string) ([]Block, error) {
	return db.All(ctx, c, func(r db.Row) (b Block, err error) {
		err = r.Scan(&b.TenantID, &b.Name, db.At(&b.At))
		return
	}, `SELECT b.tenant_id, t.name, b.at FROM blocks b JOIN tenants t ON t.id = b.tenant_id WHERE b.account_id = $1 ORDER BY b.at DESC, b.tenant_id LIMIT 500`, accountID)
}
