// Package emails is the part of security info about an email address to get back in
// by: adding one with a code that is mailed there, changing and deleting it.
//
// It refuses nothing by itself; the verbs and their rules are the room's around it.
package emails
