// Package accounts owns the person: the account, the names it is known by, its
// home, and the table of the methods it proves itself with.
//
// It refuses a name that is taken, and never attaches a name to an account by
// resemblance: an identity is the pair of issuer and subject. What an
// organization knows of a person is the user in its directory, not this.
package accounts
