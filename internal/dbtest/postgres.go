package dbtest

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"sojourn/internal/db"
)

// prefix begins the name of every database made here.
const prefix = "sojourn_test_"

// server is this process on a PostgreSQL server: its template database, and
// the connection whose advisory lock says that the process still lives.
type server struct {
	admin    *db.DB
	template string
	copies   atomic.Int64
}

var (
	once    sync.Once
	running *server
	failed  error
)

// databaseCopy makes a database for the test and drops it afterwards.
func databaseCopy(t testing.TB, address string) (source string) {
	t.Helper()
	once.Do(func() { running, failed = newServer(context.Background(), address) })
	if failed != nil {
		t.Fatalf("migrate the PostgreSQL template: %v", failed)
	}
	ctx := context.Background()
	name := fmt.Sprintf("%s_%d", running.template, running.copies.Add(1))
	if _, err := running.admin.Exec(ctx, "CREATE DATABASE "+name+" TEMPLATE "+running.template); err != nil {
		t.Fatalf("create the test database: %v", err)
	}
	t.Cleanup(func() {
		if _, err := running.admin.Exec(ctx, "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Errorf("drop the test database: %v", err)
		}
	})
	return named(address, name)
}

func newServer(ctx context.Context, address string) (*server, error) {
	admin, err := db.Open(ctx, address, db.Options{Conns: 4})
	if err != nil {
		return nil, err
	}
	random := make([]byte, 6)
	rand.Read(random)
	s := &server{admin: admin, template: fmt.Sprintf("%s%d_%s", prefix, os.Getpid(), hex.EncodeToString(random))}
	// Kept until the process ends, however it ends: a test binary has no last
	// moment of its own, so the next one drops what an ended one left.
	alive, err := admin.Raw().Conn(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := alive.ExecContext(ctx, "SELECT pg_advisory_lock(hashtextextended($1, 0))", s.template); err != nil {
		return nil, err
	}
	s.sweep(ctx)
	if _, err := admin.Exec(ctx, "CREATE DATABASE "+s.template); err != nil {
		return nil, err
	}
	return s, migrate(named(address, s.template))
}

// sweep drops the databases of processes that have ended. It is a courtesy to
// a server that outlives the tests: what fails is left to the next sweep.
func (s *server) sweep(ctx context.Context) {
	names, err := db.All(ctx, s.admin, db.Text, "SELECT datname FROM pg_database WHERE datname >= $1 AND datname < $2 ORDER BY datname DESC",
		prefix, prefix+"~")
	if err != nil {
		return
	}
	conn, err := s.admin.Raw().Conn(ctx)
	if err != nil {
		return
	}
	defer conn.Close()
	for _, name := range names {
		parts := strings.Split(name, "_") // sojourn test pid random [copy]
		if len(parts) < 4 {
			continue
		}
		owner := strings.Join(parts[:4], "_")
		var ended bool
		if conn.QueryRowContext(ctx, "SELECT pg_try_advisory_lock(hashtextextended($1, 0))", owner).Scan(&ended) != nil || !ended {
			continue
		}
		conn.ExecContext(ctx, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)")
		conn.ExecContext(ctx, "SELECT pg_advisory_unlock(hashtextextended($1, 0))", owner)
	}
}

// named is the address with another database's name in it.
func named(address, name string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address // db.Open has read it before
	}
	u.Path = "/" + name
	return u.String()
}
