// Package db owns the database: which of the two it is, its connections,
// transactions and their retries, the clock, and the migrations. It is the only
// package that names a driver. Rooms write one SQL text and pass a *Tx or the
// *DB wherever a Conn is asked for.
package db
