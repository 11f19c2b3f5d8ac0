// Package securityinfo owns how somebody proves who they are: the password, the
// rules for choosing one, the one-time links with which a first or new one is
// set, and the counting of wrong tries.
//
// It refuses passwords that are short, known to everybody or made of one's own
// name; a link that was used, replaced or has expired; and tries that come too
// fast or too often. It never learns a password beyond the request that carries
// it, and nobody but the person ever knows one.
package securityinfo
