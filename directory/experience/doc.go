// Package experience owns the page "My Account for your people": for which of its
// own members an organization has turned the portal on.
//
// It decides and writes nothing: the verb and its rules are the directory's. It
// refuses to save before it has shown whom the change touches.
package experience
