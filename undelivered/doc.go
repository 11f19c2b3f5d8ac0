// Package undelivered owns what becomes of the messages of an organization that
// could not be delivered: the list its administrators read, trying one again, and
// discarding it.
//
// It refuses to tell what a message says, to name anybody who has no user in the
// organization, to show an address or number whole, and to try again what is of no
// use any more or would go where texts and calls do not go.
package undelivered
