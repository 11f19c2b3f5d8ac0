package accounts

import (
	"context"
	"slices"
	"time"

	"sojourn/internal/db"
)

const tokenColumns = `t.id, t.tenant_id, t.serial_number, t.sha256, t.period, t.manufacturer, t.model, t.user_id, t.created_at,
	(SELECT m.account_id FROM methods m WHERE m.token_id = t.id AND m.state = 'active')`

func scanToken(r db.Row) (t Token, err error) {
	err = r.Scan(&t.ID, &t.Tenant, &t.Serial, &t.SHA256, &t.Period, &t.Manufacturer, &t.Model, db.Opt(&t.Assigned), db.At(&t.CreatedAt), db.Opt(&t.Owner))
	return
}

// SerialKey is what a serial number is found and sorted by.
func SerialKey(serial string) []byte { return []byte(Fold(serial)) }

// TokenBy reads a token of an organization.
func TokenBy(ctx context.Context, c db.Conn, tenantID, tokenID string) (t Token, found bool, err error) {
	return db.Maybe(ctx, c, scanToken, `SELECT `+tokenColumns+` FROM tokens t WHERE t.tenant_id = $1 AND t.id = $2`, tenantID, tokenID)
}

// TokenOfSerial reads the token of an organization with a serial number.
func TokenOfSerial(ctx context.Context, c db.Conn, tenantID, serial string) (t Token, found bool, err error) {
	return db.Maybe(ctx, c, scanToken, `SELECT `+tokenColumns+` FROM tokens t WHERE t.tenant_id = $1 AND t.serial_key = $2`, tenantID, SerialKey(serial))
}

// HasTokens says whether an organization hands tokens out.
func HasTokens(ctx context.Context, c db.Conn, tenantID string) (bool, error) {
	n, err := db.Count(ctx, c, `SELECT count(*) FROM (SELECT 1 FROM tokens WHERE tenant_id = $1 LIMIT 1) AS one`, tenantID)
	return n > 0, err
}

// TokenFilter narrows the inventory. Empty fields do not narrow.
type TokenFilter struct {
	State  TokenState
	Serial string // how it begins
}

// TokensOf lists the tokens of an organization by serial number, behind one.
func TokensOf(ctx context.Context, c db.Conn, tenantID string, f TokenFilter, behind []byte, limit int) ([]Token, error) {
	var w db.Where
	w.And(`t.tenant_id = $? AND t.serial_key > $?`, tenantID, behind)
	if from := SerialKey(f.Serial); len(from) > 0 {
		w.And(`t.serial_key >= $?`, from)
		w.And(`t.serial_key < $?`, after(from))
	}
	const used = `EXISTS (SELECT 1 FROM methods m WHERE m.token_id = t.id AND m.state = 'active')`
	switch f.State {
	case TokenActivated:
		w.And(used)
	case TokenAssigned:
		w.And(`t.user_id IS NOT NULL AND NOT ` + used)
	case TokenAvailable:
		w.And(`t.user_id IS NULL AND NOT ` + used)
	}
	w.Limit(limit)
	return db.All(ctx, c, scanToken, `SELECT `+tokenColumns+` FROM tokens t WHERE `+w.Text()+` ORDER BY t.serial_key LIMIT `+w.Last(), w.Args()...)
}

// after is the first key behind all that begin with one. Folded text has no octet of
// all ones.
func after(prefix []byte) []byte {
	end := slices.Clone(prefix)
	end[len(end)-1]++
	return end
}

// tokensAtOnce keeps a statement below what the databases take.
const tokensAtOnce = 500

// AddTokens puts tokens into the inventory. It fails where a serial number is there
// already: nobody gets half a delivery.
func AddTokens(ctx context.Context, tx *db.Tx, list []NewToken) error {
	for some := range slices.Chunk(list, tokensAtOnce) {
		var args []any
		for _, t := range some {
			args = append(args, t.ID, t.Tenant, t.Serial, SerialKey(t.Serial), t.Sealed, t.SHA256, t.Period, t.Manufacturer, t.Model, db.Null(t.Assigned), db.Micros(tx.Now()))
		}
		err := tx.InsertRows(ctx, `tokens (id, tenant_id, serial_number, serial_key, sealed, sha256, period, manufacturer, model, user_id, created_at)`, len(some), args)
		if err != nil {
			return err
		}
	}
	return nil
}

