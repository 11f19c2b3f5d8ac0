// Package activity owns what people are shown of what happened: to a person
// their own sign-ins and open sessions, to administrators the audit log of their
// organization, on a page and as CSV.
//
// It writes nothing but that somebody took a copy. It refuses to show an
// organization what is another's, an account's id or its sessions to any
// organization, and where people came from to all but those who answer for it.
package activity
