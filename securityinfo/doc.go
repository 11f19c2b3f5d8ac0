// Package securityinfo owns how somebody proves who they are: the password, the
// rules for choosing one, the one-time links with which a first or new one is
// set; authenticator apps, recovery codes and the second step that is taken with
// them; and the counting of wrong tries.
//
// Its sub-rooms show how each method is set up and deleted, and ask its verbs.
//
// It refuses passwords that are short, known to everybody or made of one's own
// name; a link that was used, replaced or has expired; and tries that come too
// fast or too often; a code that was taken before; and any change of methods without
// a proof of a moment ago. It never learns a password beyond the request that carries
// it, and nobody but the person ever knows one.
package securityinfo
