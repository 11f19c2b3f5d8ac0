package accounts

import (
	"context"
	"time"

	"sojourn/internal/db"
	"sojourn/internal/phone"
)

func scanMethod(r db.Row) (m Method, err error) {
	err = r.Scan(&m.ID, &m.Type, &m.Name, &m.Default, db.At(&m.CreatedAt), db.At(&m.UsedAt), &m.Left, &m.Number, &m.Extension, &m.Way, &m.Address,
		&m.Portable, &m.BackedUp, db.At(&m.StartsAt), db.At(&m.ExpiresAt), &m.Once, &m.Serial)
	if !m.UsedAt.After(m.CreatedAt) { // the code that proved it when it was added
		m.UsedAt = time.Time{}
	}
	if m.Number != "" {
		m.Name = phone.Masked(m.Number)
	}
	if m.Address != "" {
		m.Name = MaskedAddress(m.Address)
	}
	return
}

func methodsOf(ctx context.Context, c db.Conn, accountID string) ([]Method, error) {
	return db.All(ctx, c, scanMethod, `
		SELECT m.id, m.type, m.name, m.preferred, m.created_at, m.used_at,
		       (SELECT count(*) FROM recovery_codes r WHERE r.method_id = m.id AND r.used_at IS NULL),
		       m.number, m.extension, m.way, m.address, COALESCE(k.portable, FALSE), COALESCE(k.backed_up, FALSE),
		       m.starts_at, m.expires_at, m.once, COALESCE(t.serial_number, '')
		  FROM methods m
		  LEFT JOIN passkeys k ON k.method_id = m.id
		  LEFT JOIN tokens t ON t.id = m.token_id
		 WHERE m.account_id = $1 AND m.tenant_id IS NULL AND m.state = 'active' AND m.type <> 'password' AND (m.expires_at IS NULL OR m.expires_at > $2)
		 ORDER BY m.created_at, m.id`, accountID, db.Micros(c.Now()))
}

func scanSeed(r db.Row) (s Seed, err error) {
	err = r.Scan(&s.MethodID, &s.Name, &s.Sealed, &s.Step, db.At(&s.Since), db.Opt(&s.Tenant))
	return
}

// SeedOf reads the seed of an authenticator app that is in use.
func SeedOf(ctx context.Context, c db.Conn, accountID, methodID string) (s Seed, found bool, err error) {
	return db.Maybe(ctx, c, scanSeed, `
		SELECT id, name, sealed, last_step, created_at, tenant_id
		  FROM methods WHERE account_id = $1 AND id = $2 AND type = 'authenticator' AND state = 'active'`, accountID, methodID)
}

// Waiting reads the seed that an account is setting up, if it was made since: for
// itself, or bound to an organization.
func Waiting(ctx context.Context, c db.Conn, accountID, tenantID string, since time.Time) (s Seed, found bool, err error) {
	return db.Maybe(ctx, c, scanSeed, `
		SELECT id, name, sealed, last_step, created_at, tenant_id
		  FROM methods WHERE account_id = $1 AND type = 'authenticator' AND state = 'waiting' AND created_at >= $2 AND COALESCE(tenant_id, '') = $3
		 ORDER BY created_at DESC, id DESC LIMIT 1`, accountID, db.Micros(since), tenantID)
}

func insertSeed(ctx context.Context, tx *db.Tx, accountID string, s Seed) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO methods (id, account_id, type, secret, pepper, state, version, created_at, changed_at, name, sealed, tenant_id)
		VALUES ($1, $2, 'authenticator', '', '', 'waiting', 1, $3, $3, $4, $5, $6)`,
		s.MethodID, accountID, db.Micros(tx.Now()), s.Name, s.Sealed, db.Null(s.Tenant))
	return err
}

func deleteWaiting(ctx context.Context, tx *db.Tx, accountID string) error {
	_, err := tx.Exec(ctx, `DELETE FROM methods WHERE account_id = $1 AND state = 'waiting'`, accountID)
	return err
}

// Activate takes a seed that waits into use and spends the step that proved it:
// of many at once, one does.
func Activate(ctx context.Context, tx *db.Tx, accountID, methodID, name string, step int64, since time.Time) (bool, error) {
	n, err := db.Changed(ctx, tx, `
		UPDATE methods SET state = 'active', name = $3, last_step = $4, created_at = $5, changed_at = $5
		 WHERE account_id = $1 AND id = $2 AND type = 'authenticator' AND state = 'waiting' AND created_at >= $6`,
		accountID, methodID, name, step, db.Micros(tx.Now()), db.Micros(since))
	return n == 1, err
}

// SpendStep uses up a step of time of an authenticator app: steps only go
// forward, and of many at once one does.
func SpendStep(ctx context.Context, tx *db.Tx, accountID, methodID string, step int64) (bool, error) {
	n, err := db.Changed(ctx, tx, `
		UPDATE methods SET last_step = $3, used_at = $4
		 WHERE account_id = $1 AND id = $2 AND type = 'authenticator' AND state = 'active' AND last_step < $3`,
		accountID, methodID, step, db.Micros(tx.Now()))
	return n == 1, err
}

// CodesSalt is what the recovery codes of an account are hashed with.
func CodesSalt(ctx context.Context, c db.Conn, accountID, methodID string) (salt string, found bool, err error) {
	return db.Maybe(ctx, c, db.Text, `
		SELECT secret FROM methods WHERE account_id = $1 AND id = $2 AND type = 'recovery' AND state = 'active'`, accountID, methodID)
}

// CodeUsed says whether a recovery code was used; found is false for one that
// there is not.
func CodeUsed(ctx context.Context, c db.Conn, methodID string, hash []byte) (used, found bool, err error) {
	n, found, err := db.Maybe(ctx, c, db.Int, `
		SELECT CASE WHEN used_at IS NULL THEN 0 ELSE 1 END FROM recovery_codes WHERE method_id = $1 AND hash = $2`, methodID, hash)
	return n == 1, found, err
}

func insertCodesMethod(ctx context.Context, tx *db.Tx, accountID string, fresh Codes) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO methods (id, account_id, type, secret, pepper, state, version, created_at, changed_at)
		VALUES ($1, $2, 'recovery', $3, '', 'active', 1, $4, $4)`,
		fresh.MethodID, accountID, fresh.Salt, db.Micros(tx.Now()))
	return err
}

