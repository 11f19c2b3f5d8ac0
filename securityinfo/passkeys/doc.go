// Package passkeys is how somebody adds a passkey or a security key to their
// account, gives it a name and deletes it: the pages, which ask securityinfo for
// what they do.
//
// It shows nothing that a passkey is checked by.
package passkeys
