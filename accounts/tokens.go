package accounts

import (
	"context"
	"time"

	"sojourn/internal/db"
)

// Token is a hardware token of an organization, without its seed.
type Token struct {
	ID           string
	Tenant       string
	Serial       string // as written
	SHA256       bool   // its codes are made with SHA-256, not with SHA-1
	Period       int    // seconds of a code: 30 or 60
	Manufacturer string
	Model        string
	Assigned     string // id of the user it waits for, "" for whoever has it in hand
	Owner        string // id of the account that uses it, "" for nobody's
	CreatedAt    time.Time
}

// State is how a token stands in the inventory.
func (t Token) State() TokenState {
	switch {
	case t.Owner != "":
		return TokenActivated
	case t.Assigned != "":
		return TokenAssigned
	}
	return TokenAvailable
}

// TokenState is how a token stands in the inventory.
type TokenState string

const (
	TokenAvailable TokenState = "available" // anybody of the organization may take it into use
	TokenAssigned  TokenState = "assigned"  // one member may
	TokenActivated TokenState = "activated" // somebody's method
)

// NewToken is a token that comes into the inventory, with its sealed seed.
type NewToken struct {
	Token
	Sealed []byte
}

// TokenSetUp is a token that somebody is taking into use.
type TokenSetUp struct {
	MethodID string
	TokenID  string
	Serial   string
	Name     string // as the person calls it
}

// WaitForToken keeps a token that is being taken into use, in place of anything else
// that waits. The token stays free meanwhile: whoever shows its code first has it.
func WaitForToken(ctx context.Context, tx *db.Tx, accountID string, s TokenSetUp) error {
	if err := deleteWaiting(ctx, tx, accountID); err != nil {
		return err
	}
	return insertTokenMethod(ctx, tx, accountID, s)
}

// ActivateToken takes a token that waits into use for a member, and spends the step of
// time that proved it: of many at once, one does.
func ActivateToken(ctx context.Context, tx *db.Tx, accountID, userID string, s TokenSetUp, step int64, since time.Time) (bool, error) {
	free, err := takeToken(ctx, tx, s.TokenID, userID, step)
	if err != nil || !free {
		return false, err
	}
	return activateTokenMethod(ctx, tx, accountID, s, since)
}

// ForgetToken takes a token out of the inventory; false where somebody uses it.
func ForgetToken(ctx context.Context, tx *db.Tx, tenantID, tokenID string) (bool, error) {
	if err := deleteWaitingToken(ctx, tx, tenantID, tokenID); err != nil {
		return false, err
	}
	return deleteToken(ctx, tx, tenantID, tokenID)
}

// ForgetTokens removes all tokens of an organization that has had its time.
func ForgetTokens(ctx context.Context, tx *db.Tx, tenantID string) error {
	if err := deleteMethodsOfTokens(ctx, tx, tenantID); err != nil {
		return err
	}
	return deleteTokens(ctx, tx, tenantID)
}