// SerialsAmong are those serial numbers, folded, that an organization has already.
func SerialsAmong(ctx context.Context, c db.Conn, tenantID string, serials []string) (map[string]bool, error) {
	out := map[string]bool{}
	for some := range slices.Chunk(serials, 100) {
		args := []any{tenantID}
		text := ""
		for i := range 100 { // filled up with the last one, so that there is one text to prepare
			args = append(args, SerialKey(some[min(i, len(some)-1)]))
			text += ", $?"
		}
		var w db.Where
		w.And(`t.tenant_id = $? AND t.serial_key IN (`+text[2:]+`)`, args...)
		list, err := db.All(ctx, c, func(r db.Row) (key []byte, err error) { err = r.Scan(&key); return }, `SELECT t.serial_key FROM tokens t WHERE `+w.Text(), w.Args()...)
		if err != nil {
			return nil, err
		}
		for _, key := range list {
			out[string(key)] = true
		}
	}
	return out, nil
}

// AssignToken has a token wait for a user, or with "" for whoever has it in hand;
// false where somebody uses it.
func AssignToken(ctx context.Context, tx *db.Tx, tenantID, tokenID, userID string) (bool, error) {
	n, err := db.Changed(ctx, tx, `
		UPDATE tokens SET user_id = $3
		 WHERE tenant_id = $1 AND id = $2 AND NOT EXISTS (SELECT 1 FROM methods m WHERE m.token_id = $2 AND m.state = 'active')`,
		tenantID, tokenID, db.Null(userID))
	return n == 1, err
}

// FreeTokensOf has no token wait any more for users who are erased.
func FreeTokensOf(ctx context.Context, tx *db.Tx, userIDs []string) error {
	if len(userIDs) == 0 {
		return nil
	}
	return tx.ExecAmong(ctx, `UPDATE tokens SET user_id = NULL WHERE user_id IN ($1)`, userIDs)
}

