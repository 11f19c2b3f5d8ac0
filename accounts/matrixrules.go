package accounts

import "slices"

// What each sort of method is good for. E-mail and questions prove too little to
// sign in with, NIST SP 800-63B-4 section 3.1: they only help to get back in, and
// never by themselves where somebody has a second factor.

// SignsIn says whether a method takes the place of the password.
func (t MethodType) SignsIn() bool { return t == Passkey || t == AccessPass }

// IsSecond says whether a method, once somebody has it, makes a second step be
// asked for. Recovery codes stand in for another and do not.
func (t MethodType) IsSecond() bool {
	return t == Authenticator || t == HardwareToken || t == Passkey || t.IsPhone()
}

// Resets says whether a forgotten password can be replaced with the help of a
// method. A passkey does not need to: whoever has one gets in without a password.
func (t MethodType) Resets() bool { return slices.Contains(ResetTypes, t) }

// ResetTypes are the methods for getting back in, the strongest first.
var ResetTypes = []MethodType{Authenticator, HardwareToken, MobilePhone, OfficePhone, Email, Questions}

// CanBeDefault says whether the second step may begin with a method.
func (t MethodType) CanBeDefault() bool { return t.IsSecond() }

// StrongTypes are the methods that nobody but who holds them can be talked, or tapped,
// out of: what an organization asks its people to add.
var StrongTypes = []MethodType{Passkey, Authenticator, HardwareToken}

// IsStrong says whether a method is one of them.
func (t MethodType) IsStrong() bool { return slices.Contains(StrongTypes, t) }

// ShowsCodes says whether something in the hand of its owner makes codes by the
// time.
func (t MethodType) ShowsCodes() bool { return t == Authenticator || t == HardwareToken }
