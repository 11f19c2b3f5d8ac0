// Package desk owns what the pages of an organization's administration have in
// common: where an administrator sits and what they are offered, the state of a
// user in pills, the fields of a refused form, and the made-up people of the
// previews. The rooms around it bring the pages.
//
// It refuses nothing and reads nothing: what a page offers is only what it shows,
// every read and every verb decides for itself.
package desk
