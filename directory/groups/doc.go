// Package groups owns the pages of Groups: the list, creating one, its members,
// and the question before one is deleted.
//
// It decides and writes nothing: the verbs and their rules are the directory's.
// It guesses at nobody: an address that several users have adds none of them.
package groups
