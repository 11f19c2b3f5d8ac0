package directory

import (
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"sojourn/accounts"
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
)

// holders says which roles carry which right.
var holders = map[Right][]Role{
	ReadDirectory:    Roles,
	ReadDeleted:      {GlobalAdministrator, UserAdministrator, PrivacyAdministrator},
	ManageUsers:      {GlobalAdministrator, UserAdministrator},
	InviteGuests:     {GlobalAdministrator, UserAdministrator, GuestInviter},
	ManageRoles:      {GlobalAdministrator, UserAdministrator},
	ManageProperties: {GlobalAdministrator},
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

// mayActOn: an act on a user needs the right to grant every role the user has
// or gets back.
func mayActOn(own, theirs []Role) error {
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
// operator, and people may leave.
func open(state TenantState) error {
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
func purgeable(u User, found bool, now time.Time) bool {
	return found && !u.Live() && u.HoldAt.IsZero() && !u.PurgeAt.After(now)
}

// Clock guard of the purge: a jump this far past the last beat is not believed …
const beatGap = 48 * time.Hour

// … until beats have come steadily for this long, or the operator says so.
const steadyFor = 24 * time.Hour

// beat is where the heartbeat stands after a beat at now. steadySince is zero
// while no jump has been seen.
func beat(now, last, steadySince time.Time) time.Time {
	if !last.IsZero() && now.Sub(last) > beatGap {
		return now
	}
	return steadySince
}

// steady says whether the clock may be believed.
func steady(now, steadySince time.Time) bool {
	return steadySince.IsZero() || now.Sub(steadySince) >= steadyFor
}

const maxTenantName = 120 // characters

// TenantName checks the name of an organization.
func TenantName(typed string) (string, error) {
	s := strings.Join(strings.Fields(typed), " ")
	switch {
	case s == "":
		return "", fault.New(fault.Invalid, "name_missing", "directory.tenant.name.missing")
	case utf8.RuneCountInString(s) > maxTenantName:
		return "", fault.New(fault.Invalid, "name_long", "directory.tenant.name.long", "max", maxTenantName)
	}
	if _, err := accounts.PersonName(s); err != nil {
		return "", fault.New(fault.Invalid, "name_characters", "accounts.name.characters")
	}
	return s, nil
}

// DomainName checks a domain: labels of letters, digits and hyphens, at least
// two of them (RFC 1035 2.3.1), in lower case.
func DomainName(typed string) (string, error) {
	s := strings.TrimSuffix(accounts.Fold(typed), ".")
	labels := strings.Split(s, ".")
	bad := len(labels) < 2 || len(s) > 253
	for _, l := range labels {
		bad = bad || l == "" || len(l) > 63 || l[0] == '-' || l[len(l)-1] == '-' ||
			strings.ContainsFunc(l, func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' })
	}
	if bad {
		return "", fault.New(fault.Invalid, "bad_domain", "directory.tenant.domain.invalid")
	}
	return s, nil
}

// Statement checks the address of a privacy statement: https or http, a host,
// no user, or nothing at all.
func Statement(typed string) (string, error) {
	s := strings.TrimSpace(typed)
	if s == "" {
		return "", nil
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil || len(s) > 500 {
		return "", fault.New(fault.Invalid, "bad_url", "directory.properties.statement.invalid")
	}
	return s, nil
}

const (
	maxGroupName        = 120 // characters
	maxGroupDescription = 500
)

// GroupName checks the name of a group.
func GroupName(typed string) (string, error) {
	s := strings.Join(strings.Fields(typed), " ")
	switch {
	case s == "":
		return "", fault.New(fault.Invalid, "name_missing", "directory.group.name.missing")
	case utf8.RuneCountInString(s) > maxGroupName:
		return "", fault.New(fault.Invalid, "name_long", "directory.group.name.long", "max", maxGroupName)
	}
	return s, nil
}

// GroupDescription checks what is said of a group.
func GroupDescription(typed string) (string, error) {
	s := strings.TrimSpace(typed)
	if utf8.RuneCountInString(s) > maxGroupDescription {
		return "", fault.New(fault.Invalid, "description_long", "directory.group.description.long", "max", maxGroupDescription)
	}
	return s, nil
}

// guestPrincipal is the principal name of a guest: the address with its @
// written as _, marked as external, in the tenant's domain.
func guestPrincipal(address, tenantDomain string) string {
	return strings.ReplaceAll(accounts.Fold(address), "@", "_") + "#EXT#@" + tenantDomain
}

// GuestAddress checks the address of somebody to invite. A # marks the principal
// name of a guest elsewhere, by which nobody signs in.
func GuestAddress(typed string) (string, error) {
	address, err := accounts.Address(typed)
	if err == nil && strings.Contains(address, "#") {
		err = fault.New(fault.Invalid, "bad_address", "accounts.address.invalid")
	}
	return address, err
}

// guestName is what a guest is called: as typed, else what stands before the @.
func guestName(typed, address string) string {
	if strings.TrimSpace(typed) != "" {
		return typed
	}
	local, _, _ := strings.Cut(address, "@")
	return local
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

// words are what a user is found by: every word of the name, the principal name
// and the mail address, and both addresses whole.
func words(texts ...string) []string {
	seen := map[string]bool{}
	var out []string
	add := func(w string) {
		if len(w) > maxWord {
			w = strings.ToValidUTF8(w[:maxWord], "")
		}
		if w != "" && !seen[w] {
			seen[w] = true
			out = append(out, w)
		}
	}
	for _, text := range texts {
		folded := accounts.Fold(text)
		if strings.ContainsRune(folded, '@') {
			add(folded)
		}
		for _, w := range split(folded) {
			add(w)
		}
	}
	return out
}

const maxWord = 64 // octets kept of a word, and searched by

// split cuts a folded text into words at everything that is not a letter or digit.
func split(folded string) []string {
	return strings.FieldsFunc(folded, func(r rune) bool {
		return strings.ContainsRune(" \t@._-#+,;:/\\'\"()[]{}<>|&!?*=~`^%$€£·–—…’‘“”«»\u00a0", r)
	})
}
