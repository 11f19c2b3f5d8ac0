// Package accesspass owns what a person can do about the temporary access pass that an
// administrator gave them: delete it.
//
// It refuses to show one: whoever gave it has seen it, once.
package accesspass
