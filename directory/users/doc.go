// Package users owns the pages of Users: the list, creating one, the page of a
// user and what is done there, and the question before one is deleted.
//
// It decides and writes nothing: the verbs, their rules and their letters are the
// directory's. What it reads it reads only for who may; a deleted user's page
// only for who may see Deleted users. Of other organizations it says nothing:
// that a guest signs in with an account of one, not with whose.
package users
