// Package phones is how somebody adds a telephone to their account, changes its
// number and deletes it: the pages, which ask securityinfo for what they do.
//
// It shows a number in full to its owner alone, who has proved who they are a
// moment ago; everywhere else it is masked.
package phones
