// Package requests owns what an organization owes a person: removal where they
// may not leave by themselves, restoring, an answer to "I don't recognise this
// organization", and the end of a direct connection. Each has one due date, which
// may be moved once, and the person follows every step on a page of theirs.
//
// It refuses a request where people can do the thing themselves, a second open
// one of a kind, one too soon after a refusal, and one that nobody would answer.
// Nobody decides about themselves. Letters say what happened and never repeat what
// somebody wrote: a stranger's words stay on the pages.
//
// A request whose aim is reached by another way, such as an administrator who
// deletes the guest without looking here, is met. That is computed whenever a
// request is read, from the record of departures, and written down by whatever act
// or turn of the clock touches it next: a GET changes nothing, and no new way of
// leaving can forget to tell.
package requests
