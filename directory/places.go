package directory

import (
	"cmp"
	"context"
	"slices"
	"time"

	"sojourn/internal/db"
)

// Place is an organization somebody can go to, as the frame of every page and
// the overview list them.
type Place struct {
	TenantID      string
	Name          string
	State         TenantState
	Home          bool
	Enabled       bool
	Administrator bool // holds a role there
	LastUsed      time.Time
}

// MostPlaces is the largest number of organizations one person can be in.
// Whatever lets somebody into one by their own hand asks it.
const MostPlaces = 500

// CountPlaces is how many organizations an account is in.
func CountPlaces(ctx context.Context, c db.Conn, accountID string) (int, error) {
	return countPlaces(ctx, c, accountID)
}

// Places lists where an account is: the home first, then where it holds a role,
// then by last use, then by name; at most limit.
func Places(ctx context.Context, c db.Conn, accountID string, limit int) ([]Place, error) {
	return placesOf(ctx, c, accountID, limit)
}

// Rank puts places that were read in another order, by name, into that of Places.
func Rank(places []Place) {
	slices.SortStableFunc(places, func(a, b Place) int {
		return cmp.Or(ahead(a.Home, b.Home), ahead(a.Administrator, b.Administrator), b.LastUsed.Compare(a.LastUsed))
	})
}

// ahead puts what is before what is not.
func ahead(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// Standing counts what an account's overview tells: its organizations, those
// that disabled it, and invitations that wait.
type Standing struct {
	Organizations int
	Disabled      int
	Invitations   int
}

// StandingOf reads the counts.
func StandingOf(ctx context.Context, c db.Conn, accountID string) (Standing, error) {
	return standingOf(ctx, c, accountID)
}

// PlaceOf is one of them, by tenant.
func PlaceOf(ctx context.Context, c db.Conn, accountID, tenantID string) (Place, bool, error) {
	return placeOf(ctx, c, accountID, tenantID)
}
