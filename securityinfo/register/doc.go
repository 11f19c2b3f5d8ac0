// Package register owns what people are asked to set up when they sign in: "Keep
// your account secure".
//
// It refuses to open anything else to a session that must set something up first.
package register
