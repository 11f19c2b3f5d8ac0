package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"

	"modernc.org/sqlite"
)

// openKeeping opens a pool of SQLite connections that keep their statements:
// reading and planning a text costs SQLite more than running most of ours, and a
// verb has some twenty of them.
func openKeeping(dsn string) (*sql.DB, error) {
	c, err := sqlite.NewConnector(dsn)
	if err != nil {
		return nil, err
	}
	return sql.OpenDB(keeper{c}), nil
}

type keeper struct{ driver.Connector }

// Connect opens a connection. It must not show that the driver could run a text
// directly: database/sql would, and prepare nothing.
func (k keeper) Connect(ctx context.Context) (driver.Conn, error) {
	c, err := k.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	inner, ok := c.(sqliteConn)
	if !ok {
		c.Close()
		return nil, fmt.Errorf("sqlite: unexpected connection %T", c)
	}
	return &connection{sqliteConn: inner, kept: map[string]*statement{}}, nil
}

type sqliteConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

// connection is used by one goroutine at a time, as database/sql promises.
type connection struct {
	sqliteConn
	kept map[string]*statement
}

// maxKept is far more than there are texts; filtered lists make a few of their
// own.
const maxKept = 500

// PrepareContext gives the kept statement of a text. While its rows are being
// read, the same text gets another one.
func (c *connection) PrepareContext(ctx context.Context, text string) (driver.Stmt, error) {
	kept := c.kept[text]
	if kept != nil && !kept.busy {
		kept.busy = true
		return kept, nil
	}
	made, err := c.sqliteConn.PrepareContext(ctx, text)
	if err != nil {
		return nil, err
	}
	inner, ok := made.(sqliteStatement)
	if !ok {
		made.Close()
		return nil, fmt.Errorf("sqlite: unexpected statement %T", made)
	}
	s := &statement{sqliteStatement: inner, busy: true, kept: kept == nil && len(c.kept) < maxKept}
	if s.kept {
		c.kept[text] = s
	}
	return s, nil
}

// Close closes the kept statements with their connection.
func (c *connection) Close() error {
	for _, s := range c.kept {
		s.sqliteStatement.Close()
	}
	return c.sqliteConn.Close()
}

type sqliteStatement interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

type statement struct {
	sqliteStatement
	busy, kept bool
}

// Close is the end of one use.
func (s *statement) Close() error {
	s.busy = false
	if s.kept {
		return nil
	}
	return s.sqliteStatement.Close()
}
