// Package policies owns what an organization asks of its people when they sign in:
// which methods, a second step from whom, how to get back in, which words no
// password may be, how many tries, how long a session.
//
// It refuses to make anything weaker than the portal's own numbers. Rooms read what
// an account is asked by Of; its pages are the sub-rooms.
package policies
