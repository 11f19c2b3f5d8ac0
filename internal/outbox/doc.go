// Package outbox sends messages after the act they tell of: mails, texts and spoken
// calls. The act's transaction puts a row, a worker for each channel sends it. What
// is put is sent once a dedupe key, and twice only where a process dies between
// sending and noting it (then with the same id). The payload is sealed, and wiped
// when the message is sent. Of one that was given up it stays sealed for thirty
// days, in which it can be tried again; but a code that is of no use any more is
// wiped at once, and only to whom it was to go stays.
package outbox
