// Package demo is the made-up world of `sojourn demo`: organizations and people
// that show every state, made through the same verbs as real ones, with the
// clock moved to when each thing happened; and the developer's pages that show
// the mails and move the clock.
//
// It runs on loopback only and holds nobody's real data.
package demo
