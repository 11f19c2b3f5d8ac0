package guests

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"sojourn/accounts"
	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/caps"
	"sojourn/internal/fault"
)

// linkLife is how long the link of an invitation works: as long as the
// invitation waits.
const linkLife = directory.InvitationLife

// maxMessage is the length of an inviter's message, in characters.
const maxMessage = 500

// linkLike is what programs that show mail make a link of: a scheme, www, or
// labels with a dot between them whose last one is letters.
var linkLike = regexp.MustCompile(`[\pL\pN+.-]+://\S*|mailto:\S*|www\.\S*|[^\s.。,;:!?()<>"']+(?:[.。][^\s.。,;:!?()<>"']+)*[.。][\pL\pM]{2,}\S*`)

// Message checks what an inviter writes to a stranger in the product's name:
// plain text on one line, and nothing to press.
func Message(typed string) (string, error) {
	s := strings.Join(strings.Fields(typed), " ")
	if utf8.RuneCountInString(s) > maxMessage {
		return "", fault.New(fault.Invalid, "message_long", "guests.add.message.long", "max", maxMessage)
	}
	for _, r := range s {
		if unicode.IsControl(r) || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			return "", fault.New(fault.Invalid, "message_characters", "guests.add.message.characters")
		}
	}
	if found := linkLike.FindString(accounts.Fold(strings.Map(visible, s))); found != "" {
		return "", fault.New(fault.Invalid, "message_link", "guests.add.message.link", "found", found)
	}
	return s, nil
}

// visible drops characters that could hide a link from the eye of a rule.
func visible(r rune) rune {
	if unicode.Is(unicode.Cf, r) {
		return -1
	}
	return r
}

// limits are those an invitation's letter has to pass, in this order: an inviter
// at their own end uses up neither the organization's nor the address's.
// The address counts wherever the letter comes from.
func limits(who actor.Actor, tenantID, address string) []caps.Cap {
	list := []caps.Cap{caps.MailFrom(tenantID), caps.MailTo(accounts.Fold(address))}
	if who.Kind == actor.Administrator {
		list = append([]caps.Cap{caps.MailBy(who.UserID)}, list...)
	}
	return list
}

// standing is everything that decides whether an invitation can be accepted by
// the person it was made for.
type standing struct {
	organization  string // its name, for the answer
	state         directory.TenantState
	enabled       bool // the user that waits
	here          bool // the account is in the organization already
	organizations int  // the account is in
	expired       bool // it has waited longer than directory.InvitationLife
}

// accept decides whether an invitation can be accepted.
func accept(s standing) error {
	switch {
	case s.state != directory.TenantActive:
		return refusal(fault.Conflict, "tenant_"+string(s.state), "closed", s)
	case !s.enabled:
		return refusal(fault.Forbidden, "account_disabled", "disabled", s)
	case s.expired:
		return refusal(fault.Gone, "invitation_expired", "expired", s)
	case s.here:
		return refusal(fault.Conflict, "already_in", "here", s)
	case s.organizations >= directory.MostPlaces:
		return refusal(fault.Conflict, "too_many_organizations", "most", s)
	}
	return nil
}

// decline: what has been accepted is left, not declined.
func decline(accepted bool, organization string) error {
	if accepted {
		return refusal(fault.Conflict, "already_accepted", "accepted", standing{organization: organization})
	}
	return nil
}

// undoDays reads a number of days in which leaving can be undone.
func undoDays(typed string) (int, error) {
	n, err := strconv.Atoi(strings.TrimSpace(typed))
	if err != nil || n < 0 || n > directory.RetentionDays {
		return 0, fault.New(fault.Invalid, "undo_invalid", "guests.settings.undo.invalid").Field("undo", "guests.settings.undo.invalid", "most", directory.RetentionDays)
	}
	return n, nil
}

func refusal(kind fault.Kind, code, key string, s standing) error {
	return fault.New(kind, code, "guests.refused."+key+".title", "org", s.organization, "max", directory.MostPlaces)
}
