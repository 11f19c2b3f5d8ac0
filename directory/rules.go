package directory

import (
	"slices"
	"time"

	"sojourn/internal/fault"
)

// Right is something an administrator may be allowed to do in their tenant.
type Right string

const (
	ReadDirectory    Right = "read_directory"    // users, groups
	ReadDeleted      Right = "read_deleted"      // deleted users
	ManageUsers      Right = "manage_users"      // create, disable, delete, restore, erase, groups
	InviteGuests     Right = "invite_guests"     // add a guest
	ManageRoles      Right = "manage_roles"      // grant and revoke, within one's rank
	ManageProperties Right = "manage_properties" // name, contacts, external collaboration settings
	ReadAudit        Right = "read_audit"        // who did what
	ReadAuditDetails Right = "read_details"      // … and from where: addresses, browsers, old and new values
	ManageMethods    Right = "manage_methods"    // see and take away the sign-in methods of members, end their sessions
	SendLinks        Right = "send_links"        // have a link to set a password sent to a member
	ReadPolicies     Right = "read_policies"     // what is asked of people when they sign in
	ManagePolicies   Right = "manage_policies"   // change that

	AnswerMemberships Right = "answer_memberships" // requests to be removed or restored
	AnswerRequests    Right = "answer_requests"    // every request of a person
	ManageHolds       Right = "manage_holds"       // legal hold
	ManageClosing     Right = "manage_closing"     // close the organization, and stop that
)

// holders says which roles carry which right.
var holders = map[Right][]Role{
	ReadDirectory:    Roles,
	ReadDeleted:      {GlobalAdministrator, UserAdministrator, PrivacyAdministrator},
	ManageUsers:      {GlobalAdministrator, UserAdministrator},
	InviteGuests:     {GlobalAdministrator, UserAdministrator, GuestInviter},
	ManageRoles:      {GlobalAdministrator, UserAdministrator},
	ManageProperties: {GlobalAdministrator},
	ReadAudit:        {GlobalAdministrator, PrivacyAdministrator, ReportsReader},
	ReadAuditDetails: {GlobalAdministrator, PrivacyAdministrator},
	// Who can change where letters go does not by that take a second factor away:
	// that is another role, and its grant is in the audit log.
	ManageMethods: {GlobalAdministrator, AuthenticationAdministrator},
	SendLinks:     {GlobalAdministrator, UserAdministrator, AuthenticationAdministrator},
	// Who takes care of methods reads what is asked; who asks it answers for all.
	ReadPolicies:   {GlobalAdministrator, AuthenticationAdministrator, ReportsReader},
	ManagePolicies: {GlobalAdministrator},

	AnswerMemberships: {GlobalAdministrator, PrivacyAdministrator, UserAdministrator},
	AnswerRequests:    {GlobalAdministrator, PrivacyAdministrator},
	ManageHolds:       {GlobalAdministrator, PrivacyAdministrator},
	ManageClosing:     {GlobalAdministrator},
}

// Allows says whether somebody with these roles has the right.
func Allows(roles []Role, right Right) bool {
	return slices.ContainsFunc(roles, func(r Role) bool { return slices.Contains(holders[right], r) })
}

// MayGrant says whether somebody with these roles may grant or revoke a role:
// a Global Administrator any, a User Administrator those of lower rank.
func MayGrant(roles []Role, role Role) bool {
	if slices.Contains(roles, GlobalAdministrator) {
		return true
	}
	return slices.Contains(roles, UserAdministrator) && role.rank() < UserAdministrator.rank()
}

// MayActOn: an act on a user needs the right to grant every role the user has
// or gets back.
func MayActOn(own, theirs []Role) error {
	for _, r := range theirs {
		if !MayGrant(own, r) {
			return fault.New(fault.Forbidden, "rank_too_low", "directory.refused.rank.title")
		}
	}
	return nil
}

func needs(roles []Role, right Right) error {
	if Allows(roles, right) {
		return nil
	}
	return fault.New(fault.Forbidden, "role_missing", "directory.refused.role.title")
}

// lastAdministrator: no verb but the operator's takes the last effective Global
// Administrator from an organization that is not closed.
func lastAdministrator(isEffective bool, others int, state TenantState) error {
	if isEffective && others == 0 && state != TenantClosed {
		return fault.New(fault.Conflict, "last_administrator", "directory.refused.last.title")
	}
	return nil
}

// open: in a closed or frozen organization nothing is changed but by the
// operator, and people may leave. Frozen, its closing can be stopped.
func open(state TenantState, right Right) error {
	if state == TenantFrozen && right == ManageClosing {
		return nil
	}
	if state != TenantActive {
		return fault.New(fault.Conflict, "tenant_"+string(state), "directory.refused.closed.title")
	}
	return nil
}

// restorable: gone never comes back, live needs no restoring.
func restorable(u User, found bool) error {
	if !found {
		return fault.Missing()
	}
	if u.Live() {
		return fault.New(fault.Conflict, "not_deleted", "directory.refused.notDeleted.title", "name", u.DisplayName)
	}
	return nil
}

// Way is how a restore goes on when the account has a live user again.
type Way string

const (
	Ask     Way = ""        // say that there is a conflict
	Keep    Way = "keep"    // leave the live user as it is, and the deleted one deleted
	Replace Way = "replace" // delete the live user, restore the old one
	Merge   Way = "merge"   // add the old one's groups to the live user
)

// ParseWay reads a way out of a conflict.
func ParseWay(s string) (Way, bool) {
	w := Way(s)
	return w, slices.Contains([]Way{Ask, Keep, Replace, Merge}, w)
}

// purgeable: only what is deleted, due and not held, whatever an earlier look
// said.
func purgeable(u User, now time.Time) bool {
	return !u.Live() && u.HoldAt.IsZero() && !u.PurgeAt.After(now)
}

// renewable: only who has not answered, and could, is written to again.
func renewable(u User) error {
	switch {
	case u.ExternalState != Pending || u.AccountID != "":
		return fault.New(fault.Conflict, "not_pending", "directory.guest.notPending.title", "name", u.DisplayName)
	case !u.Enabled:
		return fault.New(fault.Conflict, "disabled", "directory.guest.disabled.title", "name", u.DisplayName)
	}
	return nil
}

// connectable: direct connect is for members of another organization who have
// no user here.
func connectable(homeID string, here bool) error {
	switch {
	case here:
		return fault.New(fault.Conflict, "already_here", "directory.connection.here")
	case homeID == "":
		return fault.New(fault.Conflict, "no_home", "directory.connection.noHome")
	}
	return nil
}
