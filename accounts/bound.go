package accounts

import (
	"context"

	"sojourn/internal/db"
)

// BoundOf lists the second factors of an account that organizations want bound to
// themselves, where its person is now; among them those that were reported, which are
// good for nothing. At home nobody is asked for one.
func BoundOf(ctx context.Context, c db.Conn, accountID string) ([]Method, error) {
	return boundOf(ctx, c, accountID)
}

// BoundIn is the one that is bound to an organization in which its person is now.
func BoundIn(ctx context.Context, c db.Conn, tenantID, accountID string) (m Method, found bool, err error) {
	list, err := boundOf(ctx, c, accountID)
	for _, m := range list {
		if m.Tenant == tenantID {
			return m, true, err
		}
	}
	return Method{}, false, err
}

// BoundBy is a bound method of an account, also where its person has left: whoever comes
// back finds it again, so it can be reported meanwhile.
func BoundBy(ctx context.Context, c db.Conn, accountID, methodID string) (m Method, found bool, err error) {
	return boundBy(ctx, c, accountID, methodID)
}

// ReportBound has a bound method taken for nobody's: it is good for nothing any more,
// and no other takes its place until the organization removes it. False where it was
// not in use.
func ReportBound(ctx context.Context, tx *db.Tx, tenantID, accountID, methodID string) (bool, error) {
	return reportBound(ctx, tx, tenantID, accountID, methodID)
}

// ForgetBound removes a bound method; false where it was not there.
func ForgetBound(ctx context.Context, tx *db.Tx, tenantID, accountID, methodID string) (bool, error) {
	return deleteBound(ctx, tx, tenantID, accountID, methodID)
}

// EraseBound removes what is bound to an organization in which nobody is that
// account any more.
func EraseBound(ctx context.Context, tx *db.Tx, tenantID, accountID string) error {
	return eraseBound(ctx, tx, tenantID, accountID)
}
