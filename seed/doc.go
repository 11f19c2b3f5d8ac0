// Package seed makes directories of any size, to measure with: organizations,
// people with an account and a password, guests elsewhere, groups, administrators
// and deleted users. The same numbers make the same world.
//
// It is the one place beside the migrations that writes the tables of all rooms:
// going through their verbs would take a thousand times as long. Its test holds
// what it writes to the invariants that the verbs keep.
package seed
