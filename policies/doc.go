// Package policies owns what an organization asks of its people when they sign in:
// which methods, a second step from whom, how to get back in, which words no
// password may be made of, how many tries, how long a session.
//
// It refuses to make anything weaker than the portal's own numbers, or so strict
// that somebody who did nothing wrong could not get in at all. Rooms read what an
// account is asked by Of. Each part is set by itself, says beforehand whom it
// touches, and is refused where another administrator was quicker. Its pages are in
// signinpolicies.
package policies