func insertTokenMethod(ctx context.Context, tx *db.Tx, accountID string, s TokenSetUp) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO methods (id, account_id, type, secret, pepper, state, version, created_at, changed_at, token_id)
		VALUES ($1, $2, 'token', '', '', 'waiting', 1, $3, $3, $4)`,
		s.MethodID, accountID, db.Micros(tx.Now()), s.TokenID)
	return err
}

// WaitingToken reads the token that an account is taking into use, if it was begun
// since.
func WaitingToken(ctx context.Context, c db.Conn, accountID string, since time.Time) (s TokenSetUp, found bool, err error) {
	return db.Maybe(ctx, c, func(r db.Row) (s TokenSetUp, err error) {
		err = r.Scan(&s.MethodID, &s.TokenID, &s.Serial, &s.Name)
		return
	}, `
		SELECT m.id, t.id, t.serial_number, m.name
		  FROM methods m JOIN tokens t ON t.id = m.token_id
		 WHERE m.account_id = $1 AND m.type = 'token' AND m.state = 'waiting' AND m.created_at >= $2
		 ORDER BY m.created_at DESC, m.id DESC LIMIT 1`, accountID, db.Micros(since))
}

// NameWaitingToken keeps what somebody calls the token they are taking into use;
// false where none waits.
func NameWaitingToken(ctx context.Context, tx *db.Tx, accountID, methodID, name string, since time.Time) (bool, error) {
	n, err := db.Changed(ctx, tx, `
		UPDATE methods SET name = $3
		 WHERE account_id = $1 AND id = $2 AND type = 'token' AND state = 'waiting' AND created_at >= $4`, accountID, methodID, name, db.Micros(since))
	return n == 1, err
}

// takeToken spends a step of time of a token that is nobody's, or waits for this user.
func takeToken(ctx context.Context, tx *db.Tx, tokenID, userID string, step int64) (bool, error) {
	n, err := db.Changed(ctx, tx, `
		UPDATE tokens SET last_step = $3, user_id = NULL
		 WHERE id = $1 AND (user_id IS NULL OR user_id = $2) AND last_step < $3
		   AND NOT EXISTS (SELECT 1 FROM methods m WHERE m.token_id = $1 AND m.state = 'active')`, tokenID, userID, step)
	return n == 1, err
}

func activateTokenMethod(ctx context.Context, tx *db.Tx, accountID string, s TokenSetUp, since time.Time) (bool, error) {
	n, err := db.Changed(ctx, tx, `
		UPDATE methods SET state = 'active', created_at = $4, changed_at = $4
		 WHERE account_id = $1 AND id = $2 AND token_id = $3 AND type = 'token' AND state = 'waiting' AND created_at >= $5`,
		accountID, s.MethodID, s.TokenID, db.Micros(tx.Now()), db.Micros(since))
	return n == 1, err
}

func scanTokenSeed(r db.Row) (s Seed, err error) {
	err = r.Scan(&s.MethodID, &s.Name, db.At(&s.Since), &s.TokenID, &s.Tenant, &s.Sealed, &s.SHA256, &s.Period, &s.Step)
	return
}

// TokenSeed reads the seed of a token that an account uses, or is taking into use.
func TokenSeed(ctx context.Context, c db.Conn, accountID, methodID string) (s Seed, found bool, err error) {
	return db.Maybe(ctx, c, scanTokenSeed, `
		SELECT m.id, m.name, m.created_at, t.id, t.tenant_id, t.sealed, t.sha256, t.period, t.last_step
		  FROM methods m JOIN tokens t ON t.id = m.token_id
		 WHERE m.account_id = $1 AND m.id = $2 AND m.type = 'token'`, accountID, methodID)
}

// SpendTokenStep uses up a step of time of a token that an account uses: steps only
// go forward, and of many at once one does.
func SpendTokenStep(ctx context.Context, tx *db.Tx, accountID, methodID string, step int64) (bool, error) {
	n, err := db.Changed(ctx, tx, `
		UPDATE tokens SET last_step = $3
		 WHERE last_step < $3 AND id = (SELECT m.token_id FROM methods m WHERE m.account_id = $1 AND m.id = $2 AND m.type = 'token' AND m.state = 'active')`,
		accountID, methodID, step)
	if err != nil || n != 1 {
		return false, err
	}
	return true, noteUse(ctx, tx, accountID, methodID)
}

func deleteWaitingToken(ctx context.Context, tx *db.Tx, tenantID, tokenID string) error {
	_, err := tx.Exec(ctx, `
		DELETE FROM methods
		 WHERE token_id = $2 AND state = 'waiting' AND EXISTS (SELECT 1 FROM tokens t WHERE t.id = $2 AND t.tenant_id = $1)`, tenantID, tokenID)
	return err
}

func deleteToken(ctx context.Context, tx *db.Tx, tenantID, tokenID string) (bool, error) {
	n, err := db.Changed(ctx, tx, `
		DELETE FROM tokens WHERE tenant_id = $1 AND id = $2 AND NOT EXISTS (SELECT 1 FROM methods m WHERE m.token_id = $2)`, tenantID, tokenID)
	return n == 1, err
}

func deleteMethodsOfTokens(ctx context.Context, tx *db.Tx, tenantID string) error {
	_, err := tx.Exec(ctx, `DELETE FROM methods WHERE token_id IN (SELECT t.id FROM tokens t WHERE t.tenant_id = $1)`, tenantID)
	return err
}

func deleteTokens(ctx context.Context, tx *db.Tx, tenantID string) error {
	_, err := tx.Exec(ctx, `DELETE FROM tokens WHERE tenant_id = $1`, tenantID)
	return err
}

// forgetTokenSeeds removes all tokens of everybody: their seeds were sealed with a
// master key that is lost.
func forgetTokenSeeds(ctx context.Context, tx *db.Tx) (int, error) {
	n, err := db.Changed(ctx, tx, `DELETE FROM methods WHERE token_id IS NOT NULL`)
	if err != nil {
		return 0, err
	}
	_, err = tx.Exec(ctx, `DELETE FROM tokens`)
	return n, err
}

// SealedToken is the sealed seed of a token.
type SealedToken struct {
	ID, Tenant string
	Sealed     []byte
}

// SealedTokensAfter reads sealed seeds in the order of their tokens.
func SealedTokensAfter(ctx context.Context, c db.Conn, behind string, limit int) ([]SealedToken, error) {
	return db.All(ctx, c, func(r db.Row) (s SealedToken, err error) { err = r.Scan(&s.ID, &s.Tenant, &s.Sealed); return },
		`SELECT id, tenant_id, sealed FROM tokens WHERE id > $1 ORDER BY id LIMIT $2`, behind, limit)
}

// ResealToken puts a seed that was sealed anew in the place of the one it was read
// from; false where that has changed meanwhile.
func ResealToken(ctx context.Context, c db.Conn, was SealedToken, fresh []byte) (bool, error) {
	n, err := db.Changed(ctx, c, `UPDATE tokens SET sealed = $3 WHERE id = $1 AND sealed = $2`, was.ID, was.Sealed, fresh)
	return n == 1, err
}
