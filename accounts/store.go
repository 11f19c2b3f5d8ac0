package accounts

import (
	"context"

	"sojourn/internal/db"
	"sojourn/internal/id"
)

const accountColumns = `a.id, a.home_user_id, a.state, a.name, a.language, a.region, a.zone, a.created_at`

func scanAccount(r db.Row) (a Account, err error) {
	err = r.Scan(&a.ID, db.Opt(&a.HomeUserID), &a.State, &a.Name, &a.Language, &a.Region, &a.Zone, db.At(&a.CreatedAt))
	return
}

// ByName finds the account that signs in with a name. The domain alone decides
// who issued it: a principal name where a tenant has verified the domain, a
// mailbox anywhere else.
func ByName(ctx context.Context, c db.Conn, name string) (a Account, found bool, err error) {
	return db.Maybe(ctx, c, scanAccount, `
		SELECT `+accountColumns+`
		  FROM identities i JOIN accounts a ON a.id = i.account_id
		 WHERE i.issuer = COALESCE((SELECT tenant_id FROM domains WHERE name = $2 AND verified_at IS NOT NULL), 'mail')
		   AND i.subject = $1 AND i.lost_at IS NULL AND i.verified_at IS NOT NULL AND a.state = 'active'`,
		Fold(name), Domain(name))
}

// Get reads an account by its own id.
func Get(ctx context.Context, c db.Conn, id string) (a Account, found bool, err error) {
	return db.Maybe(ctx, c, scanAccount, `SELECT `+accountColumns+` FROM accounts a WHERE a.id = $1`, id)
}

// Issuer says who speaks for an address: the tenant that has verified its
// domain, else MailIssuer.
func Issuer(ctx context.Context, c db.Conn, address string) (string, error) {
	tenant, found, err := db.Maybe(ctx, c, db.Text,
		`SELECT tenant_id FROM domains WHERE name = $1 AND verified_at IS NOT NULL`, Domain(address))
	if err != nil || found {
		return tenant, err
	}
	return MailIssuer, nil
}

func scanIdentity(r db.Row) (i Identity, err error) {
	err = r.Scan(&i.ID, &i.AccountID, &i.Type, &i.Issuer, &i.Subject, &i.Address, db.At(&i.VerifiedAt))
	return
}

// MailAddress is where letters to a person go: what the home organization keeps
// as their mail, else the name they sign in with. "" if there is none.
func MailAddress(ctx context.Context, c db.Conn, accountID string) (string, error) {
	address, _, err := db.Maybe(ctx, c, db.Text, `
		SELECT COALESCE(
			(SELECT u.mail FROM accounts a JOIN users u ON u.id = a.home_user_id WHERE a.id = $1 AND u.mail <> ''),
			(SELECT MIN(i.address) FROM identities i WHERE i.account_id = $1 AND i.lost_at IS NULL), '')`, accountID)
	return address, err
}

func insertAccount(ctx context.Context, tx *db.Tx, a Account) error {
	_, err := tx.Exec(ctx, `INSERT INTO accounts (id, home_user_id, state, name, language, created_at) VALUES ($1, $2, $3, $4, $5, $6)`,
		a.ID, db.Null(a.HomeUserID), a.State, a.Name, a.Language, db.Micros(a.CreatedAt))
	return err
}

