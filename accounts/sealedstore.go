package accounts

import (
	"context"

	"sojourn/internal/db"
)

// ForgetSealed removes every method whose secret was sealed with a master key that
// is lost: nobody could use one again, and everybody who has one would be asked for
// it. It gives how many there were.
func ForgetSealed(ctx context.Context, tx *db.Tx) (int, error) {
	tokens, err := forgetTokenSeeds(ctx, tx)
	if err != nil {
		return 0, err
	}
	n, err := db.Changed(ctx, tx, `DELETE FROM methods WHERE sealed IS NOT NULL`)
	return tokens + n, err
}

// Sealed is the sealed secret of a method.
type Sealed struct {
	MethodID string
	Tenant   string // that it is bound to, "" for none
	Sealed   []byte
}

// SealedAfter reads sealed secrets in the order of their methods.
func SealedAfter(ctx context.Context, c db.Conn, after string, limit int) ([]Sealed, error) {
	return db.All(ctx, c, func(r db.Row) (s Sealed, err error) { err = r.Scan(&s.MethodID, &s.Sealed, db.Opt(&s.Tenant)); return },
		`SELECT id, sealed, tenant_id FROM methods WHERE id > $1 AND sealed IS NOT NULL ORDER BY id LIMIT $2`, after, limit)
}

// Reseal puts a secret that was sealed anew in the place of the one it was read from;
// false where that has changed meanwhile.
func Reseal(ctx context.Context, c db.Conn, was Sealed, fresh []byte) (bool, error) {
	n, err := db.Changed(ctx, c, `UPDATE methods SET sealed = $3 WHERE id = $1 AND sealed = $2`, was.MethodID, was.Sealed, fresh)
	return n == 1, err
}

// PepperedOtherwise counts what was hashed with another key than this: passwords and
// passes, those noted for the links of letters too, and answers to security questions.
func PepperedOtherwise(ctx context.Context, c db.Conn, keyID string) (passwords, answers int, err error) {
	n, err := db.One(ctx, c, func(r db.Row) (n [2]int, err error) { err = r.Scan(&n[0], &n[1]); return }, `
		SELECT (SELECT count(*) FROM methods WHERE pepper <> '' AND pepper <> $1 AND type <> 'questions')
		       + (SELECT count(*) FROM notices WHERE pepper <> '' AND pepper <> $1),
		       (SELECT count(*) FROM methods WHERE pepper <> '' AND pepper <> $1 AND type = 'questions')`, keyID)
	return n[0], n[1], err
}
