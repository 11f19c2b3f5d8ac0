package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
)

type postgresDialect struct{}

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
	pool := stdlib.OpenDB(*cfg)
	conns := o.Conns
	if conns == 0 {
		conns = 20
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

func (postgresDialect) lost(err error) bool {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		// connection exceptions, insufficient resources, operator intervention, system error
		return strings.HasPrefix(e.Code, "08") || strings.HasPrefix(e.Code, "53") || strings.HasPrefix(e.Code, "57") || strings.HasPrefix(e.Code, "58")
	}
	var netErr net.Error
	var connect *pgconn.ConnectError
	return errors.As(err, &connect) || errors.As(err, &netErr) || errors.Is(err, driver.ErrBadConn) || strings.Contains(err.Error(), "conn closed")
}
