// Package directory owns what an organization has: the tenant, its users, groups
// and roles, and the life of a user from creation over disabling, deletion and
// restoring to erasure.
//
// It refuses to act across tenants, above one's rank, and on the last effective
// Global Administrator. It never learns of a person more than their user in the
// tenant: the account's id, its other organizations and sessions stay outside.
//
// It shows nothing. Its pages stand in the rooms inside this folder, which ask
// its verbs and only read.
package directory
