package organizations

import (
	"time"

	"sojourn/directory"
	"sojourn/internal/fault"
)

// standing is everything that decides whether somebody may leave.
type standing struct {
	home              bool
	direct            bool // only uses what the organization shares, has no user there
	state             directory.TenantState
	leaveAllowed      bool // External user leave settings
	enabled           bool // the user there
	hasAdministrator  bool // an effective Global Administrator
	hasContact        bool // privacy or technical
	lastAdministrator bool // the person is the last effective one
}

// Reason codes of refusals.
const (
	homeOrganization = "home_organization"
	directConnect    = "direct_connect"
	leaveNotAllowed  = "leave_not_allowed"
	accountDisabled  = "account_disabled"
	lastAdmin        = "last_administrator"

	notLeft = "not_left" // nothing refuses it, but it was not done
)

// leave decides whether somebody may leave an organization.
func leave(s standing) error {
	if s.home {
		return refusal(homeOrganization)
	}
	if s.direct {
		return refusal(directConnect)
	}
	if !s.leaveAllowed && !abandoned(s) {
		return refusal(leaveNotAllowed)
	}
	if !s.enabled && !abandoned(s) {
		return refusal(accountDisabled)
	}
	if s.lastAdministrator && s.state != directory.TenantClosed {
		return refusal(lastAdmin)
	}
	return nil
}

// abandoned: where nobody can be asked, neither the setting nor a disabled
// account holds anybody.
func abandoned(s standing) bool {
	return s.state != directory.TenantActive || !s.hasAdministrator && !s.hasContact
}

func refusal(code string) *fault.Fault {
	return fault.New(fault.Forbidden, code, "organizations.refused."+code)
}

// needsProof: leaving with a role, and leaving several at once, asks the person
// to type their password again.
func needsProof(together int, roles []directory.Role) bool { return together > 1 || len(roles) > 0 }

// most is how many organizations can be left at once: as many as a page of the
// list shows.
const most = pageSize

// departed is everything that decides whether somebody may undo that they left.
type departed struct {
	kind     directory.DeletedKind // whose act the deletion is
	state    directory.TenantState
	days     int // in which the organization allows it, 0 for never
	left     time.Time
	here     bool // there is a live user of theirs again
	enabled  bool // the deleted one
	declined bool // since then the organization has declined to restore them

	organization string // its name, for the answer
	places       int    // organizations the person is in
}

// Reason codes of refusing to undo.
const (
	undoNotOwn     = "undo_not_own"
	undoNotAllowed = "undo_not_allowed"
	undoOver       = "undo_over"
	undoDeclined   = "undo_declined"
	undoHere       = "already_here"
	undoMost       = "too_many_organizations"
	undoClosed     = "tenant_closed"
	undoNothing    = "undo_nothing" // back already, or deleted for good
)

// undo decides whether somebody may take back that they left. The policies of
// the door are those that leaving and accepting know: an organization that is
// open, a user that is not disabled, and a person who is not in too many.
func undo(d departed, now time.Time) error {
	switch {
	case d.kind != directory.Left:
		return undoRefusal(undoNotOwn, d.organization)
	case d.here:
		return undoRefusal(undoHere, d.organization)
	case d.state != directory.TenantActive:
		return undoRefusal("tenant_"+string(d.state), d.organization)
	case !d.enabled:
		return undoRefusal(accountDisabled, d.organization)
	case d.declined:
		return undoRefusal(undoDeclined, d.organization)
	case d.days == 0:
		return undoRefusal(undoNotAllowed, d.organization)
	case !now.Before(undoUntil(d.left, d.days)):
		return undoRefusal(undoOver, d.organization)
	case d.places >= directory.MostPlaces:
		return undoRefusal(undoMost, d.organization)
	}
	return nil
}

// undoUntil is when undoing ends.
func undoUntil(left time.Time, days int) time.Time {
	return left.Add(time.Duration(min(days, directory.RetentionDays)) * 24 * time.Hour)
}

func undoRefusal(code, organization string) *fault.Fault {
	return fault.New(fault.Conflict, code, "organizations.undo.refused."+code, "org", organization, "max", directory.MostPlaces)
}

// readable are the letters of a receipt's number: no I, L, O, U (Crockford).
const readable = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// receiptNumber makes a number to read out of random bytes, five bits of each of
// the first ten: SJ-XXXXX-XXXXX.
func receiptNumber(random []byte) string {
	out := []byte("SJ-")
	for i, b := range random[:10] {
		if i == 5 {
			out = append(out, '-')
		}
		out = append(out, readable[b&31])
	}
	return string(out)
}
