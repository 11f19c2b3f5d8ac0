// Package reset is the part of security info for who forgot their password: the name,
// one or two proofs, the new password.
//
// It refuses to say whether a name exists, what its account has, or why it does not get
// in; where a reset stands, and what was proved, is the business of the verbs in the
// room around it.
package reset
