// Package properties owns the page of Properties: what an organization says of
// itself, and what of it is fixed.
//
// It decides and writes nothing: the verb and its rules are the directory's.
package properties
