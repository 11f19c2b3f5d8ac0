package policies

import (
	"context"
	"fmt"
	"strings"

	"sojourn/accounts"
	"sojourn/internal/db"
)

// AtDomain reads the policy of the organization that has the domain of a name, and
// what everybody is asked where none has. It knows nothing of accounts: what follows
// from it says nothing about them.
func AtDomain(ctx context.Context, c db.Conn, name string) (Policy, error) {
	_, domain, _ := strings.Cut(accounts.Fold(name), "@")
	tenantID, found, err := tenantAt(ctx, c, domain)
	if err != nil {
		return Policy{}, fmt.Errorf("policies: %w", err)
	}
	if !found {
		return Default(), nil
	}
	return In(ctx, c, tenantID)
}
