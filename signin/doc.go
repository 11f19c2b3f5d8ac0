// Package signin owns the way in: the flow of named steps, the one gate that
// mints sessions and checks them at every request, browsers, and ways out.
//
// It refuses a step out of its order, from another browser or a second time;
// whoever is disabled or deleted at home; and to say whether a name exists. What
// proves a person is behind an interface: this room counts and compares nothing.
package signin
