// Package guests owns the door: inviting somebody into an organization, their
// answer, and what the organization decides about guests who want to go.
//
// It refuses to put anybody into a place they did not accept, to let anybody
// accept but who was invited, and to tell whether an address has an account:
// that one invites, the other is asked, and only the invited person sees more.
// The user it makes and takes away is the directory's.
package guests
