package db

import "database/sql"

// Pool is how a pool of connections stands.
type Pool struct {
	Name string // read or write; all where one serves both
	sql.DBStats
}

// Pools are the pools of this process.
func (d *DB) Pools() []Pool {
	if d.read == d.write {
		return []Pool{{"all", d.write.Stats()}}
	}
	return []Pool{{"read", d.read.Stats()}, {"write", d.write.Stats()}}
}

// Retried says how many times a transaction was run once more, and how many were
// given up after all their tries.
func (d *DB) Retried() (again, givenUp int64) { return d.retried.Load(), d.givenUp.Load() }