// insertIdentity gives false where the name is taken.
func insertIdentity(ctx context.Context, tx *db.Tx, i Identity) (bool, error) {
	n, err := db.Changed(ctx, tx, `
		INSERT INTO identities (id, account_id, type, issuer, subject, domain, address, verified_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
		i.ID, i.AccountID, i.Type, i.Issuer, i.Subject, Domain(i.Subject), i.Address, db.Micros(i.VerifiedAt))
	return n == 1, err
}

func setLanguage(ctx context.Context, c db.Conn, accountID, language string) error {
	_, err := c.Exec(ctx, `UPDATE accounts SET language = $2 WHERE id = $1 AND state = 'active'`, accountID, language)
	return err
}

func setPreferences(ctx context.Context, tx *db.Tx, accountID string, p Preferences) error {
	_, err := tx.Exec(ctx, `UPDATE accounts SET language = $2, region = $3, zone = $4 WHERE id = $1 AND state = 'active'`,
		accountID, p.Language, p.Region, p.Zone)
	return err
}

func entomb(ctx context.Context, tx *db.Tx, accountID string) error {
	for _, text := range []string{
		`UPDATE accounts SET state = 'tombstone', home_user_id = NULL, name = '', language = '', region = '', zone = '', passkey_handle = NULL WHERE id = $1`,
		`DELETE FROM identities WHERE account_id = $1`,
		`DELETE FROM recovery_codes WHERE method_id IN (SELECT id FROM methods WHERE account_id = $1)`,
		`DELETE FROM sent_codes WHERE account_id = $1`,
		`DELETE FROM passkeys WHERE account_id = $1`,
		`DELETE FROM ceremonies WHERE account_id = $1`,
		`DELETE FROM methods WHERE account_id = $1`,
		`DELETE FROM links WHERE account_id = $1`,
		`DELETE FROM resets WHERE account_id = $1`,
		`DELETE FROM notices WHERE account_id = $1`,
		`DELETE FROM photos WHERE account_id = $1`,
	} {
		if _, err := tx.Exec(ctx, text, accountID); err != nil {
			return err
		}
	}
	return nil
}

func loseMailboxes(ctx context.Context, tx *db.Tx, domain string) ([]Identity, error) {
	return db.All(ctx, tx, scanIdentity, `
		UPDATE identities SET lost_at = $2
		 WHERE issuer = 'mail' AND domain = $1 AND lost_at IS NULL
		RETURNING id, account_id, type, issuer, subject, address, verified_at`, domain, db.Micros(tx.Now()))
}

func rename(ctx context.Context, tx *db.Tx, accountID, name string) error {
	_, err := tx.Exec(ctx, `UPDATE accounts SET name = $2 WHERE id = $1`, accountID, name)
	return err
}

// PasswordOf reads the password of an account.
func PasswordOf(ctx context.Context, c db.Conn, accountID string) (p Password, found bool, err error) {
	return db.Maybe(ctx, c, scanPassword, `
		SELECT secret, pepper, version, changed_at FROM methods WHERE account_id = $1 AND type = 'password' AND state = 'active'`, accountID)
}

func scanPassword(r db.Row) (p Password, err error) {
	err = r.Scan(&p.Hash, &p.Pepper, &p.Version, db.At(&p.ChangedAt))
	return
}

// SetPassword stores a new hash if the password is still at the version the
// caller saw (0: none yet) and says whether it did. Hash before the transaction,
// never inside.
func SetPassword(ctx context.Context, tx *db.Tx, ids id.Source, accountID string, seen int, p Password) (bool, error) {
	if seen == 0 {
		n, err := db.Changed(ctx, tx, `
			INSERT INTO methods (id, account_id, type, secret, pepper, state, version, created_at, changed_at)
			VALUES ($1, $2, 'password', $3, $4, 'active', 1, $5, $5) ON CONFLICT DO NOTHING`,
			ids.New(), accountID, p.Hash, p.Pepper, db.Micros(tx.Now()))
		return n == 1, err
	}
	n, err := db.Changed(ctx, tx, `
		UPDATE methods SET secret = $3, pepper = $4, version = version + 1, changed_at = $5
		 WHERE account_id = $1 AND type = 'password' AND version = $2`,
		accountID, seen, p.Hash, p.Pepper, db.Micros(tx.Now()))
	return n == 1, err
}

// Rehash replaces the hash of the same password by one with today's parameters,
// unless the password has changed meanwhile. It may stand alone.
func Rehash(ctx context.Context, c db.Conn, accountID string, seen int, hash, pepper string) error {
	_, err := c.Exec(ctx, `UPDATE methods SET secret = $3, pepper = $4 WHERE account_id = $1 AND type = 'password' AND version = $2`,
		accountID, seen, hash, pepper)
	return err
}

// YieldName takes a principal name from an account whose home user is
// soft-deleted, so that somebody new can have it. The name is found taken when
// its old bearer is restored.
func YieldName(ctx context.Context, tx *db.Tx, issuer, name string) error {
	_, err := tx.Exec(ctx, `
		UPDATE identities SET lost_at = $3
		 WHERE issuer = $1 AND subject = $2 AND lost_at IS NULL
		   AND account_id IN (SELECT a.id FROM accounts a JOIN users u ON u.id = a.home_user_id WHERE u.tenant_id = $1 AND u.deleted_at IS NOT NULL)`,
		issuer, Fold(name), db.Micros(tx.Now()))
	return err
}

// HasName says whether an account is known by a name.
func HasName(ctx context.Context, c db.Conn, accountID, issuer, name string) (bool, error) {
	n, err := db.Count(ctx, c, `SELECT count(*) FROM identities WHERE account_id = $1 AND issuer = $2 AND subject = $3 AND lost_at IS NULL`,
		accountID, issuer, Fold(name))
	return n > 0, err
}
