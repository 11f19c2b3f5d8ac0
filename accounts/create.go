package accounts

import (
	"context"
	"fmt"

	"sojourn/internal/db"
	"sojourn/internal/fault"
	"sojourn/internal/id"
)

// New is an account to create with its first name.
type New struct {
	Name     string
	Address  string // principal name or mailbox
	Type     IdentityType
	Issuer   string
	HomeUser string // the user that owns it; "" without a home
	Language string
}

// Create makes an account with one verified name, in the caller's transaction.
func Create(ctx context.Context, tx *db.Tx, ids id.Source, n New) (Account, error) {
	a := Account{ID: ids.Random(), HomeUserID: n.HomeUser, State: Active, Name: n.Name, Language: n.Language, CreatedAt: tx.Now()}
	if err := insertAccount(ctx, tx, a); err != nil {
		return Account{}, fmt.Errorf("create account: %w", err)
	}
	free, err := insertIdentity(ctx, tx, Identity{
		ID: ids.New(), AccountID: a.ID, Type: n.Type, Issuer: n.Issuer,
		Subject: Fold(n.Address), Address: n.Address, VerifiedAt: tx.Now(),
	})
	if err != nil {
		return Account{}, fmt.Errorf("create account: %w", err)
	}
	if !free {
		return Account{}, fault.New(fault.Conflict, "name_taken", "accounts.name.taken", "name", n.Address)
	}
	return a, nil
}

// ChooseLanguage keeps a person's language on the account: mails follow it.
func ChooseLanguage(ctx context.Context, c db.Conn, accountID, language string) error {
	return setLanguage(ctx, c, accountID, language)
}

// Preferences are how the portal and its mails speak to a person; each "" until
// they chose.
type Preferences struct{ Language, Region, Zone string }

// Prefer keeps a person's preferences on the account.
func Prefer(ctx context.Context, tx *db.Tx, accountID string, p Preferences) error {
	return setPreferences(ctx, tx, accountID, p)
}

// Rename changes the name shown of a person.
func Rename(ctx context.Context, tx *db.Tx, accountID, name string) error {
	return rename(ctx, tx, accountID, name)
}

// Entomb ends an account for good: nothing personal stays, its id never comes
// back. Its guest objects stay with their hosts.
func Entomb(ctx context.Context, tx *db.Tx, accountID string) error {
	if err := entomb(ctx, tx, accountID); err != nil {
		return fmt.Errorf("entomb account: %w", err)
	}
	return nil
}

// SuspendMailboxes takes mailbox names out of use when a tenant verifies their
// domain: the tenant speaks for them from now on, and nothing is attached to
// anybody. It returns the names that were lost.
func SuspendMailboxes(ctx context.Context, tx *db.Tx, domain string) ([]Identity, error) {
	return loseMailboxes(ctx, tx, Fold(domain))
}

// GiveName makes an account known by one more verified name; false where
// somebody else has it.
func GiveName(ctx context.Context, tx *db.Tx, ids id.Source, accountID string, t IdentityType, issuer, address string) (bool, error) {
	has, err := HasName(ctx, tx, accountID, issuer, address)
	if err != nil || has {
		return has, err
	}
	return insertIdentity(ctx, tx, Identity{
		ID: ids.New(), AccountID: accountID, Type: t, Issuer: issuer, Subject: Fold(address), Address: address, VerifiedAt: tx.Now(),
	})
}
