package organizations

import (
	"crypto/rand"

	"sojourn/directory"
	"sojourn/internal/fault"
)

// standing is everything that decides whether somebody may leave.
type standing struct {
	home              bool
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
	leaveNotAllowed  = "leave_not_allowed"
	accountDisabled  = "account_disabled"
	lastAdmin        = "last_administrator"
)

// leave decides whether somebody may leave an organization.
func leave(s standing) error {
	if s.home {
		return refusal(homeOrganization)
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

// needsProof: leaving with a role asks the person to type their password again.
func needsProof(roles []directory.Role) bool { return len(roles) > 0 }

// readable are the letters of a receipt's number: no I, L, O, U (Crockford).
const readable = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// receiptNumber makes a number to read out: 50 random bits as SJ-XXXXX-XXXXX.
func receiptNumber() string {
	raw := make([]byte, 10)
	rand.Read(raw)
	out := []byte("SJ-")
	for i, b := range raw {
		if i == 5 {
			out = append(out, '-')
		}
		out = append(out, readable[b&31])
	}
	return string(out)
}
