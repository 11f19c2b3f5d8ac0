// Package mail makes a letter out of texts that are already in the reader's
// language, as HTML and as plain text, and hands it to an SMTP server. It knows
// no feature and keeps nothing: internal/outbox decides when and how often.
package mail
