// Package tokens is how somebody takes a hardware token of their organization into use
// and deletes it again: the pages, which ask securityinfo for what they do.
//
// It never shows a seed, and answers for a token of somebody else like for one that
// there is not.
package tokens
