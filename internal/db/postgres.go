package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
)

type postgresDialect struct{}

// connectMax is how long a server may take to let a connection in: whoever waits
// for it waits for a page.
const connectMax = 4 * time.Second

// defaultConns is the bound of a pool where none is set.
const defaultConns = 20

func openPostgres(ctx context.Context, source string, o Options) (*DB, error) {
	cfg, err := pgx.ParseConfig(source)
	if err != nil {
		return nil, errors.New("database postgres: the address cannot be read; want postgres://user:password@host:port/name")
	}
	for name, value := range map[string]string{
		"application_name":                    "sojourn",
		"statement_timeout":                   "30s",
		"idle_in_transaction_session_timeout": "30s",
	} {
		if _, set := cfg.RuntimeParams[name]; !set {
			cfg.RuntimeParams[name] = value
		}
	}
	if cfg.ConnectTimeout == 0 || cfg.ConnectTimeout > connectMax {
		cfg.ConnectTimeout = connectMax
	}
	pool := stdlib.OpenDB(*cfg)
	conns := o.Conns
	if conns == 0 {
		conns = defaultConns
	}
	pool.SetMaxOpenConns(conns)
	pool.SetMaxIdleConns(conns)
	pool.SetConnMaxIdleTime(5 * time.Minute)
	if err := pool.PingContext(ctx); err != nil {
		pool.Close()
		return nil, fmt.Errorf("database postgres: %w", err)
	}
	d := &DB{dialect: postgresDialect{}, write: pool, read: pool}
	return d, d.MeasureClock(ctx)
}

func (postgresDialect) name() string { return "postgres" }

func (postgresDialect) sign() string { return "SELECT 1" }

func (postgresDialect) begin(ctx context.Context, d *DB) (*sql.Tx, error) {
	return d.write.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelSerializable})
}

func (postgresDialect) now(ctx context.Context, tx *sql.Tx) (time.Time, error) {
	var micros int64
	err := tx.QueryRowContext(ctx, "SELECT CAST(extract(epoch FROM now()) * 1000000 AS BIGINT)").Scan(&micros)
	return time.UnixMicro(micros), err
}

// retryable: serialization failure and deadlock.
func (postgresDialect) retryable(err error) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && (e.Code == "40001" || e.Code == "40P01")
}

// lost: the server or the way to it is gone, or it has no room.
func (postgresDialect) lost(err error) bool {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		switch e.Code {
		case "25006", "25P03", "55P03": // only reads are taken (a standby), idle too long in a transaction, a lock not had
			return true
		}
		// connection exceptions, insufficient resources, operator intervention, system error
		return slices.Contains([]string{"08", "53", "57", "58"}, e.Code[:min(2, len(e.Code))])
	}
	var netErr net.Error
	var connect *pgconn.ConnectError
	if errors.As(err, &connect) || errors.As(err, &netErr) {
		return true
	}
	for _, cut := range []error{driver.ErrBadConn, io.EOF, io.ErrUnexpectedEOF, net.ErrClosed, sql.ErrConnDone} {
		if errors.Is(err, cut) {
			return true
		}
	}
	return strings.Contains(err.Error(), "conn closed")
}

// passing: what the operator did to a connection, not to a statement, and not what
// takes the operator to mend.
func (p postgresDialect) passing(err error) bool {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		switch e.Code {
		case "57014", "53100", "55P03", "25P03": // cancelled or timed out, disk full
			return false
		}
	}
	return p.undone(err) || p.lost(err)
}

// undone: the server answered that it was rolled back, or never heard of it.
func (p postgresDialect) undone(err error) bool {
	var connect *pgconn.ConnectError
	return p.retryable(err) || errors.As(err, &connect) || pgconn.SafeToRetry(err)
}

// doubtful: the connection ended before the answer. An error (not a fatal one)
// is an answer: rolled back.
func (p postgresDialect) doubtful(err error) bool {
	var e *pgconn.PgError
	if errors.As(err, &e) && e.Severity == "ERROR" {
		return false
	}
	return p.lost(err)
}

// writable: whoever writes next will see; no disk of ours is concerned.
func (postgresDialect) writable(context.Context, *DB) error { return nil }
