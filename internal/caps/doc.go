// Package caps counts what strangers could have done too often: letters to an
// address, by an inviter, from an organization. A counter is a row, so that every
// replica sees the same, and counting is one conditional statement, so that of
// many at once none slips past.
package caps
