package accounts

import (
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"
)

// State is where an account stands.
type State string

const (
	Active    State = "active"
	Closing   State = "closing"
	Tombstone State = "tombstone" // gone for good; the row only keeps the id from coming back
)

// Account is one person's way in.
type Account struct {
	ID         string
	HomeUserID string // "" for personal and passcode accounts
	State      State
	Name       string
	Language   string // "" until chosen
	Region     string // whose way of writing dates and numbers; "" until chosen
	Zone       string // IANA name of a time zone; "" until chosen
	CreatedAt  time.Time
}

// IdentityType is what sort of name an identity is.
type IdentityType string

const (
	PrincipalName IdentityType = "upn"
	Mailbox       IdentityType = "mail"
)

// MailIssuer is the issuer of every mailbox.
const MailIssuer = "mail"

// Identity is a name the account is known by.
type Identity struct {
	ID         string
	AccountID  string
	Type       IdentityType
	Issuer     string // the tenant of a principal name, MailIssuer of a mailbox
	Subject    string // folded
	Address    string // as the person writes it
	VerifiedAt time.Time
}

// Kind says how somebody comes in. It is derived, never stored.
type Kind string

const (
	Work     Kind = "work"     // owned by a home organization
	Personal Kind = "personal" // no home, but a password
)

// Fold is the form in which names are compared: NFKC, lower case, no spaces
// around. Two spellings that fold alike are one name.
func Fold(name string) string {
	return strings.ToLower(norm.NFKC.String(strings.TrimSpace(name)))
}

// Domain is what stands after the last @, folded; "" if there is none.
func Domain(name string) string {
	name = Fold(name)
	if at := strings.LastIndexByte(name, '@'); at > 0 {
		return name[at+1:]
	}
	return ""
}
