// Package deletedusers owns the pages of Deleted users: the list with its days
// left, restoring one or several with what came back and what could not, the
// conflict with a user the person has here again, and deleting permanently.
//
// It decides and writes nothing: the verbs, their rules and their letters are the
// directory's. It asks for a fresh proof before it shows whom it is about to
// delete for good, as the verb does, and never acts on a GET: a page that tells
// a result can be loaded again.
package deletedusers
