// Package connections owns the page of Direct connect: who from elsewhere uses
// what the organization shares, and which of its own people use what others do.
//
// It decides and writes nothing.
package connections
