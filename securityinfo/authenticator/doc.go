// Package authenticator is how somebody adds an authenticator app to their account
// and deletes one: the pages, which ask securityinfo for what they do.
//
// It shows a secret for as long as it waits to be proved, to who has proved who
// they are a moment ago, and never again.
package authenticator
