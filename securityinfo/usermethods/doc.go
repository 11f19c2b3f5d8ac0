// Package usermethods owns what an administrator, or the operator, does about the
// sign-in methods of somebody else: see what there is, take away what was lost,
// have all of it set up anew, and end what the person has open.
//
// It never shows or sets a secret, and refuses to touch a person whose account
// belongs to another organization or to nobody, one with a role the administrator
// may not grant, and the administrator themselves, who has a page for that. What
// sort of method it is does not matter here.
package usermethods
