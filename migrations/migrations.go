// Package migrations holds the one timeline of the schema: the same files run
// on SQLite and on PostgreSQL. They only add.
package migrations

import "embed"

// Files are the migrations in order.
//
//go:embed *.sql
var Files embed.FS
