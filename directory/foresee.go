package directory

import (
	"context"
	"fmt"

	"sojourn/internal/db"
)

// Foresee says what restoring a deleted user would give this moment, without
// doing it. Restoring reads the same.
func (f *Feature) Foresee(ctx context.Context, c db.Conn, u User) (Restored, error) {
	d, found, err := LastDeparture(ctx, c, u.TenantID, u.ID)
	if err != nil {
		return Restored{}, err
	}
	if !found {
		return Restored{}, fmt.Errorf("user %s is deleted without a departure", u.ID)
	}
	return f.foresee(ctx, c, u, d)
}

func (f *Feature) foresee(ctx context.Context, c db.Conn, u User, d Departure) (Restored, error) {
	result := Restored{DepartureID: d.ID, UserID: u.ID}
	principal, err := f.freePrincipal(ctx, c, u)
	if err != nil {
		return Restored{}, err
	}
	if principal != u.PrincipalName {
		result.NewPrincipal = principal
	}
	return result, f.compare(ctx, c, &result, d.Had, u)
}
