package accounts

import (
	"slices"
	"strings"
)

// MethodType is what sort of thing somebody proves themselves with.
type MethodType string

const (
	PasswordMethod MethodType = "password"
	Authenticator  MethodType = "authenticator" // an app that makes codes by the time
	RecoveryCodes  MethodType = "recovery"      // printed, each good once
	MobilePhone    MethodType = "phone"         // gets codes by text or call
	AlternatePhone MethodType = "alternate"     // is called
	OfficePhone    MethodType = "office"        // is called, at a desk
	HardwareToken  MethodType = "token"         // shows codes by the time; its organization hands it out
	Passkey        MethodType = "passkey"       // a key pair that a device or a security key keeps
	AccessPass     MethodType = "pass"          // temporary, given by an administrator
	Email          MethodType = "email"         // gets codes, for getting back in only
	Questions      MethodType = "questions"     // answered, for getting back in only
)

// PhoneTypes are the telephones that an account can have, one of each.
var PhoneTypes = []MethodType{MobilePhone, AlternatePhone, OfficePhone}

// IsPhone says whether a code is sent to a telephone of that type.
func (t MethodType) IsPhone() bool { return slices.Contains(PhoneTypes, t) }

// Way is how a code comes to a telephone.
type Way string

const (
	ByText Way = "text"
	ByCall Way = "call"
)

// Factor is a second factor that its account can use now.
type Factor struct {
	ID      string // of the method, with the way where there is one
	Type    MethodType
	Name    string // as the person calls it, or a number's mask; may be ""
	Default bool
	Way     Way // of a telephone

	Portable bool // security keys, and no other passkeys
}

// Sent says whether the factor's code is sent when it is asked for.
func (f Factor) Sent() bool { return f.Way != "" }

// MethodID is the id of the method the factor belongs to.
func (f Factor) MethodID() string {
	id, _ := PartFactor(f.ID)
	return id
}

// FactorID names one way of a telephone.
func FactorID(methodID string, way Way) string { return methodID + "." + string(way) }

// PartFactor is the method and the way that the id of a factor stands for.
func PartFactor(factorID string) (methodID string, way Way) {
	methodID, w, _ := strings.Cut(factorID, ".")
	return methodID, Way(w)
}

// SecondProof is a code that was found right and is not yet used up.
type SecondProof struct {
	Factor    Factor
	AccountID string
	Step      int64  // authenticator: the code's step of time
	Hash      []byte // recovery code: its hash
	Code      string // sent code: its id
	Passkey   *PasskeyProof
}
