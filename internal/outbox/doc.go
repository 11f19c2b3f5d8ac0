// Package outbox sends mail after the act it tells of: the act's transaction
// puts a row, a worker sends it. What is put is sent once a dedupe key, and
// twice only where a process dies between sending and noting it (then with the
// same Message-ID). The payload is sealed and wiped when the mail is sent or
// given up.
package outbox