func insertCode(ctx context.Context, tx *db.Tx, codeID, methodID string, hash []byte) error {
	_, err := tx.Exec(ctx, `INSERT INTO recovery_codes (id, method_id, hash) VALUES ($1, $2, $3)`, codeID, methodID, hash)
	return err
}

func spendCode(ctx context.Context, tx *db.Tx, accountID, methodID string, hash []byte) (bool, error) {
	n, err := db.Changed(ctx, tx, `
		UPDATE recovery_codes SET used_at = $4
		 WHERE method_id = $2 AND hash = $3 AND used_at IS NULL
		   AND EXISTS (SELECT 1 FROM methods m WHERE m.id = $2 AND m.account_id = $1 AND m.type = 'recovery' AND m.state = 'active')`,
		accountID, methodID, hash, db.Micros(tx.Now()))
	return n == 1, err
}

func noteUse(ctx context.Context, tx *db.Tx, accountID, methodID string) error {
	_, err := tx.Exec(ctx, `UPDATE methods SET used_at = $3 WHERE account_id = $1 AND id = $2`, accountID, methodID, db.Micros(tx.Now()))
	return err
}

// NameMethod gives a method of a type another name; none that is bound to an
// organization.
func NameMethod(ctx context.Context, tx *db.Tx, accountID, methodID string, kind MethodType, name string) (bool, error) {
	n, err := db.Changed(ctx, tx, `
		UPDATE methods SET name = $3 WHERE account_id = $1 AND id = $2 AND type = $4 AND tenant_id IS NULL AND state = 'active'`, accountID, methodID, name, kind)
	return n == 1, err
}

func preferNone(ctx context.Context, tx *db.Tx, accountID string) error {
	_, err := tx.Exec(ctx, `UPDATE methods SET preferred = FALSE WHERE account_id = $1 AND preferred`, accountID)
	return err
}

// prefer is for what can be a default: no password, no recovery codes, nothing that
// helps to get back in only.
func prefer(ctx context.Context, tx *db.Tx, accountID, methodID string) (bool, error) {
	n, err := db.Changed(ctx, tx, `
		UPDATE methods SET preferred = TRUE
		 WHERE account_id = $1 AND id = $2 AND tenant_id IS NULL AND state = 'active' AND type NOT IN ('password', 'recovery', 'email', 'questions', 'pass')`, accountID, methodID)
	return n == 1, err
}

func deleteCodesOf(ctx context.Context, tx *db.Tx, accountID, methodID string) error {
	_, err := tx.Exec(ctx, `
		DELETE FROM recovery_codes WHERE method_id IN (SELECT m.id FROM methods m WHERE m.id = $2 AND m.account_id = $1)`, accountID, methodID)
	return err
}

// deleteMethod never takes the password, nor what is bound to an organization.
func deleteMethod(ctx context.Context, tx *db.Tx, accountID, methodID string) (bool, error) {
	n, err := db.Changed(ctx, tx, `
		DELETE FROM methods WHERE account_id = $1 AND id = $2 AND tenant_id IS NULL AND state = 'active' AND type <> 'password'`, accountID, methodID)
	return n == 1, err
}

// SweepWaiting deletes seeds that nobody took into use.
func SweepWaiting(ctx context.Context, c db.Conn, before time.Time, limit int) (int, error) {
	return db.Changed(ctx, c, `
		DELETE FROM methods WHERE id IN (SELECT id FROM methods WHERE state = 'waiting' AND created_at < $1 ORDER BY created_at LIMIT $2)`,
		db.Micros(before), limit)
}
