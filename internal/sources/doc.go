// Package sources bounds what one source of requests may have going at once,
// start in a minute and do wrong in an hour, so that a flood from one place is
// refused there and nobody else waits for it. A source is an IPv4 address or an
// IPv6 network of 64 bits, which is what one subscriber is given.
//
// It keeps its counts in the process and writes nothing: a flood costs no rows.
// Each replica counts for itself. What must hold across replicas, such as letters
// sent, is for caps.
package sources
