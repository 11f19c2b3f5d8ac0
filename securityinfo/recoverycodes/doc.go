// Package recoverycodes is how somebody makes recovery codes, keeps them, and
// deletes them: the pages, which ask securityinfo for what they do.
//
// Codes are shown once, in the answer to the button that made them. No address
// shows them again.
package recoverycodes
