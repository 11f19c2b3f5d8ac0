// Package inventory owns the hardware tokens that an organization hands out: the list
// its administrators read, putting a delivery in from a file, having a token wait for a
// member, and taking one out.
//
// It refuses to show a seed, to take half a file, to change a token that somebody uses,
// which is one of their sign-in methods, and to have one wait for a guest or above the
// rank of the administrator. Whoever has a role takes no token but one that waits for
// them: whoever delivered it knows what it shows.
package inventory
